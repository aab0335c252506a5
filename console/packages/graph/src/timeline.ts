import type { Run, Status, Step } from './history.ts';

/** A stretch of time that a state spent on something. Times are seconds since 1970. */
export interface Bar {
  kind: 'work' | 'backoff' | 'wait';
  status: Exclude<Status, 'none'>;
  from: number;
  /** Now, where it is not over. */
  to: number;
  /** Which attempt it is, from 0; of a back-off the one before. */
  attempt: number | undefined;
}

/** A line of the timeline: a step, or an iteration of a Map state. */
export type Row = {
  key: string;
  depth: number;
  from: number;
  to: number;
  bars: Bar[];
  /** On the way that decided how long the execution took. */
  critical: boolean;
  /** Whether lines belong below it, shown or not. */
  hasInner: boolean;
} & ({ kind: 'step'; step: Step } | { kind: 'iteration'; map: Step; index: number; first: Step });

/** The lines of a run in the order in which things began, what is inside below its container. */
export function timeline(run: Run, now: number, isOpen: (key: string) => boolean): Row[] {
  const inside = new Map<Step | undefined, Step[]>();
  for (const step of run.steps) {
    const list = inside.get(step.parent);
    if (list) {
      list.push(step);
    } else {
      inside.set(step.parent, [step]);
    }
  }
  const critical = criticalPath(inside, now);
  const rows: Row[] = [];
  const addStep = (step: Step, depth: number) => {
    const inner = inside.get(step) ?? [];
    const key = `s${step.id}`;
    rows.push({
      kind: 'step',
      key,
      depth,
      step,
      from: step.entered,
      to: step.exited ?? now,
      bars: barsOf(step, now),
      critical: critical.has(step),
      hasInner: inner.length > 0,
    });
    if (!inner.length || !isOpen(key)) {
      return;
    }
    if (step.type !== 'Map') {
      inner.forEach((s) => addStep(s, depth + 1));
      return;
    }
    for (const [index, steps] of byIteration(inner)) {
      const from = steps[0]!.entered;
      const to = steps.reduce((last, s) => Math.max(last, s.exited ?? now), from);
      const own = `i${step.id}.${index}`;
      const status = step.iterations.get(index) ?? 'running';
      rows.push({
        kind: 'iteration',
        key: own,
        depth: depth + 1,
        map: step,
        index,
        first: steps[0]!,
        from,
        to,
        bars: [{ kind: 'work', status, from, to, attempt: undefined }],
        critical: steps.some((s) => critical.has(s)),
        hasInner: true,
      });
      if (isOpen(own)) {
        steps.forEach((s) => addStep(s, depth + 2));
      }
    }
  };
  (inside.get(undefined) ?? []).forEach((step) => addStep(step, 0));
  return rows;
}

function byIteration(steps: readonly Step[]): Map<number, Step[]> {
  const found = new Map<number, Step[]>();
  for (const step of steps) {
    const index = step.iteration ?? 0;
    const list = found.get(index);
    if (list) {
      list.push(step);
    } else {
      found.set(index, [step]);
    }
  }
  return found;
}

/** What a step did when: its attempts with the waits between them, or one stretch. */
export function barsOf(step: Step, now: number): Bar[] {
  const end = step.exited ?? now;
  if (step.attempts.length === 0 || step.type === 'Map' || step.type === 'Parallel') {
    const kind = step.type === 'Wait' ? 'wait' : 'work';
    const whole: Bar = {
      kind,
      status: step.status,
      from: step.entered,
      to: end,
      attempt: undefined,
    };
    if (step.attempts.length < 2) {
      return [whole];
    }
  }
  const bars: Bar[] = [];
  step.attempts.forEach((attempt, i) => {
    const to = attempt.to ?? end;
    // The last attempt of a state whose error was caught is what was caught.
    const isCaught = step.status === 'caught' && i === step.attempts.length - 1;
    const status = isCaught && attempt.status === 'failed' ? 'caught' : attempt.status;
    bars.push({ kind: 'work', status, from: attempt.from, to, attempt: i });
    const next = step.attempts[i + 1]?.from ?? (step.status === 'running' ? now : undefined);
    if (attempt.status === 'failed' && next !== undefined && next > to) {
      bars.push({ kind: 'backoff', status: 'failed', from: to, to: next, attempt: i });
    }
  });
  return bars;
}

/**
 * The steps without which the execution would have ended sooner: the one that ended last, the one
 * before it, and so on; in a container those of the branch or iteration that ended last.
 */
