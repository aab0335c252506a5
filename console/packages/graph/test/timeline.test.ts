import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { axis, Outline, readHistory, timeline, type Row, type Scope } from '../src/index.ts';
import { at, events } from './histories.ts';

const read = (definition: Scope, history: ReturnType<typeof events>) =>
  readHistory(new Outline(definition), history);

const names = (rows: Row[]) => rows.map((r) => (r.kind === 'step' ? r.step.name : `#${r.index}`));

const TASK: Scope = {
  StartAt: 'Charge',
  States: { Charge: { Type: 'Task', Next: 'Done' }, Done: { Type: 'Succeed' } },
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

const TWO_ITEMS = events(
  ['2<-0 MapStateEntered', { name: 'Each' }],
  ['3<-2 MapStateStarted', { length: 2 }],
  ['4<-3 MapIterationStarted', { name: 'Each', index: 0 }],
  ['5<-3 MapIterationStarted', { name: 'Each', index: 1 }],
  ['6<-4 TaskStateEntered', { name: 'Work' }],
  ['7<-5 TaskStateEntered', { name: 'Work' }],
  ['8<-7 TaskStateExited', { name: 'Work' }],
  ['9<-8 MapIterationSucceeded', { name: 'Each', index: 1 }],
  ['10<-6 TaskStateExited', { name: 'Work' }],
  ['11<-10 MapIterationSucceeded', { name: 'Each', index: 0 }],
  ['12<-11 MapStateSucceeded'],
  ['13<-12 MapStateExited', { name: 'Each' }],
);

describe('a timeline', () => {
  it('shows attempts, and the waits between them', () => {
    const run = read(
      TASK,
      events(
        ['2<-0 TaskStateEntered', { name: 'Charge' }],
        ['3<-2 TaskScheduled'],
        ['4<-3 TaskFailed', { error: 'Busy' }],
        ['7<-4 TaskScheduled'],
        ['9<-7 TaskSucceeded'],
        ['10<-9 TaskStateExited', { name: 'Charge' }],
      ),
    );
    const [row] = timeline(run, at(20), () => true);

    expect(row!.bars.map((b) => [b.kind, b.status, b.from - at(0), b.to - at(0)])).toEqual([
      ['work', 'failed', 3, 4],
      ['backoff', 'failed', 4, 7],
      ['work', 'succeeded', 7, 9],
    ]);
  });

  it('lets what is not over reach until now', () => {
    const run = read(
      TASK,
      events(['2<-0 TaskStateEntered', { name: 'Charge' }], ['3<-2 TaskScheduled']),
    );

    expect(timeline(run, at(9), () => true)[0]!.bars).toEqual([
      { kind: 'work', status: 'running', from: at(3), to: at(9), attempt: 0 },
    ]);
  });

  it('puts iterations below their Map state, where it is open', () => {
    const run = read(MAP, TWO_ITEMS);

    expect(names(timeline(run, at(20), () => false))).toEqual(['Each']);
    expect(names(timeline(run, at(20), () => true))).toEqual(['Each', '#0', 'Work', '#1', 'Work']);
    expect(timeline(run, at(20), () => true).map((r) => r.depth)).toEqual([0, 1, 2, 1, 2]);
  });

  it('marks the way that decided how long it took', () => {
    const rows = timeline(read(MAP, TWO_ITEMS), at(20), () => true);

    expect(rows.map((r) => r.critical)).toEqual([true, true, true, false, false]);
  });
});

describe('its axis', () => {
  const row = (from: number, to: number): Row => ({
    kind: 'step',
    key: `${from}`,
    depth: 0,
    step: undefined as never,
    from,
    to,
    bars: [],
    critical: false,
    hasInner: false,
  });

  it('folds a long silence, and keeps what is around it apart', () => {
    const rows = [row(0, 1), row(1, 3_600), row(3_600, 3_602)];
    const { place, folds } = axis(rows);

    expect(folds).toHaveLength(1);
    expect(place(1)).toBeGreaterThan(0.25);
    expect(place(3_600) - place(1)).toBeCloseTo(0.03);
    expect(place(3_602)).toBeCloseTo(1);
    expect(axis(rows, false).folds).toEqual([]);
  });

  it('folds nothing where there is one stretch alone', () => {
    expect(axis([row(0, 3_600)]).folds).toEqual([]);
  });

  it('puts times in their order, from one side to the other, with few ticks', () => {
    const rows = fc.array(
      fc.tuple(
        fc.double({ min: 0, max: 1e6, noNaN: true }),
        fc.double({ min: 0, max: 1e5, noNaN: true }),
      ),
      { minLength: 1, maxLength: 30 },
    );
    fc.assert(
      fc.property(rows, (spans) => {
        const all = spans.map(([from, length]) => row(from, from + length));
        const { place, ticks, from, to } = axis(all);
        const places = all
          .flatMap((r) => [r.from, r.to])
          .sort((a, b) => a - b)
          .map(place);

        expect(place(from)).toBeCloseTo(0);
        expect(place(to)).toBeCloseTo(1);
        places.slice(1).forEach((p, i) => expect(p).toBeGreaterThanOrEqual(places[i]! - 1e-9));
        expect(ticks.length).toBeLessThanOrEqual(13);
      }),
    );
  });
});
