import type { Outline, State } from './definition.ts';
import { eventDetails, type Run, type Step } from './history.ts';

/** A task that waits for somebody from outside: a worker of an activity, or an answer to a token. */
export type Waiting = { step: Step; since: number } & (
  | {
      kind: 'activity';
      activityArn: string;
      /** Who has taken it; undefined while nobody has. */
      worker: string | undefined;
      taken: boolean;
    }
  | {
      kind: 'token';
      /** Where the state hands the token on and the history shows what it handed on. */
      token: string | undefined;
    }
);

/** What in a running execution waits for somebody from outside. */
export function waitingIn(outline: Outline, run: Run): Waiting[] {
  const found: Waiting[] = [];
  for (const step of run.steps) {
    const state = step.node === undefined ? undefined : outline.get(step.node)?.state;
    const attempt = step.attempts.at(-1);
    if (step.type !== 'Task' || step.status !== 'running' || attempt?.status !== 'running') {
      continue;
    }
    const scheduled = step.events.findLast((e) => e.type.endsWith('Scheduled'));
    const details = scheduled && eventDetails(scheduled);
    const since = attempt.from;
    if (scheduled?.type === 'ActivityScheduled' && typeof details?.resource === 'string') {
      const started = step.events.findLast(
        (e) => e.type === 'ActivityStarted' && e.id > scheduled.id,
      );
      const worker = started && eventDetails(started)?.workerName;
      found.push({
        kind: 'activity',
        step,
        since,
        activityArn: details.resource,
        taken: started !== undefined,
        worker: typeof worker === 'string' ? worker : undefined,
      });
    } else if (
      scheduled?.type === 'TaskScheduled' &&
      state?.Resource?.endsWith('.waitForTaskToken')
    ) {
      found.push({ kind: 'token', step, since, token: tokenIn(state, details?.parameters) });
    }
  }
  return found;
}

const JSONPATH = '$$.Task.Token';
const JSONATA = /^\{%\s*\$states\.context\.Task\.Token\s*%\}$/;

/** The token among what was handed on: there where the definition puts it. */
function tokenIn(state: State, parameters: unknown): string | undefined {
  let handed: unknown;
  try {
    handed = typeof parameters === 'string' ? JSON.parse(parameters) : parameters;
  } catch {
    return undefined;
  }
  const search = (template: unknown, value: unknown): string | undefined => {
    if (typeof template !== 'object' || template === null) {
      return undefined;
    }
    for (const [key, part] of Object.entries(template)) {
      const isPath = key.endsWith('.$') && part === JSONPATH;
      const isExpression = typeof part === 'string' && JSONATA.test(part);
      const inner = (value as Record<string, unknown> | undefined | null)?.[
        isPath ? key.slice(0, -2) : key
      ];
      if ((isPath || isExpression) && typeof inner === 'string') {
        return inner;
      }
      // What is handed on as text may be the text of an object.
      const deeper = search(part, typeof inner === 'string' ? parsed(inner) : inner);
      if (deeper !== undefined) {
        return deeper;
      }
    }
    return undefined;
  };
  return search(state.Parameters ?? state.Arguments, handed);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
