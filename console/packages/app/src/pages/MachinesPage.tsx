import { useEffect, useMemo, useRef, useState } from 'react';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import TextFilter from '@cloudscape-design/components/text-filter';
import { call, pages } from '../api/client.ts';
import { useChanges, useLoaded } from '../api/hooks.ts';
import { machineFigures, type MachineFigures } from '../api/monitoring.ts';
import { TYPES, type ExecutionItem, type Machine } from '../api/types.ts';
import { Sparkline } from '../components/Sparkline.tsx';
import { Problem } from '../components/Problem.tsx';
import { time } from '../format.ts';
import { useSometimes } from '../hooks/useSometimes.ts';
import { navigate, paths, setQuery, useAddress } from '../router.ts';

const COUNTED = ['RUNNING', 'SUCCEEDED', 'FAILED'] as const;
const COUNT_MAX = 100;

type Counts = Record<(typeof COUNTED)[number], string>;

/** All state machines. */
export function MachinesPage() {
  const { query } = useAddress();
  const search = query.get('search') ?? '';
  const machines = useLoaded('machines', (signal) =>
    pages<Machine>(
      'ListStateMachines',
      { maxResults: 1_000 },
      (page) => page['stateMachines']!,
      signal,
    ),
  );
  const [order, setOrder] = useState<{ by: keyof Machine; down: boolean }>({
    by: 'name',
    down: false,
  });
  const items = (machines.value ?? [])
    .filter((m) => m.name.toLowerCase().includes(search.trim().toLowerCase()))
    .sort((a, b) => {
      const [x, y] = [a[order.by], b[order.by]];
      return (x < y ? -1 : x > y ? 1 : 0) * (order.down ? -1 : 1);
    });
  const counts = useCounts(items);
  const days = useDays();
  const columns: TableProps.ColumnDefinition<Machine>[] = [
    {
      id: 'name',
      header: 'Name',
      sortingField: 'name',
      isRowHeader: true,
      width: 280,
      minWidth: 160,
      cell: (m: Machine) => <Link href={paths.machine(m.stateMachineArn)}>{m.name}</Link>,
    },
    {
      id: 'type',
      header: 'Type',
      sortingField: 'type',
      width: 100,
      cell: (m: Machine) => TYPES[m.type],
    },
    ...COUNTED.map((status) => ({
      id: status,
      header: status[0] + status.slice(1).toLowerCase(),
      width: 102,
      cell: (m: Machine) => (
        <Count text={counts.get(m.stateMachineArn)?.[status]} status={status} />
      ),
    })),
    {
      id: 'day',
      header: 'Last day',
      width: 122,
      cell: (m: Machine) => {
        const day = days?.get(m.stateMachineArn);
        return day ? <Sparkline {...day} /> : <span className="quiet">{days ? '–' : '…'}</span>;
      },
    },
    {
      id: 'creationDate',
      header: 'Created',
      sortingField: 'creationDate',
      width: 200,
      cell: (m: Machine) => time(m.creationDate),
    },
  ];
  if (machines.error) {
    return <Problem error={machines.error} retry={machines.reload} />;
  }
  return (
    <Table
      variant="full-page"
      stickyHeader
      enableKeyboardNavigation
      resizableColumns
      items={items}
      trackBy="stateMachineArn"
      columnDefinitions={columns}
      sortingColumn={columns.find((c) => c.id === order.by)!}
      sortingDescending={order.down}
      onSortingChange={({ detail }) =>
        setOrder({
          by: detail.sortingColumn.sortingField as keyof Machine,
          down: detail.isDescending ?? false,
        })
      }
      loading={machines.value === undefined}
      loadingText="Loading state machines"
      ariaLabels={{ tableLabel: 'State machines' }}
      header={
        <Header
          variant="h1"
          counter={machines.value ? `(${machines.value.length})` : ''}
          description={`Executions are counted up to ${COUNT_MAX} of each status.`}
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <Button iconName="refresh" ariaLabel="Refresh" onClick={machines.reload} />
              <Button variant="primary" onClick={() => navigate(paths.create())}>
                Create state machine
              </Button>
            </SpaceBetween>
          }
        >
          State machines
        </Header>
      }
      filter={
        <TextFilter
          filteringText={search}
          filteringPlaceholder="Find by name"
          filteringAriaLabel="Find state machines by name"
          countText={search ? `${items.length} found` : ''}
          onChange={({ detail }) => setQuery({ search: detail.filteringText || undefined })}
        />
      }
      empty={
        <Box textAlign="center" padding="l" color="inherit">
          <b>{search ? 'No state machine has such a name' : 'There are no state machines yet'}</b>
          <Box variant="p" color="inherit">
            {search
              ? 'The search looks at any part of the name.'
              : 'Create one here, or with the AWS CLI, an SDK or Terraform at this address.'}
          </Box>
          {!search && (
            <Button onClick={() => navigate(paths.create())}>Create state machine</Button>
          )}
        </Box>
      }
    />
  );
}

