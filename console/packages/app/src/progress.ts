/** How many were done at a time. Times are seconds since 1970. */
export interface Sample {
  at: number;
  done: number;
}

/** Units: things a second; seconds. */
export interface Progress {
  rate: number;
  left: number | undefined;
}

const WINDOW_SECONDS = 30;

/** How fast it goes: over the last half minute, or since the beginning where there is less to see. */
export function progressOf(samples: readonly Sample[], total: number, start: number): Progress {
  const last = samples.at(-1);
  if (!last) {
    return { rate: 0, left: undefined };
  }
  const first = samples.find((s) => s.at >= last.at - WINDOW_SECONDS && s.at < last.at - 2);
  const since = first ?? { at: start, done: 0 };
  const rate = last.at > since.at ? Math.max(0, last.done - since.done) / (last.at - since.at) : 0;
  return { rate, left: rate > 0 ? (total - last.done) / rate : undefined };
}
