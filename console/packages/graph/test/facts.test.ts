import { describe, expect, it } from 'vitest';
import {
  childExecution,
  drawable,
  layout,
  nextRetry,
  Outline,
  readHistory,
  resultOf,
  transitions,
  variablesAt,
  type Scope,
  type State,
} from '../src/index.ts';
import fc from 'fast-check';
import { at, events } from './histories.ts';

const TASK: Scope = {
  StartAt: 'Begin',
  States: {
    Begin: { Type: 'Pass', Next: 'Work' },
    Work: { Type: 'Task', End: true },
  },
};

describe('of a step', () => {
  it('one knows the variables it could read, each by its latest assignment', () => {
    const both: Scope = {
      StartAt: 'A',
      States: {
        A: { Type: 'Pass', Next: 'B' },
        B: { Type: 'Pass', Next: 'Both' },
        Both: {
          Type: 'Parallel',
          End: true,
          Branches: [{ StartAt: 'In', States: { In: { Type: 'Pass', End: true } } }],
        },
      },
    };
    const run = readHistory(
      new Outline(both),
      events(
        ['2<-0 PassStateEntered', { name: 'A' }],
        ['3<-2 PassStateExited', { name: 'A', assignedVariables: { x: '1', y: '2' } }],
        ['4<-3 PassStateEntered', { name: 'B' }],
        ['5<-4 PassStateExited', { name: 'B', assignedVariables: { x: '3' } }],
        ['6<-5 ParallelStateEntered', { name: 'Both' }],
        ['7<-6 ParallelStateStarted'],
        ['8<-7 PassStateEntered', { name: 'In' }],
      ),
    );

    expect(variablesAt(run.byId.get(8)!)).toEqual({ x: '3', y: '2' });
    expect(variablesAt(run.byId.get(4)!)).toEqual({ x: '1', y: '2' });
  });

  it('one knows the result of its work, and the execution it started', () => {
    const child = 'arn:aws:states:us-east-1:123456789012:execution:child:one';
    const run = readHistory(
      new Outline(TASK),
      events(
        ['2<-0 TaskStateEntered', { name: 'Work' }],
        ['3<-2 TaskScheduled', { resourceType: 'states' }],
        ['4<-3 TaskSubmitted', { resourceType: 'states', output: `{"ExecutionArn":"${child}"}` }],
        ['5<-4 TaskSucceeded', { resourceType: 'states', output: '{"Status":"SUCCEEDED"}' }],
      ),
    );
    const step = run.byId.get(2)!;

    expect(resultOf(step, run)).toBe('{"Status":"SUCCEEDED"}');
    expect(childExecution(step)).toBe(child);
    expect(transitions(run)).toBe(1);
  });

  it('one knows what its iterations gave, in their order', () => {
    const map: Scope = {
      StartAt: 'Each',
      States: {
        Each: {
          Type: 'Map',
          End: true,
          ItemProcessor: { StartAt: 'In', States: { In: { Type: 'Pass', End: true } } },
        },
      },
    };
    const run = readHistory(
      new Outline(map),
      events(
        ['2<-0 MapStateEntered', { name: 'Each' }],
        ['3<-2 MapStateStarted'],
        ['4<-3 MapIterationStarted', { name: 'Each', index: 1 }],
        ['5<-4 PassStateEntered', { name: 'In' }],
        ['6<-5 PassStateExited', { name: 'In', output: '"b"' }],
        ['7<-3 MapIterationStarted', { name: 'Each', index: 0 }],
        ['8<-7 PassStateEntered', { name: 'In' }],
        ['9<-8 PassStateExited', { name: 'In', output: '"a"' }],
      ),
    );

    expect(resultOf(run.byId.get(2)!, run)).toBe('["a","b"]');
  });
});

describe('the retry a state waits for', () => {
  const waiting = (failures: string[]) =>
    readHistory(
      new Outline(TASK),
      events(
        ['2<-0 TaskStateEntered', { name: 'Work' }],
        ...failures.flatMap((error, i): [string, Record<string, unknown>?][] => [
          [`${3 + 2 * i}<-${2 + 2 * i} TaskScheduled`],
          [`${4 + 2 * i}<-${3 + 2 * i} TaskFailed`, { error }],
        ]),
      ),
    ).byId.get(2)!;
  const state = (Retry: unknown): State => ({ Type: 'Task', Retry });

  it('comes later each time, up to the longest wait', () => {
    const retry = [
      { ErrorEquals: ['Busy'], IntervalSeconds: 2, BackoffRate: 3, MaxDelaySeconds: 10 },
    ];

    expect(nextRetry(waiting(['Busy']), state(retry))).toEqual({
      number: 1,
      at: at(4) + 2,
      atMost: false,
    });
    expect(nextRetry(waiting(['Busy', 'Busy']), state(retry))!.at).toBe(at(6) + 6);
    expect(nextRetry(waiting(['Busy', 'Busy', 'Busy']), state(retry))!.at).toBe(at(8) + 10);
  });

  it('is that of the first retrier which has the error, each counted alone', () => {
    const retry = [
      { ErrorEquals: ['Busy'], IntervalSeconds: 5 },
      { ErrorEquals: ['States.ALL'], IntervalSeconds: 1, JitterStrategy: 'FULL' },
    ];

    expect(nextRetry(waiting(['Busy', 'Other']), state(retry))).toEqual({
      number: 2,
      at: at(6) + 1,
      atMost: true,
    });
  });

  it('is none where no retrier has the error, or all retries are used', () => {
    expect(
      nextRetry(waiting(['States.Timeout']), state([{ ErrorEquals: ['States.TaskFailed'] }])),
    ).toBe(undefined);
    expect(nextRetry(waiting(['A', 'A']), state([{ ErrorEquals: ['A'], MaxAttempts: 1 }]))).toBe(
      undefined,
    );
  });
});

describe('a definition that is being written', () => {
  it('is drawn as far as it goes, whatever it is', () => {
    const field = fc.constantFrom(
      'StartAt',
      'States',
      'A',
      'B',
      'Type',
      'Next',
      'End',
      'Choices',
      'Catch',
      'Branches',
      'ItemProcessor',
      'Default',
      'Map',
      'Parallel',
      'Choice',
      '__proto__',
      'Retry',
      'Resource',
    );
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 6 },
        field,
        fc.constantFrom(true, null, 1),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(field, tie('value'), { maxKeys: 5 }),
      ),
    }));
    fc.assert(
      fc.property(fc.dictionary(field, value, { maxKeys: 4 }), (States) => {
        const scope = drawable({ StartAt: 'A', States });
        layout(scope!, new Outline(scope!));
      }),
      { numRuns: 500 },
    );
    expect(drawable([])).toBeUndefined();
    expect(drawable({ States: [] })).toBeUndefined();
  });
});
