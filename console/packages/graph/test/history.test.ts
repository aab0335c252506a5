import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  Outline,
  readHistory,
  viewOf,
  type HistoryEvent,
  type Run,
  type Scope,
} from '../src/index.ts';
import { events } from './histories.ts';

function read(definition: Scope, history: HistoryEvent[]) {
  const outline = new Outline(definition);
  const run = readHistory(outline, history);
  const view = viewOf(outline, run);
  return { outline, run, view, status: Object.fromEntries(view.status) };
}

const last = (run: Run, name: string) => run.byNode.get(name)!.at(-1)!;

const TASK: Scope = {
  StartAt: 'Charge',
  States: {
    Charge: { Type: 'Task', Next: 'Done', Catch: [{ Next: 'Excuse' }] },
    Excuse: { Type: 'Pass', Next: 'Done' },
    Done: { Type: 'Succeed' },
  },
};

const MAP: Scope = {
  StartAt: 'Each',
  States: {
    Each: {
      Type: 'Map',
      End: true,
      ItemProcessor: { StartAt: 'Work', States: { Work: { Type: 'Task', End: true } } },
    },
  },
};

const BOTH: Scope = {
  StartAt: 'Both',
  States: {
    Both: {
      Type: 'Parallel',
      End: true,
      Branches: [
        { StartAt: 'Left', States: { Left: { Type: 'Fail' } } },
        { StartAt: 'Right', States: { Right: { Type: 'Wait', End: true } } },
      ],
    },
  },
};

