/** A definition to begin with. */
export interface Blueprint {
  id: string;
  name: string;
  about: string;
  definition: object;
  /** An input that shows what it does; made at the moment it is needed. */
  input: () => object;
}

const at = (seconds: number): string =>
  `${new Date(Date.now() + seconds * 1_000).toISOString().slice(0, 19)}Z`;

const call = {
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Parameters: { FunctionName: 'unreliable', 'Payload.$': '$' },
};

/** The eight that everybody begins with; names and shapes are the usual ones, the words are ours. */
export const BLUEPRINTS: readonly Blueprint[] = [
  {
    id: 'hello-world',
    name: 'Hello world',
    about: 'One state that gives a fixed result.',
    definition: {
      Comment: 'One Pass state, which gives what Result says.',
      StartAt: 'Hello',
      States: { Hello: { Type: 'Pass', Result: { greeting: 'Hello, world' }, End: true } },
    },
    input: () => ({}),
  },
  {
    id: 'wait-state',
    name: 'Wait state',
    about: 'Four ways to wait: seconds or a moment, fixed or taken from the input.',
    definition: {
      Comment: 'Waits for a time or until a moment, each written here or given in the input.',
      StartAt: 'Fixed seconds',
      States: {
        'Fixed seconds': { Type: 'Wait', Seconds: 2, Next: 'Fixed moment' },
        'Fixed moment': {
          Type: 'Wait',
          Comment: 'A moment that has passed is not waited for.',
          Timestamp: '2026-01-01T00:00:00Z',
          Next: 'Seconds from input',
        },
        'Seconds from input': { Type: 'Wait', SecondsPath: '$.seconds', Next: 'Moment from input' },
        'Moment from input': { Type: 'Wait', TimestampPath: '$.until', Next: 'Done' },
        Done: { Type: 'Succeed' },
      },
    },
    input: () => ({ seconds: 2, until: at(8) }),
  },
  {
    id: 'retry-failure',
    name: 'Retry failure',
    about: 'A task whose errors are retried, each kind in a way of its own.',
    definition: {
      Comment: 'The first retrier whose ErrorEquals has the error decides; States.ALL stands last.',
      StartAt: 'Call function',
      States: {
        'Call function': {
          ...call,
          Retry: [
            {
              ErrorEquals: ['TooManyRequests'],
              IntervalSeconds: 1,
              MaxAttempts: 4,
              BackoffRate: 1.5,
            },
            { ErrorEquals: ['States.Timeout'], MaxAttempts: 0 },
            {
              ErrorEquals: ['States.TaskFailed'],
              IntervalSeconds: 1,
              MaxAttempts: 2,
              BackoffRate: 2,
            },
            { ErrorEquals: ['States.ALL'], IntervalSeconds: 1, MaxAttempts: 1, BackoffRate: 1 },
          ],
          End: true,
        },
      },
    },
    input: () => ({ order: 1001 }),
  },
  {
    id: 'catch-failure',
    name: 'Catch failure',
    about: 'A task whose errors lead on, each kind to a state of its own.',
    definition: {
      Comment: 'What is caught goes on with the error in $.problem.',
      StartAt: 'Call function',
      States: {
        'Call function': {
          ...call,
          Catch: [
            {
              ErrorEquals: ['OutOfStock'],
              ResultPath: '$.problem',
              Next: 'Order from elsewhere',
            },
            { ErrorEquals: ['States.TaskFailed'], ResultPath: '$.problem', Next: 'Tell somebody' },
            { ErrorEquals: ['States.ALL'], ResultPath: '$.problem', Next: 'Give up' },
          ],
          Next: 'Called',
        },
        Called: { Type: 'Succeed' },
        'Order from elsewhere': { Type: 'Pass', Result: 'ordered', End: true },
        'Tell somebody': { Type: 'Pass', Result: 'told', ResultPath: '$.somebody', End: true },
        'Give up': { Type: 'Pass', Result: 'given up', ResultPath: '$.end', End: true },
      },
    },
    input: () => ({ order: 1001 }),
  },
  {
    id: 'parallel',
    name: 'Parallel',
    about: 'Two branches side by side, then one state with both results.',
    definition: {
      Comment: 'Both branches get the input; the next state gets a list of what they gave.',
      StartAt: 'Both',
      States: {
        Both: {
          Type: 'Parallel',
          Branches: [
            {
              StartAt: 'Wait for the kettle',
              States: {
                'Wait for the kettle': { Type: 'Wait', Seconds: 3, Next: 'Make tea' },
                'Make tea': { Type: 'Pass', Result: 'tea', End: true },
              },
            },
            {
              StartAt: 'Bake a cake',
              States: { 'Bake a cake': { Type: 'Pass', Result: 'cake', End: true } },
            },
          ],
          Next: 'Serve',
        },
        Serve: { Type: 'Pass', End: true },
      },
    },
    input: () => ({ guests: 4 }),
  },
  {
    id: 'choice-state',
    name: 'Choice state',
    about: 'One of several ways on, by what the input says; an error by default.',
    definition: {
      Comment: 'Rules are tried from top to bottom.',
      StartAt: 'Read the order',
      States: {
        'Read the order': { Type: 'Pass', Next: 'How many?' },
        'How many?': {
          Type: 'Choice',
          Choices: [
            { Variable: '$.count', NumericEquals: 1, Next: 'Send a letter' },
            { Variable: '$.count', NumericGreaterThan: 1, Next: 'Send a parcel' },
          ],
          Default: 'Nothing to send',
        },
        'Send a letter': { Type: 'Pass', Result: 'letter', End: true },
        'Send a parcel': { Type: 'Pass', Result: 'parcel', End: true },
        'Nothing to send': {
          Type: 'Fail',
          Error: 'NothingToSend',
          Cause: 'The input has no count of one or more.',
        },
      },
    },
    input: () => ({ count: 3 }),
  },
  {
    id: 'map-state',
    name: 'Map state',
    about: 'The same states for every item of a list.',
    definition: {
      Comment: 'Two items at a time; the output is the list of what came of each.',
      StartAt: 'Each item',
      States: {
        'Each item': {
          Type: 'Map',
          ItemsPath: '$.items',
          ItemSelector: { 'index.$': '$$.Map.Item.Index', 'item.$': '$$.Map.Item.Value' },
          MaxConcurrency: 2,
          ItemProcessor: {
            ProcessorConfig: { Mode: 'INLINE' },
            StartAt: 'Take it',
            States: {
              'Take it': { Type: 'Wait', Seconds: 1, Next: 'Pack it' },
              'Pack it': { Type: 'Pass', Result: true, ResultPath: '$.packed', End: true },
            },
          },
          Next: 'Done',
        },
        Done: { Type: 'Succeed' },
      },
    },
    input: () => ({ items: ['book', 'lamp', 'chair', 'table'] }),
  },
  {
    id: 'job-poller',
    name: 'Job poller',
    about: 'A loop that asks for the status of a job until it is done.',
    definition: {
      Comment: 'The Pass states stand for tasks that submit the job and ask for its status.',
      StartAt: 'Submit job',
      States: {
        'Submit job': {
          Type: 'Pass',
          Result: { id: 'job-1', asked: 0 },
          ResultPath: '$.job',
          Next: 'Wait a little',
        },
        'Wait a little': { Type: 'Wait', SecondsPath: '$.pause', Next: 'Get job status' },
        'Get job status': {
          Type: 'Pass',
          Parameters: { 'id.$': '$.job.id', 'asked.$': 'States.MathAdd($.job.asked, 1)' },
          ResultPath: '$.job',
          Next: 'Is it done?',
        },
        'Is it done?': {
          Type: 'Choice',
          Choices: [
            { Variable: '$.failing', BooleanEquals: true, Next: 'Job failed' },
            { Variable: '$.job.asked', NumericGreaterThanEquals: 3, Next: 'Job done' },
          ],
          Default: 'Wait a little',
        },
        'Job failed': { Type: 'Fail', Error: 'JobFailed', Cause: 'The job ended with a failure.' },
        'Job done': { Type: 'Succeed' },
      },
    },
    input: () => ({ pause: 1, failing: false }),
  },
];

/** What a definition begins with that begins with nothing. */
export const EMPTY = { StartAt: 'First', States: { First: { Type: 'Pass', End: true } } };
