import type { HistoryEvent } from '@stepwise/graph';
import { ApiError, call, Unreachable } from './client.ts';
import { historyPages } from './history.ts';
import { theFeed, type Feed } from '../feed/feed.ts';
import type { ExecutionDetails } from './types.ts';

/** An execution as it is known now. */
export interface LiveExecution {
  details: ExecutionDetails | undefined;
  events: readonly HistoryEvent[];
  /** The history was read to its end. */
  complete: boolean;
  /** What kept it from being read, the last time. */
  error: Error | undefined;
}

export interface Following {
  /** Looks now, e.g. after a redrive. */
  refresh(): void;
  stop(): void;
}

/** After a request that failed. */
const AGAIN_MS = 2_000;

/**
 * Follows an execution: tells each change, until it is stopped. It looks when the feed says that
 * something came, and asks for what came after the last event it has; while nobody looks at the
 * page, it does nothing.
 */
export function followExecution(
  arn: string,
  tell: (now: LiveExecution) => void,
  feed: Feed = theFeed(),
): Following {
  const gone = new AbortController();
  let now: LiveExecution = { details: undefined, events: [], complete: false, error: undefined };
  let timer: ReturnType<typeof setTimeout> | undefined;
  let busy = false;
  let again = false;
  let deaf: (() => void) | undefined;

  const set = (change: Partial<LiveExecution>) => {
    if (!gone.signal.aborted) {
      now = { ...now, ...change };
      tell(now);
    }
  };

  const look = async () => {
    if (busy) {
      again = true;
      return;
    }
    clearTimeout(timer);
    busy = true;
    try {
      // The details first: what had ended then has all its events now.
      const details = await call<ExecutionDetails>(
        'DescribeExecution',
        { executionArn: arn },
        gone.signal,
      );
      const fresh = await eventsAfter(arn, now.events, gone.signal, (some) =>
        set({ details, events: some }),
      );
      const changed = fresh !== now.events || details.status !== now.details?.status;
      if (changed || !now.complete || now.error) {
        set({ details, events: fresh, complete: true, error: undefined });
      }
    } catch (e) {
      if (gone.signal.aborted) {
        return;
      }
      set({ error: e as Error });
    } finally {
      busy = false;
    }
    if (again) {
      again = false;
      void look();
    } else {
      schedule();
    }
  };

  const mayHeal = () =>
    now.error instanceof Unreachable ||
    (now.error instanceof ApiError && now.error.code.startsWith('HTTP 5'));

  const schedule = () => {
    clearTimeout(timer);
    if (!gone.signal.aborted && mayHeal() && document.visibilityState === 'visible') {
      timer = setTimeout(() => void look(), AGAIN_MS);
    }
  };

  const listen = () => {
    if (document.visibilityState === 'visible') {
      deaf ??= feed.listen(
        { executionArn: arn },
        { decision: () => void look(), reset: () => void look() },
      );
      void look();
    } else {
      clearTimeout(timer);
      deaf?.();
      deaf = undefined;
    }
  };

  // When the stream breaks, one looks whether the server is there; when it is back, at what is new.
  const offState = feed.onState(() => {
    if (feed.state() === 'lost' || (feed.state() === 'open' && now.error)) {
      void look();
    }
  });
  document.addEventListener('visibilitychange', listen);
  gone.signal.addEventListener('abort', () => {
    clearTimeout(timer);
    offState();
    deaf?.();
    document.removeEventListener('visibilitychange', listen);
  });
  listen();
  return {
    refresh: () => void look(),
    stop: () => gone.abort(),
  };
}

const PAGE = 1_000;
const NEWEST = 100;
const SHOWN_EACH_MS = 500;

/** The events with what came since; the same list where nothing did. */
async function eventsAfter(
  arn: string,
  known: readonly HistoryEvent[],
  signal: AbortSignal,
  tell: (some: HistoryEvent[]) => void,
): Promise<readonly HistoryEvent[]> {
  const last = known.at(-1)?.id ?? 0;
  if (last === 0) {
    const all: HistoryEvent[] = [];
    let told = 0;
    for await (const page of historyPages({ executionArn: arn, maxResults: PAGE }, signal)) {
      all.push(...page.events);
      // What is long is shown while it comes, but not drawn anew for each page.
      if (Date.now() - told > SHOWN_EACH_MS) {
        told = Date.now();
        tell([...all]);
      }
    }
    return all;
  }
  // Backwards from the newest, down to what is known.
  const newer: HistoryEvent[] = [];
  const asked = { executionArn: arn, reverseOrder: true, maxResults: NEWEST };
  for await (const page of historyPages(asked, signal)) {
    const some = page.events.filter((event) => event.id > last);
    newer.push(...some);
    if (some.length < page.events.length) {
      break;
    }
  }
  return newer.length ? [...known, ...newer.reverse()] : known;
}
