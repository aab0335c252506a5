import type { HistoryEvent } from '../src/index.ts';

/** The time of the event with that id. */
export const at = (id: number): number => 1_700_000_000 + id;

/** Events as `id<-previous Type`, with details; a second passes from one id to the next. */
export function events(
  ...lines: [line: string, details?: Record<string, unknown>][]
): HistoryEvent[] {
  return lines.map(([line, details]) => {
    const [, id, previous, type] = /^(\d+)<-(\d+) (\w+)$/.exec(line)!;
    return {
      id: Number(id),
      previousEventId: Number(previous),
      timestamp: at(Number(id)),
      type: type!,
      ...(details ? { someEventDetails: details } : {}),
    };
  });
}