function criticalPath(inside: ReadonlyMap<Step | undefined, Step[]>, now: number): Set<Step> {
  const path = new Set<Step>();
  const scopes: (Step | undefined)[] = [undefined];
  while (scopes.length > 0) {
    let last: Step | undefined;
    for (const step of inside.get(scopes.pop()) ?? []) {
      if (!last || (step.exited ?? now) >= (last.exited ?? now)) {
        last = step;
      }
    }
    for (let step = last; step && !path.has(step); step = step.previous) {
      path.add(step);
      if (inside.has(step)) {
        scopes.push(step);
      }
    }
  }
  return path;
}

/** A silence that is drawn short. `at` and `until` are shares of the width. */
export interface Fold {
  from: number;
  to: number;
  at: number;
  until: number;
}

/** Puts times on a line, long silences folded. */
export interface Axis {
  from: number;
  to: number;
  folds: Fold[];
  /** Where a time is, as a share of the width. */
  place(time: number): number;
  /** Times to write on the axis, with their places. */
  ticks: { time: number; at: number }[];
}

const FOLD_WIDTH = 0.03;
/** A silence is folded when it is this many times as long as all that is not folded. */
const SILENCE = 4;
const FOLDS_MAX = 8;

/**
 * The axis of a timeline. A silence is a time in which nothing began or ended; the longest ones are
 * folded, so that what happened around them can be seen.
 */
export function axis(rows: readonly Row[], folding = true): Axis {
  const edges = new Set<number>();
  for (const row of rows) {
    edges.add(row.from);
    edges.add(row.to);
    for (const bar of row.bars) {
      edges.add(bar.from);
      edges.add(bar.to);
    }
  }
  const times = [...edges].sort((a, b) => a - b);
  const from = times[0] ?? 0;
  const to = Math.max(times.at(-1) ?? 0, from + 0.001);
  const silences: [number, number][] = [];
  for (let i = 1; i < times.length; i++) {
    silences.push([times[i - 1]!, times[i]!]);
  }
  silences.sort((a, b) => b[1] - b[0] - (a[1] - a[0]));
  const folded = folding ? silences.slice(0, foldsOf(silences, to - from)) : [];
  const span = folded.reduce((rest, [a, b]) => rest - (b - a), to - from);
  folded.sort((a, b) => a[0] - b[0]);
  const scale = (1 - folded.length * FOLD_WIDTH) / span;
  const folds: Fold[] = [];
  let at = 0;
  let last = from;
  for (const [a, b] of folded) {
    at += (a - last) * scale;
    folds.push({ from: a, to: b, at, until: at + FOLD_WIDTH });
    at += FOLD_WIDTH;
    last = b;
  }
  const place = (time: number): number => {
    const t = Math.min(to, Math.max(from, time));
    let [start, x] = [from, 0];
    for (const fold of folds) {
      if (t < fold.from) {
        break;
      }
      if (t < fold.to) {
        return fold.at + ((t - fold.from) / (fold.to - fold.from)) * FOLD_WIDTH;
      }
      [start, x] = [fold.to, fold.until];
    }
    return x + (t - start) * scale;
  };
  return { from, to, folds, place, ticks: ticksOf(from, to, span, folds, place) };
}

/** How many of the longest silences are folded. */
function foldsOf(longestFirst: readonly [number, number][], span: number): number {
  let rest = span;
  let count = 0;
  longestFirst.slice(0, FOLDS_MAX).forEach(([a, b], i) => {
    rest -= b - a;
    // Something must remain: else one stretch alone would be hidden.
    if (rest >= 0.001 && b - a >= SILENCE * rest) {
      count = i + 1;
    }
  });
  return count;
}

const NICE = [
  0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900,
  1_800, 3_600, 7_200, 14_400, 43_200, 86_400, 172_800, 604_800, 2_592_000, 31_536_000,
];
const TICKS = 6;

function ticksOf(
  from: number,
  to: number,
  span: number,
  folds: readonly Fold[],
  place: (time: number) => number,
): Axis['ticks'] {
  const step = NICE.find((n) => span / n <= TICKS) ?? NICE.at(-1)!;
  const ticks: Axis['ticks'] = [];
  const pieces = [from, ...folds.flatMap((f) => [f.from, f.to]), to];
  for (let i = 0; i < pieces.length; i += 2) {
    const [a, b] = [pieces[i]!, pieces[i + 1]!];
    // A tick is a whole number of steps after the beginning.
    for (let n = Math.ceil((a - from) / step - 1e-9); from + n * step <= b + 1e-9; n++) {
      const time = from + n * step;
      const at = place(time);
      if (ticks.length === 0 || at - ticks.at(-1)!.at > 0.5 / TICKS) {
        ticks.push({ time, at });
      }
    }
  }
  return ticks;
}
