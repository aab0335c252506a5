import { drawable, Outline, readHistory, type HistoryEvent, type Run } from '@stepwise/graph';
import { call } from './client.ts';
import { historyPages } from './history.ts';
import type { ExecutionItem } from './types.ts';

const EVENTS_MAX = 3_000;
const AT_ONCE = 4;

/** The newest executions of a state machine, as its present definition sees them. */
export interface Recent {
  runs: Run[];
  /** How many were left out, since their histories are long. */
  leftOut: number;
}

/** Reads the histories of the newest executions, without payloads. */
export async function recentRuns(
  stateMachineArn: string,
  definition: string,
  count: number,
  signal: AbortSignal,
  tell: (read: number) => void,
): Promise<Recent> {
  const scope = drawable(JSON.parse(definition));
  if (!scope) {
    return { runs: [], leftOut: 0 };
  }
  const outline = new Outline(scope);
  const { executions } = await call<{ executions: ExecutionItem[] }>(
    'ListExecutions',
    { stateMachineArn, maxResults: count },
    signal,
  );
  const recent: Recent = { runs: [], leftOut: 0 };
  const left = executions.slice();
  const worker = async () => {
    for (let next = left.shift(); next; next = left.shift()) {
      const events = await wholeHistory(next.executionArn, signal);
      if (events) {
        recent.runs.push(readHistory(outline, events));
      } else {
        recent.leftOut++;
      }
      tell(recent.runs.length + recent.leftOut);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return recent;
}

async function wholeHistory(
  executionArn: string,
  signal: AbortSignal,
): Promise<HistoryEvent[] | undefined> {
  const events: HistoryEvent[] = [];
  const asked = { executionArn, maxResults: 1_000, includeExecutionData: false };
  for await (const page of historyPages(asked, signal)) {
    events.push(...page.events);
    if (page.nextToken !== undefined && events.length >= EVENTS_MAX) {
      return undefined;
    }
  }
  return events;
}
