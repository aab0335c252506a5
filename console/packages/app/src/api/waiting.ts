import {
  drawable,
  Outline,
  readHistory,
  waitingIn,
  type HistoryEvent,
  type Waiting,
} from '@stepwise/graph';
import { call, pages } from './client.ts';
import type { ExecutionItem, Machine, MachineDetails } from './types.ts';

/** A task that waits, and where. */
export type WaitingTask = Waiting & {
  executionArn: string;
  stateMachineArn: string;
};

/** So many running executions are looked at of each state machine. */
export const LOOKED_MAX = 100;
const AT_ONCE = 4;

/**
 * Tasks that wait for somebody from outside, the oldest first. No operation lists them, so they are
 * read from the histories of running executions; only of state machines that have such tasks.
 */
export async function findWaiting(
  signal: AbortSignal,
  tell: (found: WaitingTask[], isPartial: boolean) => void,
): Promise<void> {
  const machines = await pages<Machine>(
    'ListStateMachines',
    { maxResults: 1_000 },
    (page) => page['stateMachines']!,
    signal,
  );
  const found: WaitingTask[] = [];
  let isPartial = false;
  await each(
    machines.filter((m) => m.type === 'STANDARD'),
    async ({ stateMachineArn }) => {
      const { definition } = await call<MachineDetails>(
        'DescribeStateMachine',
        { stateMachineArn },
        signal,
      );
      if (!/\.waitForTaskToken"|:activity:/.test(definition)) {
        return;
      }
      const running = await call<{ executions: ExecutionItem[]; nextToken?: string }>(
        'ListExecutions',
        { stateMachineArn, statusFilter: 'RUNNING', maxResults: LOOKED_MAX },
        signal,
      );
      isPartial ||= running.nextToken !== undefined;
      await each(running.executions, async ({ executionArn }) => {
        const of = await waitingOf(executionArn, signal);
        found.push(...of.map((w) => ({ ...w, executionArn, stateMachineArn })));
        found.sort((a, b) => a.since - b.since);
        tell([...found], isPartial);
      });
    },
  );
  tell([...found], isPartial);
}

async function waitingOf(executionArn: string, signal: AbortSignal): Promise<Waiting[]> {
  const [{ definition }, events] = await Promise.all([
    call<Pick<MachineDetails, 'definition'>>(
      'DescribeStateMachineForExecution',
      { executionArn },
      signal,
    ),
    pages<HistoryEvent>(
      'GetExecutionHistory',
      { executionArn, maxResults: 1_000 },
      (page) => page['events']!,
      signal,
    ),
  ]);
  const scope = drawable(JSON.parse(definition));
  if (!scope) {
    return [];
  }
  const outline = new Outline(scope);
  return waitingIn(outline, readHistory(outline, events));
}

async function each<T>(items: readonly T[], does: (item: T) => Promise<void>): Promise<void> {
  const left = items.slice();
  const worker = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) {
      await does(item);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}
