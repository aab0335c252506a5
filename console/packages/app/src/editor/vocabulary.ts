import type { Path } from '../json/tree.ts';

/** What a field of the States Language is for, and what is written when it is chosen. */
export interface Field {
  name: string;
  help: string;
  /** JSON that is put behind the name. */
  begins: string;
}

const field = (name: string, begins: string, help: string): Field => ({ name, help, begins });

const MACHINE: Field[] = [
  field('Comment', '""', 'A note for readers; does nothing.'),
  field('StartAt', '""', 'The name of the state to begin with.'),
  field('States', '{}', 'The states by name. A name has 1 to 80 characters.'),
  field('QueryLanguage', '"JSONata"', 'JSONPath or JSONata; JSONPath where it is missing.'),
  field('TimeoutSeconds', '300', 'How long an execution may take before it ends as timed out.'),
  field('Version', '"1.0"', 'The version of the States Language.'),
];

const ANY: Field[] = [
  field('Type', '"Pass"', 'Task, Pass, Choice, Wait, Parallel, Map, Succeed or Fail.'),
  field('Comment', '""', 'A note for readers; does nothing.'),
  field('QueryLanguage', '"JSONata"', 'JSONPath or JSONata for this state alone.'),
];
const ON: Field[] = [
  field('Next', '""', 'The state that follows.'),
  field('End', 'true', 'This state is the last of its states.'),
];
const PATHS: Field[] = [
  field('InputPath', '"$"', 'JSONPath: what of the input is used; null for nothing.'),
  field('OutputPath', '"$"', 'JSONPath: what of the result is passed on; null for nothing.'),
];
const OUTPUT = field('Output', '{}', 'JSONata: what is passed on.');
const ASSIGN = field('Assign', '{}', 'Variables that get a value when the state ends.');
const RESULT_PATH = field(
  'ResultPath',
  '"$.result"',
  'JSONPath: where in the input the result is put; null drops the result.',
);
const WORK: Field[] = [
  field('Parameters', '{}', 'JSONPath: what is handed over; names ending in .$ take paths.'),
  field('Arguments', '{}', 'JSONata: what is handed over.'),
  field('ResultSelector', '{}', 'JSONPath: what is made of the result before ResultPath.'),
  RESULT_PATH,
];
const ERRORS: Field[] = [
  field(
    'Retry',
    '[{ "ErrorEquals": ["States.ALL"], "IntervalSeconds": 1, "MaxAttempts": 3, "BackoffRate": 2 }]',
    'Retriers, tried from top to bottom: which errors, how soon, how often.',
  ),
  field(
    'Catch',
    '[{ "ErrorEquals": ["States.ALL"], "Next": "" }]',
    'Catchers, tried from top to bottom once retries are used up.',
  ),
];

