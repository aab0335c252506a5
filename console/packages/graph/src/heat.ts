import type { Run } from './history.ts';

/** What some executions say of one state. Units: seconds. */
export interface Heat {
  node: string;
  name: string;
  entered: number;
  /** How often it failed; where the error was caught, too. */
  failed: number;
  retried: number;
  /** Of those that were left or failed, how long half of them took, and 95 of 100. */
  p50: number;
  p95: number;
  /** From 0 to 1, beside the slowest state. */
  slow: number;
  /** From 0 to 1: the share that failed, beside that of the state that fails most. */
  fails: number;
}

/** How states fared in some executions of one definition; states that none entered are left out. */
export function heatOf(runs: readonly Run[]): Heat[] {
  const found = new Map<string, Heat & { times: number[] }>();
  for (const step of runs.flatMap((run) => run.steps)) {
    if (step.node === undefined) {
      continue;
    }
    let heat = found.get(step.node);
    if (!heat) {
      const nothing = { entered: 0, failed: 0, retried: 0, p50: 0, p95: 0, slow: 0, fails: 0 };
      heat = { node: step.node, name: step.name, ...nothing, times: [] };
      found.set(step.node, heat);
    }
    heat.entered++;
    heat.failed += step.status === 'failed' || step.status === 'caught' ? 1 : 0;
    heat.retried += Math.max(0, step.attempts.length - 1);
    const to = step.exited ?? step.attempts.at(-1)?.to;
    if (to !== undefined) {
      heat.times.push(to - step.entered);
    }
  }
  const all = [...found.values()];
  for (const heat of all) {
    heat.times.sort((a, b) => a - b);
    heat.p50 = quantile(heat.times, 0.5);
    heat.p95 = quantile(heat.times, 0.95);
  }
  const slowest = Math.max(0, ...all.map((h) => h.p95));
  const worst = Math.max(0, ...all.map((h) => h.failed / h.entered));
  return all.map(({ times: _, ...heat }) => ({
    ...heat,
    slow: slowest > 0 ? heat.p95 / slowest : 0,
    fails: worst > 0 ? heat.failed / heat.entered / worst : 0,
  }));
}

/** The value that a share of sorted values does not exceed; 0 where there is none. */
export function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}
