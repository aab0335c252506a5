import { useEffect, useRef } from 'react';

const PAUSE_MS = 5_000;

/** Calls at once where it was quiet, else when some seconds are over: not for each change. */
export function useSometimes(does: () => void): () => void {
  const now = useRef(does);
  now.current = does;
  const state = useRef<{ timer: ReturnType<typeof setTimeout> | undefined; last: number }>({
    timer: undefined,
    last: 0,
  });
  useEffect(() => () => clearTimeout(state.current.timer), []);
  return () => {
    const s = state.current;
    s.timer ??= setTimeout(
      () => {
        s.timer = undefined;
        s.last = Date.now();
        now.current();
      },
      Math.max(200, s.last + PAUSE_MS - Date.now()),
    );
  };
}