const BY_TYPE: Record<string, Field[]> = {
  Task: [
    field('Resource', '""', 'The ARN of an activity, a function or an integration.'),
    ...WORK,
    field('TimeoutSeconds', '60', 'After how long the task fails with States.Timeout.'),
    field('TimeoutSecondsPath', '"$.timeout"', 'JSONPath: the timeout, from the input.'),
    field('HeartbeatSeconds', '30', 'How long a worker may be silent; less than the timeout.'),
    field('HeartbeatSecondsPath', '"$.heartbeat"', 'JSONPath: the heartbeat, from the input.'),
    field('Credentials', '{}', 'The role with which the task is called.'),
    ...ERRORS,
    ...PATHS,
    OUTPUT,
    ASSIGN,
    ...ON,
  ],
  Pass: [
    field('Result', '{}', 'JSONPath: a fixed result.'),
    field('Parameters', '{}', 'JSONPath: a result made of the input.'),
    RESULT_PATH,
    ...PATHS,
    OUTPUT,
    ASSIGN,
    ...ON,
  ],
  Choice: [
    field('Choices', '[]', 'Rules, tried from top to bottom; each has a Next.'),
    field('Default', '""', 'Where to go if no rule fits; without it the execution fails.'),
    ...PATHS,
    OUTPUT,
    ASSIGN,
  ],
  Wait: [
    field('Seconds', '10', 'How long to wait; in JSONata also an expression.'),
    field('SecondsPath', '"$.seconds"', 'JSONPath: how long to wait, from the input.'),
    field('Timestamp', '"2030-01-01T00:00:00Z"', 'Until when to wait, RFC 3339.'),
    field('TimestampPath', '"$.until"', 'JSONPath: until when to wait, from the input.'),
    ...PATHS,
    OUTPUT,
    ASSIGN,
    ...ON,
  ],
  Parallel: [
    field('Branches', '[]', 'Branches that run side by side; each has StartAt and States.'),
    ...WORK,
    ...ERRORS,
    ...PATHS,
    OUTPUT,
    ASSIGN,
    ...ON,
  ],
  Map: [
    field(
      'ItemProcessor',
      '{ "ProcessorConfig": { "Mode": "INLINE" }, "StartAt": "", "States": {} }',
      'The states that run for each item.',
    ),
    field('ItemsPath', '"$.items"', 'JSONPath: the list of items in the input.'),
    field('Items', '"{% $states.input.items %}"', 'JSONata: the list of items.'),
    field('ItemSelector', '{}', 'What each iteration gets as its input.'),
    field('ItemReader', '{}', 'Distributed: where items are read from.'),
    field('ItemBatcher', '{}', 'Distributed: how many items one child gets.'),
    field('ResultWriter', '{}', 'Distributed: where results are written to.'),
    field('MaxConcurrency', '10', 'How many iterations run at once; 0 for no limit.'),
    field('ToleratedFailureCount', '0', 'Distributed: how many items may fail.'),
    field('ToleratedFailurePercentage', '0', 'Distributed: what share of items may fail.'),
    field('Label', '"items"', 'Distributed: part of the names of map runs; up to 40 characters.'),
    ...WORK.filter((f) => f.name !== 'Parameters' && f.name !== 'Arguments'),
    ...ERRORS,
    ...PATHS,
    OUTPUT,
    ASSIGN,
    ...ON,
  ],
  Succeed: [...PATHS, OUTPUT],
  Fail: [
    field('Error', '"Error"', 'The name of the error.'),
    field('Cause', '""', 'What happened, for readers.'),
    field('ErrorPath', '"$.error"', 'JSONPath: the name of the error, from the input.'),
    field('CausePath', '"$.cause"', 'JSONPath: the cause, from the input.'),
  ],
};

const RETRIER: Field[] = [
  field('ErrorEquals', '["States.ALL"]', 'The errors it is for; States.ALL alone and last.'),
  field('IntervalSeconds', '1', 'How long before the first retry.'),
  field('MaxAttempts', '3', 'How many retries; 0 for none.'),
  field('BackoffRate', '2', 'By how much each wait is longer than the one before.'),
  field('MaxDelaySeconds', '60', 'The longest wait.'),
  field('JitterStrategy', '"FULL"', 'FULL takes each wait at random up to its length; or NONE.'),
];
const CATCHER: Field[] = [
  RETRIER[0]!,
  field('Next', '""', 'The state that follows the error.'),
  RESULT_PATH,
  OUTPUT,
  ASSIGN,
];
const RULE: Field[] = [
  field('Next', '""', 'The state that follows where the rule fits.'),
  field('Condition', '"{% %}"', 'JSONata: true where the rule fits.'),
  field('Variable', '"$."', 'JSONPath: what is compared.'),
  ...['And', 'Or'].map((name) => field(name, '[]', `Rules within the rule, joined by ${name}.`)),
  field('Not', '{}', 'A rule that must not fit.'),
  ...['IsPresent', 'IsNull', 'IsString', 'IsNumeric', 'IsBoolean', 'IsTimestamp'].map((name) =>
    field(name, 'true', 'Asks of what kind the variable is.'),
  ),
  field('StringMatches', '"*"', 'Compares with a pattern; * stands for anything.'),
  field('BooleanEquals', 'true', 'Compares a boolean.'),
  ...['String', 'Numeric', 'Timestamp'].flatMap((kind) =>
    ['Equals', 'LessThan', 'LessThanEquals', 'GreaterThan', 'GreaterThanEquals'].flatMap((how) => [
      field(
        kind + how,
        { String: '""', Numeric: '0', Timestamp: '"2030-01-01T00:00:00Z"' }[kind]!,
        'Compares the variable with a value.',
      ),
      field(`${kind}${how}Path`, '"$."', 'Compares the variable with what is at a path.'),
    ]),
  ),
  ASSIGN,
  OUTPUT,
  field('Comment', '""', 'A note for readers; shown on the graph.'),
];
const SCOPE = MACHINE.filter((f) => ['Comment', 'StartAt', 'States'].includes(f.name));
const PROCESSOR: Field[] = [
  field('ProcessorConfig', '{ "Mode": "INLINE" }', 'INLINE, or DISTRIBUTED with ExecutionType.'),
  ...SCOPE,
];
const CONFIG: Field[] = [
  field('Mode', '"INLINE"', 'INLINE runs within the execution, DISTRIBUTED as child executions.'),
  field('ExecutionType', '"STANDARD"', 'Of child executions: STANDARD or EXPRESS.'),
];

