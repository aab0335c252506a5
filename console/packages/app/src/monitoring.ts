import type { ExecutionItem, ExecutionStatus } from './api/types.ts';

export type Kind = 'running' | 'succeeded' | 'failed' | 'aborted';

export interface Bar {
  from: number;
  counts: Record<Kind, number>;
}

/** Executions by when they started. Times are seconds since 1970. */
export interface Chart {
  from: number;
  to: number;
  most: number;
  bars: Bar[];
}

const KIND: Record<ExecutionStatus, Kind> = {
  RUNNING: 'running',
  PENDING_REDRIVE: 'running',
  SUCCEEDED: 'succeeded',
  FAILED: 'failed',
  TIMED_OUT: 'failed',
  ABORTED: 'aborted',
};

const BARS = 40;

/** Puts executions into equal times from the first start to the last. */
export function chartOf(executions: readonly ExecutionItem[]): Chart {
  const starts = executions.map((e) => e.startDate);
  const from = starts.reduce((a, b) => Math.min(a, b), Infinity);
  const to = starts.reduce((a, b) => Math.max(a, b), -Infinity);
  if (starts.length === 0) {
    return { from: 0, to: 0, most: 0, bars: [] };
  }
  const span = Math.max(1, to - from) / BARS;
  const bars = Array.from(
    { length: BARS },
    (_, i): Bar => ({
      from: from + i * span,
      counts: { running: 0, succeeded: 0, failed: 0, aborted: 0 },
    }),
  );
  for (const { startDate, status } of executions) {
    bars[Math.min(BARS - 1, Math.floor((startDate - from) / span))]!.counts[KIND[status]]++;
  }
  const most = Math.max(
    ...bars.map(({ counts }) => Object.values(counts).reduce((a, b) => a + b, 0)),
  );
  return { from, to, most, bars };
}

/** The value that a share of sorted values does not exceed. */
export function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}
