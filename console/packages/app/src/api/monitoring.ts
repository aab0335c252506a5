import { ask } from './client.ts';

export const RANGES = [
  { id: '1h', text: '1 h' },
  { id: '3h', text: '3 h' },
  { id: '12h', text: '12 h' },
  { id: '1d', text: '1 d' },
  { id: '3d', text: '3 d' },
  { id: '1w', text: '1 w' },
  { id: '2w', text: '2 w' },
] as const;

export type RangeId = (typeof RANGES)[number]['id'];

/** What was counted in some time. Durations in milliseconds; null where nothing ended. */
export interface Counts {
  started: number;
  succeeded: number;
  failed: number;
  timedOut: number;
  aborted: number;
  redriven: number;
  transitions: number;
  p50: number | null;
  p95: number | null;
  p99: number | null;
}

export interface Figures {
  /** When the first span begins. Units: seconds since 1970. */
  from: number;
  stepSeconds: number;
  running: number;
  billedThisMonth: number;
  total: Counts;
  series: { [name in keyof Counts]: Counts[name][] };
  integrations: { name: string; succeeded: number; failed: number; failures: number[] }[];
}

export interface MachineFigures {
  stateMachineArn: string;
  running: number;
  billedThisMonth: number;
  total: Counts;
  /** By hour, the oldest first. */
  lastDay: { started: number[]; failed: number[] };
}

/** The figures of one state machine, or of all. */
export function figures(
  range: RangeId,
  stateMachineArn: string | undefined,
  signal?: AbortSignal,
): Promise<Figures> {
  const query = new URLSearchParams({ range, ...(stateMachineArn ? { stateMachineArn } : {}) });
  return ask<Figures>(`monitoring?${query.toString()}`, signal);
}

/** Totals of each state machine that has some. */
export async function machineFigures(
  range: RangeId,
  signal?: AbortSignal,
): Promise<MachineFigures[]> {
  const path = `monitoring/state-machines?range=${range}`;
  return (await ask<{ stateMachines: MachineFigures[] }>(path, signal)).stateMachines;
}

/** Transitions a month for which AWS asks nothing, and what it asks for one more, in dollars. */
export const FREE = 4_000;
export const PRICE = 0.000025;

/** What AWS would ask for a month's transitions, in dollars. */
export const price = (transitions: number): number => Math.max(0, transitions - FREE) * PRICE;
