import type { Trial } from './api/testState.ts';

let next: Trial | undefined;

/** Gives a trial to the page that tests states, which is shown next. */
export function handOver(trial: Trial): void {
  next = trial;
}

export function takeOver(): Trial | undefined {
  return next;
}