describe('readHistory', () => {
  it('counts attempts and shows an error that was caught', () => {
    const { run, view, status } = read(
      TASK,
      events(
        ['1<-0 ExecutionStarted'],
        ['2<-0 TaskStateEntered', { name: 'Charge', input: '{"a":1}' }],
        ['3<-2 LambdaFunctionScheduled'],
        ['4<-3 LambdaFunctionStarted'],
        ['5<-4 LambdaFunctionFailed', { error: 'Declined', cause: 'no money' }],
        ['6<-5 LambdaFunctionScheduled'],
        ['7<-6 LambdaFunctionStarted'],
        ['8<-7 LambdaFunctionFailed', { error: 'Declined' }],
        ['9<-8 TaskStateExited', { name: 'Charge', output: '{}' }],
        ['10<-9 PassStateEntered', { name: 'Excuse' }],
        ['11<-10 PassStateExited', { name: 'Excuse' }],
        ['12<-11 SucceedStateEntered', { name: 'Done' }],
        ['13<-12 SucceedStateExited', { name: 'Done' }],
        ['14<-13 ExecutionSucceeded'],
      ),
    );

    expect(status).toEqual({
      Charge: 'caught',
      Excuse: 'succeeded',
      Done: 'succeeded',
      '#Start': 'succeeded',
      '#End': 'succeeded',
    });
    const charge = last(run, 'Charge');
    expect(charge.attempts.map((a) => [a.status, a.error])).toEqual([
      ['failed', 'Declined'],
      ['failed', 'Declined'],
    ]);
    expect(charge.input).toBe('{"a":1}');
    expect(charge.events.map((e) => e.id)).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
    expect([...view.taken].sort()).toEqual([
      '#Start → Charge',
      'Charge → Excuse',
      'Done → #End',
      'Excuse → Done',
    ]);
  });

  it('forgets the error of an attempt that was followed by a success', () => {
    const { status } = read(
      TASK,
      events(
        ['2<-0 TaskStateEntered', { name: 'Charge' }],
        ['3<-2 TaskScheduled'],
        ['4<-3 TaskTimedOut', { error: 'States.Timeout' }],
        ['5<-4 TaskScheduled'],
        ['6<-5 TaskSucceeded'],
        ['7<-6 TaskStateExited', { name: 'Charge' }],
      ),
    );

    expect(status['Charge']).toBe('succeeded');
  });

  it('keeps iterations apart, and shows the one that failed', () => {
    const { run, view, status } = read(
      MAP,
      events(
        ['2<-0 MapStateEntered', { name: 'Each' }],
        ['3<-2 MapStateStarted', { length: 3 }],
        ['4<-3 MapIterationStarted', { name: 'Each', index: 0 }],
        ['5<-3 MapIterationStarted', { name: 'Each', index: 1 }],
        ['6<-4 TaskStateEntered', { name: 'Work' }],
        ['7<-5 TaskStateEntered', { name: 'Work' }],
        ['8<-6 TaskScheduled'],
        ['9<-7 TaskScheduled'],
        ['10<-8 TaskSucceeded'],
        ['11<-10 TaskStateExited', { name: 'Work' }],
        ['12<-11 MapIterationSucceeded', { name: 'Each', index: 0 }],
        ['13<-11 MapIterationStarted', { name: 'Each', index: 2 }],
        ['14<-13 TaskStateEntered', { name: 'Work' }],
        ['15<-9 TaskFailed', { error: 'Broken' }],
        ['16<-15 MapIterationFailed', { name: 'Each', index: 1 }],
        ['17<-15 MapIterationAborted', { name: 'Each', index: 2 }],
        ['18<-15 TaskStateAborted'],
        ['19<-15 MapStateFailed'],
        ['20<-19 ExecutionFailed', { error: 'Broken' }],
      ),
    );

    expect(status).toMatchObject({ Each: 'failed', Work: 'failed' });
    expect(view.iterations.get('Each')).toBe(1);
    expect([...last(run, 'Each').iterations]).toEqual([
      [0, 'succeeded'],
      [1, 'failed'],
      [2, 'aborted'],
    ]);
    expect(run.byNode.get('Work')!.map((s) => [s.iteration, s.status])).toEqual([
      [0, 'succeeded'],
      [1, 'failed'],
      [2, 'aborted'],
    ]);
    expect(run.failing).toMatchObject({ name: 'Work', iteration: 1 });
  });

  it('shows the iteration of the step that is selected', () => {
    const { outline, run } = read(
      MAP,
      events(
        ['2<-0 MapStateEntered', { name: 'Each' }],
        ['3<-2 MapStateStarted', { length: 2 }],
        ['4<-3 MapIterationStarted', { name: 'Each', index: 0 }],
        ['5<-4 TaskStateEntered', { name: 'Work' }],
        ['6<-5 TaskStateExited', { name: 'Work' }],
        ['7<-6 MapIterationSucceeded', { name: 'Each', index: 0 }],
        ['8<-6 MapIterationStarted', { name: 'Each', index: 1 }],
        ['9<-8 TaskStateEntered', { name: 'Work' }],
      ),
    );

    expect(viewOf(outline, run).status.get('Work')).toBe('running');
    expect(viewOf(outline, run, run.byId.get(5)).status.get('Work')).toBe('succeeded');
  });

  it('aborts the branches beside the one that failed, and finds the state that did', () => {
    const { run, status } = read(
      BOTH,
      events(
        ['2<-0 ParallelStateEntered', { name: 'Both' }],
        ['3<-2 ParallelStateStarted'],
        ['4<-3 FailStateEntered', { name: 'Left' }],
        ['5<-3 WaitStateEntered', { name: 'Right' }],
        ['6<-4 WaitStateAborted'],
        ['7<-4 ParallelStateFailed'],
        ['8<-7 ExecutionFailed', { error: 'Oh', cause: 'no' }],
      ),
    );

    expect(status).toMatchObject({ Both: 'failed', Left: 'failed', Right: 'aborted' });
    expect(run.failing).toMatchObject({ name: 'Left', error: 'Oh', cause: 'no' });
  });

  it('counts attempts of a container', () => {
    const { run, status } = read(
      BOTH,
      events(
        ['2<-0 ParallelStateEntered', { name: 'Both' }],
        ['3<-2 ParallelStateStarted'],
        ['4<-3 FailStateEntered', { name: 'Left' }],
        ['5<-4 ParallelStateStarted'],
        ['6<-5 FailStateEntered', { name: 'Left' }],
      ),
    );

    expect(last(run, 'Both').attempts.map((a) => a.status)).toEqual(['failed', 'running']);
    expect(run.byNode.get('Left')!.map((s) => s.status)).toEqual(['failed', 'running']);
    expect(status).toMatchObject({ Both: 'running', Left: 'running' });
  });

  it('finds the state whose expression failed, though the event points before it', () => {
    const { run, status } = read(
      TASK,
      events(
        ['2<-0 TaskStateEntered', { name: 'Charge' }],
        ['3<-0 EvaluationFailed', { state: 'Charge', error: 'States.QueryEvaluationError' }],
        ['4<-3 ExecutionFailed', { error: 'States.QueryEvaluationError' }],
      ),
    );

    expect(status['Charge']).toBe('failed');
    expect(run.failing!.name).toBe('Charge');
  });

  it('aborts what runs when the execution is stopped', () => {
    const { status, run } = read(
      TASK,
      events(
        ['2<-0 TaskStateEntered', { name: 'Charge' }],
        ['3<-2 TaskScheduled'],
        ['4<-0 ExecutionAborted', {}],
      ),
    );

    expect(status['Charge']).toBe('aborted');
    expect(run.failing!.name).toBe('Charge');
  });

  it('goes on after a redrive', () => {
    const history = events(
      ['2<-0 TaskStateEntered', { name: 'Charge' }],
      ['3<-2 TaskScheduled'],
      ['4<-3 TaskFailed', { error: 'Broken' }],
      ['5<-4 ExecutionFailed', { error: 'Broken' }],
      ['6<-5 ExecutionRedriven', { redriveCount: 1 }],
      ['7<-6 TaskScheduled'],
      ['8<-7 TaskSucceeded'],
      ['9<-8 TaskStateExited', { name: 'Charge' }],
      ['10<-9 SucceedStateEntered', { name: 'Done' }],
    );

    expect(read(TASK, history.slice(0, 5)).status['Charge']).toBe('running');
    const { run, status } = read(TASK, history);
    expect(status).toMatchObject({ Charge: 'succeeded', Done: 'running' });
    expect(run.failing).toBeUndefined();
    expect(last(run, 'Charge').attempts).toHaveLength(2);
  });

  it('goes on inside a container after a redrive', () => {
    const both: Scope = {
      StartAt: 'Both',
      States: {
        Both: {
          Type: 'Parallel',
          End: true,
          Branches: [
            { StartAt: 'Left', States: { Left: { Type: 'Task', Resource: 'a:left', End: true } } },
            { StartAt: 'Right', States: { Right: { Type: 'Wait', End: true } } },
          ],
        },
      },
    };
    const history = events(
      ['2<-0 ParallelStateEntered', { name: 'Both' }],
      ['3<-2 ParallelStateStarted'],
      ['4<-3 TaskStateEntered', { name: 'Left' }],
      ['5<-4 ActivityScheduled', { resource: 'a:left' }],
      ['6<-3 WaitStateEntered', { name: 'Right' }],
      ['7<-5 ActivityFailed', { error: 'NotAtHome' }],
      ['8<-7 TaskStateAborted'],
      ['9<-7 WaitStateAborted'],
      ['10<-7 ParallelStateFailed'],
      ['11<-10 ExecutionFailed', { error: 'NotAtHome' }],
      ['12<-11 ExecutionRedriven', { redriveCount: 1 }],
      ['13<-12 ActivityScheduled', { resource: 'a:left' }],
      ['14<-12 WaitStateExited', { name: 'Right' }],
      ['15<-13 ActivitySucceeded'],
      ['16<-15 TaskStateExited', { name: 'Left' }],
      ['17<-16 ParallelStateSucceeded'],
      ['18<-16 ParallelStateExited', { name: 'Both' }],
      ['19<-18 ExecutionSucceeded'],
    );

    expect(read(both, history.slice(0, 13)).status).toMatchObject({
      Both: 'running',
      Left: 'running',
      Right: 'succeeded',
    });
    const { run, status } = read(both, history);
    expect(last(run, 'Left').attempts.map((a) => a.status)).toEqual(['failed', 'succeeded']);
    expect(status).toMatchObject({ Both: 'succeeded', Left: 'succeeded', Right: 'succeeded' });
  });

  it('reads the error of a Fail state from the definition', () => {
    const { status, run } = read(
      {
        StartAt: 'Try',
        States: {
          Try: {
            Type: 'Parallel',
            Next: 'Done',
            Catch: [{ Next: 'Done' }],
            Branches: [{ StartAt: 'No', States: { No: { Type: 'Fail', Error: 'Busy' } } }],
          },
          Done: { Type: 'Succeed' },
        },
      },
      events(
        ['2<-0 ParallelStateEntered', { name: 'Try' }],
        ['3<-2 ParallelStateStarted'],
        ['4<-3 FailStateEntered', { name: 'No' }],
        ['5<-4 ParallelStateFailed'],
        ['6<-5 ParallelStateExited', { name: 'Try' }],
      ),
    );

    expect(status['Try']).toBe('caught');
    expect(last(run, 'Try').error).toBe('Busy');
  });

  it('follows a loop, and shows the last time', () => {
    const { view } = read(
      {
        StartAt: 'Wait',
        States: {
          Wait: { Type: 'Wait', Next: 'Done?' },
          'Done?': { Type: 'Choice', Choices: [{ Next: 'Wait' }] },
        },
      },
      events(
        ['2<-0 WaitStateEntered', { name: 'Wait' }],
        ['3<-2 WaitStateExited', { name: 'Wait' }],
        ['4<-3 ChoiceStateEntered', { name: 'Done?' }],
        ['5<-4 ChoiceStateExited', { name: 'Done?' }],
        ['6<-5 WaitStateEntered', { name: 'Wait' }],
      ),
    );

    expect(view.visits.get('Wait')).toBe(2);
    expect(view.shown.get('Wait')!.id).toBe(6);
    expect(view.taken.has('Done? → Wait')).toBe(true);
  });

  it('reads whatever comes, and each event once', () => {
    const types = [
      'MapStateEntered MapStateStarted MapIterationStarted MapIterationFailed MapStateFailed',
      'MapStateExited ParallelStateEntered ParallelStateStarted ParallelStateFailed',
      'ParallelStateExited TaskStateEntered TaskScheduled TaskFailed TaskSucceeded TaskStateExited',
      'EvaluationFailed ExecutionFailed ExecutionAborted ExecutionRedriven ExecutionSucceeded New',
    ].flatMap((line) => line.split(' '));
    const event = fc.record({
      type: fc.constantFrom(...types),
      back: fc.nat(6),
      name: fc.constantFrom('Each', 'Work', 'Gone'),
      index: fc.nat(3),
    });
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60 }), (list) => {
        const history = list.map(({ type, back, name, index }, i) => ({
          id: i + 1,
          previousEventId: Math.max(0, i - back),
          timestamp: i,
          type,
          someEventDetails: { name, index, state: name },
        }));
        const { run } = read(MAP, history);
        const owned = run.steps.flatMap((s) => s.events.map((e) => e.id));

        expect(new Set(owned).size).toBe(owned.length);
        if (run.ended && !run.succeeded && history.at(-1)!.type.startsWith('Execution')) {
          expect(run.steps.filter((s) => s.status === 'running')).toEqual([]);
        }
      }),
    );
  });
});
