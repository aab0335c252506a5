import { ask } from './client.ts';
import { historyPages } from './history.ts';

/** A task that waits for somebody from outside, and where. Times are seconds since 1970. */
export type WaitingTask = {
  executionArn: string;
  stateMachineArn: string;
  state: string;
  /** The event with which its state was entered. */
  enteredEvent: number;
  since: number;
} & (
  | { kind: 'activity'; activityArn: string; taken: boolean; worker?: string | null }
  | { kind: 'token'; resource: string; taskToken: string }
);

/** How an activity stands that has tasks or workers waiting. */
export interface ActivityQueue {
  activityArn: string;
  waiting: number;
  polling: number;
  workers: string[];
}

/** So many tasks are listed, and pages looked at for them. */
export const LISTED_MAX = 1_000;
const PAGES_MAX = 50;

/** Tasks that wait for somebody from outside, the oldest first, as they are found. */
export async function findWaiting(
  signal: AbortSignal,
  tell: (found: WaitingTask[], isPartial: boolean) => void,
): Promise<void> {
  const found: WaitingTask[] = [];
  let after: string | null = null;
  for (let pages = 0; pages < PAGES_MAX && found.length < LISTED_MAX; pages++) {
    const query: string = after === null ? '' : `?after=${encodeURIComponent(after)}`;
    const page = await ask<{ tasks: WaitingTask[]; next: string | null }>(
      `waiting${query}`,
      signal,
    );
    found.push(...page.tasks);
    found.sort((a, b) => a.since - b.since);
    after = page.next;
    tell(found.slice(0, LISTED_MAX), after !== null);
    if (after === null) {
      return;
    }
  }
}

/** Activities that have tasks or workers waiting. */
export const activityQueues = async (signal: AbortSignal): Promise<ActivityQueue[]> =>
  (await ask<{ activities: ActivityQueue[] }>('waiting/activities', signal)).activities;

/** The input with which a state was entered; undefined where its event is far behind. */
export async function inputOf(task: WaitingTask, signal: AbortSignal): Promise<string | undefined> {
  const asked = { executionArn: task.executionArn, maxResults: 1_000 };
  for await (const page of historyPages(asked, signal)) {
    const entered = page.events.find((event) => event.id === task.enteredEvent);
    if (entered) {
      return (entered['stateEnteredEventDetails'] as { input?: string } | undefined)?.input;
    }
  }
  return undefined;
}
