import type { HistoryEvent } from '@stepwise/graph';
import { eachPage } from './client.ts';

interface Asked {
  executionArn: string;
  maxResults: number;
  reverseOrder?: boolean;
  includeExecutionData?: boolean;
}

/** The history of an execution, page by page; who has enough leaves the rest. */
export const historyPages = (asked: Asked, signal: AbortSignal) =>
  eachPage<{ events: HistoryEvent[] }>('GetExecutionHistory', { ...asked }, signal);
