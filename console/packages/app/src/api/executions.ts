import { ApiError, call } from './client.ts';
import type { ExecutionDetails, ExecutionItem, ExecutionStatus } from './types.ts';

/** Which executions are looked for. Times are seconds since 1970. */
export interface Search {
  /** Of a state machine, a version, an alias or a map run. */
  of: { stateMachineArn: string } | { mapRunArn: string };
  status?: ExecutionStatus | undefined;
  redriven?: boolean | undefined;
  from?: number | undefined;
  to?: number | undefined;
  /** A part of the name. */
  name?: string | undefined;
  /** A part of the error's name. */
  error?: string | undefined;
}

/** Where to go on: a page of the server, and how many of it were looked at. */
export interface Cursor {
  token: string | undefined;
  skip: number;
}

export interface Found {
  items: (ExecutionItem & { error?: string })[];
  next: Cursor | undefined;
  /** How many executions were looked at. */
  looked: number;
}

const LARGE_PAGE = 1_000;
/** How far one looks before one asks whether to go on. */
const LOOKED_MAX = 20_000;
const DESCRIBED_MAX = 400;
const AT_ONCE = 6;

const ENDED_BADLY: ReadonlySet<string> = new Set(['FAILED', 'TIMED_OUT', 'ABORTED']);

export const isPlain = ({ from, to, name, error }: Search): boolean =>
  from === undefined && to === undefined && !name && !error;

/**
 * A page of executions, the newest first. The server filters by status and redrive; by the rest we
 * do, and go through its pages until there are enough, or so many were looked at that one may ask.
 */
export async function findExecutions(
  search: Search,
  cursor: Cursor | undefined,
  size: number,
  signal: AbortSignal,
  tell: (looked: number) => void = () => undefined,
): Promise<Found> {
  const found: Found = { items: [], next: undefined, looked: 0 };
  const pageSize = isPlain(search) ? size : LARGE_PAGE;
  let described = 0;
  let at = cursor ?? { token: undefined, skip: 0 };
  const name = search.name?.toLowerCase();
  const error = search.error?.toLowerCase();
  for (;;) {
    const page = await call<{ executions: ExecutionItem[]; nextToken?: string }>(
      'ListExecutions',
      {
        ...search.of,
        maxResults: pageSize,
        ...(search.status ? { statusFilter: search.status } : {}),
        ...(search.redriven === undefined
          ? {}
          : { redriveFilter: search.redriven ? 'REDRIVEN' : 'NOT_REDRIVEN' }),
        ...(at.token === undefined ? {} : { nextToken: at.token }),
      },
      signal,
    );
    for (let i = at.skip; i < page.executions.length; i += AT_ONCE) {
      const some = page.executions.slice(i, i + AT_ONCE);
      const fitting = some.filter(
        (e) =>
          isWithin(e, search) &&
          (!name || e.name.toLowerCase().includes(name)) &&
          (!error || ENDED_BADLY.has(e.status)),
      );
      described += error ? fitting.length : 0;
      const kept = error ? await withError(fitting, error, signal) : fitting;
      found.items.push(...kept);
      found.looked += some.length;
      if (search.from !== undefined && some.some((e) => e.startDate < search.from!)) {
        return found;
      }
      if (found.items.length >= size || found.looked >= LOOKED_MAX || described >= DESCRIBED_MAX) {
        const skip = i + some.length;
        if (skip < page.executions.length) {
          found.next = { token: at.token, skip };
        } else if (page.nextToken !== undefined) {
          found.next = { token: page.nextToken, skip: 0 };
        }
        return found;
      }
    }
    tell(found.looked);
    if (page.nextToken === undefined) {
      return found;
    }
    at = { token: page.nextToken, skip: 0 };
  }
}

const isWithin = (e: ExecutionItem, { from, to }: Search): boolean =>
  (to === undefined || e.startDate <= to) && (from === undefined || e.startDate >= from);

/** Whether an execution that was found by its name is one that is looked for. */
export const fits = (e: ExecutionItem & { error?: string }, search: Search): boolean =>
  isWithin(e, search) &&
  (search.status === undefined || e.status === search.status) &&
  (search.redriven === undefined || search.redriven === (e.redriveCount ?? 0) > 0) &&
  (!search.error || (e.error ?? '').toLowerCase().includes(search.error.toLowerCase()));

async function withError(items: ExecutionItem[], error: string, signal: AbortSignal) {
  const details = await Promise.all(
    items.map((e) =>
      call<ExecutionDetails>('DescribeExecution', { executionArn: e.executionArn }, signal),
    ),
  );
  return items.flatMap((item, i) => {
    const of = details[i]!.error;
    return of?.toLowerCase().includes(error) ? [{ ...item, error: of }] : [];
  });
}

/** The execution of exactly that name, however old; undefined where there is none. */
export async function executionNamed(
  stateMachineArn: string,
  name: string,
  signal: AbortSignal,
): Promise<ExecutionItem | undefined> {
  const arn = name.startsWith('arn:')
    ? name
    : `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
  try {
    return await call<ExecutionItem>('DescribeExecution', { executionArn: arn }, signal);
  } catch (e) {
    if (e instanceof ApiError) {
      return undefined;
    }
    throw e;
  }
}

/** Does something to each, a few at a time, until told to stop; tells each that is done. */
export async function forEach<T>(
  items: readonly T[],
  does: (item: T) => Promise<void>,
  done: (item: T, error: Error | undefined) => void,
  signal: AbortSignal,
): Promise<void> {
  const left = items.slice();
  const worker = async () => {
    for (let item = left.shift(); item !== undefined && !signal.aborted; item = left.shift()) {
      const error = await does(item).then(
        () => undefined,
        (e: Error) => e,
      );
      done(item, error);
    }
  };
  await Promise.all([worker(), worker(), worker(), worker()]);
}