export const TYPES = Object.keys(BY_TYPE);

export const ERROR_NAMES = [
  'States.ALL',
  'States.TaskFailed',
  'States.Timeout',
  'States.HeartbeatTimeout',
  'States.DataLimitExceeded',
  'States.Runtime',
  'States.Permissions',
  'States.ParameterPathFailure',
  'States.ResultPathMatchFailure',
  'States.QueryEvaluationError',
  'States.BranchFailed',
  'States.IntrinsicFailure',
  'States.NoChoiceMatched',
  'States.ExceedToleratedFailureThreshold',
  'States.ItemReaderFailed',
  'States.ResultWriterFailed',
];

export const RESOURCES = [
  'arn:aws:states:::lambda:invoke',
  'arn:aws:states:::states:startExecution',
  'arn:aws:states:::states:startExecution.sync:2',
  'arn:aws:states:::sqs:sendMessage',
  'arn:aws:states:::sns:publish',
  'arn:aws:states:::dynamodb:getItem',
  'arn:aws:states:::dynamodb:putItem',
  'arn:aws:states:::dynamodb:updateItem',
  'arn:aws:states:::dynamodb:deleteItem',
  'arn:aws:states:::events:putEvents',
  'arn:aws:states:::http:invoke',
  'arn:aws:states:::ecs:runTask.sync',
  'arn:aws:states:::batch:submitJob.sync',
  'arn:aws:states:::glue:startJobRun.sync',
];

/** The fields that may stand in the object at a path, where its state has that type. */
export function fieldsAt(path: Path, type: string | undefined): Field[] {
  const [last, before] = [path.at(-1), path.at(-2)];
  if (path.length === 0) {
    return MACHINE;
  }
  if (isState(path)) {
    return [...ANY, ...(BY_TYPE[type ?? ''] ?? [])];
  }
  if (last === 'ItemProcessor' || last === 'Iterator') {
    return PROCESSOR;
  }
  if (last === 'ProcessorConfig') {
    return CONFIG;
  }
  if (typeof last === 'number') {
    switch (before) {
      case 'Branches':
        return SCOPE;
      case 'Retry':
        return RETRIER;
      case 'Catch':
        return CATCHER;
      case 'Choices':
      case 'And':
      case 'Or':
        return RULE;
    }
  }
  return last === 'Not' ? RULE : [];
}

/** Whether a path leads to a state: what is in a States that is itself not inside of a payload. */
export function isState(path: Path): boolean {
  return typeof path.at(-1) === 'string' && path.at(-2) === 'States' && isScope(path.slice(0, -2));
}

function isScope(path: Path): boolean {
  const [last, before] = [path.at(-1), path.at(-2)];
  return (
    path.length === 0 ||
    (typeof last === 'number' && before === 'Branches' && isState(path.slice(0, -2))) ||
    ((last === 'ItemProcessor' || last === 'Iterator') && isState(path.slice(0, -1)))
  );
}

/** The path of the state that a path is in; undefined outside of states. */
export function stateOf(path: Path): Path | undefined {
  for (let end = path.length; end >= 2; end--) {
    if (isState(path.slice(0, end))) {
      return path.slice(0, end);
    }
  }
  return undefined;
}

/** What a field is for, wherever it stands. */
export function help(path: Path, type: string | undefined): string | undefined {
  const name = path.at(-1);
  return fieldsAt(path.slice(0, -1), type).find((f) => f.name === name)?.help;
}
