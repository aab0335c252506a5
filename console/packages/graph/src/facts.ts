import { isDistributed, type State } from './definition.ts';
import { eventDetails, type Run, type Step } from './history.ts';

/** The variables that a step could read, as JSON texts by name: the latest assignment of each. */
export function variablesAt(step: Step): Record<string, string> {
  const found: Record<string, string> = {};
  for (let scope: Step | undefined = step; scope; scope = scope.parent) {
    const seen = new Set<Step>();
    for (let s = scope.previous; s && !seen.has(s); s = s.previous) {
      seen.add(s);
      for (const [name, value] of Object.entries(s.assigned)) {
        if (!Object.hasOwn(found, name)) {
          found[name] = value;
        }
      }
    }
  }
  return found;
}

/** What the work of a step gave, before anything was made of it; undefined where that is not told. */
export function resultOf(step: Step, run: Run): string | undefined {
  switch (step.type) {
    case 'Task': {
      const done = step.events.findLast((e) =>
        /^(Task|LambdaFunction|Activity)Succeeded$/.test(e.type),
      );
      const output = done && eventDetails(done)?.output;
      return typeof output === 'string' ? output : undefined;
    }
    case 'Parallel':
    case 'Map':
      return step.mapRunArn === undefined ? innerResult(step, run) : undefined;
    default:
      return undefined;
  }
}

/** The list of what the branches or iterations gave. */
function innerResult(container: Step, run: Run): string | undefined {
  const since = container.attempts.at(-1)?.event ?? 0;
  const ends = new Map<string, Step>();
  for (const step of run.steps) {
    if (step.parent === container && step.id > since) {
      const key = container.type === 'Map' ? String(step.iteration) : String(firstOf(step).id);
      ends.set(key, step);
    }
  }
  const steps = [...ends.values()];
  if (steps.some((s) => s.status !== 'succeeded' && s.status !== 'caught')) {
    return undefined;
  }
  const inOrder =
    container.type === 'Map'
      ? steps.sort((a, b) => (a.iteration ?? 0) - (b.iteration ?? 0))
      : steps.sort((a, b) => firstOf(a).id - firstOf(b).id);
  return inOrder.every((s) => s.output !== undefined)
    ? `[${inOrder.map((s) => s.output).join(',')}]`
    : undefined;
}

function firstOf(step: Step): Step {
  let first = step;
  const seen = new Set<Step>();
  while (first.previous && !seen.has(first)) {
    seen.add(first);
    first = first.previous;
  }
  return first;
}

/** The execution that a step started, where it is one that starts executions. */
export function childExecution(step: Step): string | undefined {
  for (const event of step.events.toReversed()) {
    const details = eventDetails(event);
    const text = details?.output ?? details?.cause;
    if (details?.resourceType === 'states' && typeof text === 'string') {
      const arn = /"[Ee]xecutionArn"\s*:\s*"(arn:[^"\\]+)"/.exec(text)?.[1];
      if (arn !== undefined) {
        return arn;
      }
    }
  }
  return undefined;
}

/** How many transitions AWS would bill: states entered, and retries. */
export function transitions(run: Run): number {
  const retries = (step: Step) =>
    step.type === 'Task' ? Math.max(0, step.attempts.length - 1) : 0;
  return run.steps.reduce((sum, step) => sum + 1 + retries(step), 0);
}

interface Retrier {
  ErrorEquals?: unknown;
  IntervalSeconds?: unknown;
  MaxAttempts?: unknown;
  BackoffRate?: unknown;
  MaxDelaySeconds?: unknown;
  JitterStrategy?: unknown;
}

const number = (value: unknown, otherwise: number): number =>
  typeof value === 'number' ? value : otherwise;

const TIMEOUTS = new Set(['States.Timeout', 'States.HeartbeatTimeout']);
const NEVER_ALL = new Set(['States.DataLimitExceeded', 'States.Runtime']);

function fits(retrier: Retrier, error: string): boolean {
  const names = Array.isArray(retrier.ErrorEquals) ? (retrier.ErrorEquals as unknown[]) : [];
  return names.some(
    (name) =>
      name === error ||
      (name === 'States.Timeout' && error === 'States.HeartbeatTimeout') ||
      (name === 'States.TaskFailed' && !TIMEOUTS.has(error) && !NEVER_ALL.has(error)) ||
      (name === 'States.ALL' && !NEVER_ALL.has(error)),
  );
}

/** A retry that is to come. */
export interface Retry {
  /** Which retry it is, from 1. */
  number: number;
  /** When it comes. Units: seconds since 1970. */
  at: number;
  /** Jitter lets it come sooner. */
  atMost: boolean;
}

/**
 * The retry that a state waits for; a history does not tell it, so it is worked out of the
 * definition and the attempts so far. Undefined where it waits for none.
 */
export function nextRetry(step: Step, state: State | undefined): Retry | undefined {
  const failed = step.attempts.at(-1);
  if (step.status !== 'running' || failed?.status !== 'failed' || failed.to === undefined) {
    return undefined;
  }
  const retriers = Array.isArray(state?.Retry) ? (state.Retry as Retrier[]) : [];
  const error = failed.error ?? '';
  const retrier = retriers.find((r) => fits(r, error));
  if (!retrier) {
    return undefined;
  }
  const before = step.attempts.filter(
    (a) => a.status === 'failed' && retriers.find((r) => fits(r, a.error ?? '')) === retrier,
  ).length;
  if (before > number(retrier.MaxAttempts, 3)) {
    return undefined;
  }
  const delay = Math.min(
    number(retrier.IntervalSeconds, 1) * number(retrier.BackoffRate, 2) ** (before - 1),
    number(retrier.MaxDelaySeconds, Infinity),
  );
  return {
    number: step.attempts.filter((a) => a.status === 'failed').length,
    at: failed.to + delay,
    atMost: retrier.JitterStrategy === 'FULL',
  };
}

/** Whether a state runs its items as executions of their own. */
export const hasMapRun = (state: State | undefined): boolean =>
  state !== undefined && state.Type === 'Map' && isDistributed(state);