function Count({ text, status }: { text: string | undefined; status: string }) {
  const isQuiet = text === undefined || text === '0' || text === '–';
  return <span className={isQuiet ? 'quiet' : `count ${status}`}>{text ?? '…'}</span>;
}

/** The last day of each state machine by hour; undefined while it is not known. */
function useDays(): ReadonlyMap<string, MachineFigures['lastDay']> | undefined {
  const loaded = useLoaded('days', (signal) => machineFigures('1d', signal));
  useChanges({}, useSometimes(loaded.reload));
  return useMemo(
    () =>
      loaded.error
        ? new Map()
        : loaded.value && new Map(loaded.value.map((m) => [m.stateMachineArn, m.lastDay])),
    [loaded.value, loaded.error],
  );
}

const AGAIN_MS = 1_000;

/**
 * Counts executions by looking at a page of each status, a few machines at a time; again where
 * something changed, but not for each change.
 */
function useCounts(machines: Machine[]): ReadonlyMap<string, Counts> {
  const [counts, setCounts] = useState<ReadonlyMap<string, Counts>>(new Map());
  const [round, setRound] = useState(0);
  const changed = useRef(new Set<string>());
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  useChanges({}, (decision) => {
    if (!decision) {
      setRound((n) => n + 1);
      return;
    }
    changed.current.add(decision.stateMachineArn);
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      const again = machines.filter((m) => changed.current.has(m.stateMachineArn));
      changed.current.clear();
      for (const { stateMachineArn, type } of again) {
        void countsOf({ stateMachineArn, type }, new AbortController().signal).then(
          (found) => setCounts((known) => new Map(known).set(stateMachineArn, found)),
          () => undefined,
        );
      }
    }, AGAIN_MS);
  });
  const arns = machines
    .map((m) => `${m.type} ${m.stateMachineArn}`)
    .sort()
    .join('\n');
  useEffect(() => {
    const gone = new AbortController();
    const left = machines.slice();
    const worker = async () => {
      for (let next = left.shift(); next && !gone.signal.aborted; next = left.shift()) {
        const machine = next;
        const found = await countsOf(machine, gone.signal).catch(() => undefined);
        if (!gone.signal.aborted && found) {
          setCounts((known) => new Map(known).set(machine.stateMachineArn, found));
        }
      }
    };
    void Promise.all([worker(), worker()]);
    return () => gone.abort();
  }, [arns, round]);
  return counts;
}

async function countsOf(
  machine: Pick<Machine, 'stateMachineArn' | 'type'>,
  signal: AbortSignal,
): Promise<Counts> {
  const counts: Counts = { RUNNING: '–', SUCCEEDED: '–', FAILED: '–' };
  if (machine.type === 'EXPRESS') {
    return counts;
  }
  for (const status of COUNTED) {
    const page = await call<{ executions: ExecutionItem[]; nextToken?: string }>(
      'ListExecutions',
      { stateMachineArn: machine.stateMachineArn, statusFilter: status, maxResults: COUNT_MAX },
      signal,
    );
    counts[status] = `${page.executions.length}${page.nextToken ? '+' : ''}`;
  }
  return counts;
}
