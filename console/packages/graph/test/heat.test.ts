import { describe, expect, it } from 'vitest';
import { heatOf, Outline, quantile, readHistory, type Scope } from '../src/index.ts';
import { events } from './histories.ts';

const TWO: Scope = {
  StartAt: 'First',
  States: {
    First: { Type: 'Pass', Next: 'Work' },
    Work: { Type: 'Task', End: true },
    Never: { Type: 'Pass', End: true },
  },
};

const succeeds = readHistory(
  new Outline(TWO),
  events(
    ['2<-0 PassStateEntered', { name: 'First' }],
    ['3<-2 PassStateExited', { name: 'First' }],
    ['4<-3 TaskStateEntered', { name: 'Work' }],
    ['5<-4 TaskScheduled'],
    ['6<-5 TaskSucceeded'],
    ['14<-6 TaskStateExited', { name: 'Work' }],
    ['15<-14 ExecutionSucceeded'],
  ),
);

const fails = readHistory(
  new Outline(TWO),
  events(
    ['2<-0 PassStateEntered', { name: 'First' }],
    ['3<-2 PassStateExited', { name: 'First' }],
    ['4<-3 TaskStateEntered', { name: 'Work' }],
    ['5<-4 TaskScheduled'],
    ['6<-5 TaskFailed', { error: 'E' }],
    ['7<-6 TaskScheduled'],
    ['8<-7 TaskFailed', { error: 'E' }],
    ['9<-8 ExecutionFailed', { error: 'E' }],
  ),
);

describe('heat', () => {
  it('counts how often a state was entered, failed and was tried again', () => {
    const work = heatOf([succeeds, fails, succeeds]).find((h) => h.node === 'Work')!;

    expect(work).toMatchObject({ entered: 3, failed: 1, retried: 1, name: 'Work' });
    expect(work.fails).toBe(1);
  });

  it('says which state takes longest, beside the others', () => {
    const heat = heatOf([succeeds]);

    expect(heat.map((h) => [h.node, h.p95, h.slow])).toEqual([
      ['First', 1, 0.1],
      ['Work', 10, 1],
    ]);
  });

  it('leaves out what was never entered, and of nothing says nothing', () => {
    expect(heatOf([succeeds]).some((h) => h.node === 'Never')).toBe(false);
    expect(heatOf([])).toEqual([]);
    expect(quantile([], 0.5)).toBe(0);
  });
});
