import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { theFeed, type Decision } from '../feed/feed.ts';
import type { Filter } from '../feed/stream.ts';
import { followExecution, type Following, type LiveExecution } from './live.ts';

/** What was asked for, or why it is not there. */
export interface Loaded<T> {
  value: T | undefined;
  error: Error | undefined;
  loading: boolean;
  reload(): void;
}

/** Asks again whenever `key` changes, and when told. */
export function useLoaded<T>(key: string, ask: (signal: AbortSignal) => Promise<T>): Loaded<T> {
  const [state, setState] = useState<{ key: string; value?: T; error?: Error }>();
  const [round, setRound] = useState(0);
  const [loading, setLoading] = useState(true);
  const current = useRef(ask);
  current.current = ask;
  useEffect(() => {
    const gone = new AbortController();
    setLoading(true);
    current
      .current(gone.signal)
      .then((value) => !gone.signal.aborted && setState({ key, value }))
      .catch((error: Error) => !gone.signal.aborted && setState({ key, error }))
      .finally(() => !gone.signal.aborted && setLoading(false));
    return () => gone.abort();
  }, [key, round]);
  const reload = useCallback(() => setRound((n) => n + 1), []);
  const isCurrent = state?.key === key;
  return {
    value: isCurrent ? state.value : undefined,
    error: isCurrent ? state.error : undefined,
    loading,
    reload,
  };
}

/** An execution, as long as it is shown. */
export function useExecution(arn: string): LiveExecution & { refresh(): void } {
  const [now, setNow] = useState<LiveExecution>({
    details: undefined,
    events: [],
    complete: false,
    error: undefined,
  });
  const following = useRef<Following>(undefined);
  useEffect(() => {
    following.current = followExecution(arn, setNow);
    return () => following.current?.stop();
  }, [arn]);
  const refresh = useCallback(() => following.current?.refresh(), []);
  return useMemo(() => ({ ...now, refresh }), [now, refresh]);
}

/**
 * Calls back when an execution went on, and without a decision when anything may have changed; only
 * while somebody looks.
 */
export function useChanges(filter: Filter | undefined, changed: (d?: Decision) => void): void {
  const now = useRef(changed);
  now.current = changed;
  const key = filter && JSON.stringify(filter);
  useEffect(() => {
    if (key === undefined) {
      return;
    }
    let deaf: (() => void) | undefined;
    const follow = () => {
      deaf?.();
      deaf =
        document.visibilityState === 'visible'
          ? theFeed().listen(JSON.parse(key) as Filter, {
              decision: (d) => now.current(d),
              reset: () => now.current(),
            })
          : undefined;
    };
    follow();
    document.addEventListener('visibilitychange', follow);
    return () => {
      document.removeEventListener('visibilitychange', follow);
      deaf?.();
    };
  }, [key]);
}

/** Whether what is shown should change by itself and does not. */
export const useIsLost = (): boolean =>
  useSyncExternalStore(
    (changed) => theFeed().onState(changed),
    () => theFeed().isWanted() && theFeed().state() === 'lost',
  );

/** The present time, each second while it is needed. Units: seconds since 1970. */
export function useNow(isNeeded: boolean): number {
  const [now, setNow] = useState(() => Date.now() / 1_000);
  useEffect(() => {
    if (!isNeeded) {
      return;
    }
    const timer = setInterval(() => setNow(Date.now() / 1_000), 1_000);
    return () => clearInterval(timer);
  }, [isNeeded]);
  return now;
}
