import { useState } from 'react';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import Box from '@cloudscape-design/components/box';
import { useChanges, useLoaded } from '../api/hooks.ts';
import { figures, machineFigures, PRICE, type MachineFigures } from '../api/monitoring.ts';
import { FigureCharts } from '../components/FigureCharts.tsx';
import { dollars, Month } from '../components/Month.tsx';
import { Problem } from '../components/Problem.tsx';
import { RangePicker, useRange } from '../components/RangePicker.tsx';
import { Sparkline } from '../components/Sparkline.tsx';
import { arnName, took } from '../format.ts';
import { useSometimes } from '../hooks/useSometimes.ts';
import { paths } from '../router.ts';

/** How all state machines are doing, together and each. */
export default function MonitoringPage() {
  const range = useRange();
  const all = useLoaded(range, (signal) => figures(range, undefined, signal));
  const each = useLoaded(range, (signal) => machineFigures(range, signal));
  const sometimes = useSometimes(() => {
    all.reload();
    each.reload();
  });
  useChanges({}, sometimes);
  const error = all.error ?? each.error;
  return (
    <div className="monitoring">
      <Header variant="h1" actions={<RangePicker range={range} />}>
        Monitoring
      </Header>
      {error ? (
        <Problem error={error} retry={sometimes} />
      ) : (
        <>
          {all.value && <FigureCharts of={all.value} />}
          {all.value && (
            <Month transitions={all.value.billedThisMonth} whose="of all state machines" />
          )}
          <Machines machines={each.value} />
        </>
      )}
    </div>
  );
}

const bad = ({ total }: MachineFigures) => total.failed + total.timedOut + total.aborted;
const share = (m: MachineFigures) => {
  const ended = bad(m) + m.total.succeeded;
  return ended ? bad(m) / ended : -1;
};

const VALUES: Record<string, (m: MachineFigures) => number | string> = {
  name: (m) => arnName(m.stateMachineArn),
  running: (m) => m.running,
  started: (m) => m.total.started,
  bad: share,
  p50: (m) => m.total.p50 ?? -1,
  p95: (m) => m.total.p95 ?? -1,
  transitions: (m) => m.total.transitions,
  month: (m) => m.billedThisMonth,
};

function Machines({ machines }: { machines: MachineFigures[] | undefined }) {
  const [order, setOrder] = useState({ by: 'started', down: true });
  const value = VALUES[order.by]!;
  const items = (machines ?? []).slice().sort((a, b) => {
    const [x, y] = [value(a), value(b)];
    return (x < y ? -1 : x > y ? 1 : 0) * (order.down ? -1 : 1);
  });
  const column = (
    id: string,
    header: string,
    width: number,
    cell: (m: MachineFigures) => React.ReactNode,
  ): TableProps.ColumnDefinition<MachineFigures> => ({
    id,
    header,
    width,
    cell,
    ...(id in VALUES ? { sortingField: id } : {}),
  });
  const columns = [
    {
      ...column('name', 'State machine', 250, (m) => (
        <Link href={`${paths.machine(m.stateMachineArn)}?tab=monitoring`}>
          {arnName(m.stateMachineArn)}
        </Link>
      )),
      isRowHeader: true,
    },
    column('spark', 'Last day', 120, (m) => <Sparkline {...m.lastDay} />),
    column('running', 'Running', 115, (m) => m.running.toLocaleString('en')),
    column('started', 'Started', 115, (m) => m.total.started.toLocaleString('en')),
    column('bad', 'Ended badly', 150, (m) =>
      share(m) < 0 ? (
        '–'
      ) : (
        <span className={bad(m) ? 'count FAILED' : 'quiet'}>
          {bad(m).toLocaleString('en')} · {(100 * share(m)).toFixed(1)} %
        </span>
      ),
    ),
    column('p50', 'p50', 100, (m) => took(m.total.p50)),
    column('p95', 'p95', 100, (m) => took(m.total.p95)),
    column('transitions', 'Transitions', 145, (m) => m.total.transitions.toLocaleString('en')),
    column('month', 'This month', 145, (m) => m.billedThisMonth.toLocaleString('en')),
    column('price', 'AWS price', 120, (m) => dollars(m.billedThisMonth * PRICE)),
  ];
  return (
    <Table
      variant="container"
      items={items}
      trackBy="stateMachineArn"
      columnDefinitions={columns}
      sortingColumn={columns.find((c) => c.id === order.by)!}
      sortingDescending={order.down}
      onSortingChange={({ detail }) =>
        setOrder({
          by: detail.sortingColumn.sortingField ?? 'started',
          down: detail.isDescending ?? false,
        })
      }
      enableKeyboardNavigation
      resizableColumns
      loading={machines === undefined}
      loadingText="Loading figures"
      ariaLabels={{ tableLabel: 'State machines' }}
      header={
        <Header
          variant="h2"
          counter={machines ? `(${machines.length})` : ''}
          description="Transitions of this month as AWS bills them; prices without the free ones, which are an account's."
        >
          State machines
        </Header>
      }
      empty={
        <Box textAlign="center" padding="l" color="inherit">
          <b>Nothing was counted yet</b>
          <Box variant="p" color="inherit">
            Start an execution: what it does is counted from then on, for 14 days.
          </Box>
        </Box>
      }
    />
  );
}
