import type { Trial } from './api/testState.ts';

const KEY = 'stepwise.trial';

/** Gives a trial to the page that tests states; this tab keeps it. */
export function handOver(trial: Trial): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(trial));
  } catch {
    // Without room it begins empty.
  }
}

/** The last trial of this tab. */
export function lastTrial(): Trial | undefined {
  try {
    return (JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as Trial | null) ?? undefined;
  } catch {
    return undefined;
  }
}
