import { lazy, Suspense, useEffect, useState, type ReactNode } from 'react';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import Link from '@cloudscape-design/components/link';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import {
  executionNamed,
  findExecutions,
  fits,
  isPlain,
  type Cursor,
  type Search,
} from '../api/executions.ts';
import { useChanges, useLoaded } from '../api/hooks.ts';
import type { ExecutionItem, ExecutionStatus } from '../api/types.ts';
import { arnName, duration, time } from '../format.ts';
import { paths, setQuery, useAddress } from '../router.ts';
import { Problem } from './Problem.tsx';
import { ExecutionBadge } from './Status.tsx';
import { Views } from './Views.tsx';

const BulkDialog = lazy(() => import('./BulkDialog.tsx'));

const PAGE = 50;

const STATUSES = [
  { value: '', label: 'Any status' },
  { value: 'RUNNING', label: 'Running' },
  { value: 'SUCCEEDED', label: 'Succeeded' },
  { value: 'FAILED', label: 'Failed' },
  { value: 'TIMED_OUT', label: 'Timed out' },
  { value: 'ABORTED', label: 'Aborted' },
  { value: 'PENDING_REDRIVE', label: 'Pending redrive' },
];

const RANGES: { value: string; label: string; seconds?: number }[] = [
  { value: '', label: 'Any time' },
  { value: '1h', label: 'Last hour', seconds: 3_600 },
  { value: '3h', label: 'Last 3 hours', seconds: 10_800 },
  { value: '12h', label: 'Last 12 hours', seconds: 43_200 },
  { value: '1d', label: 'Last day', seconds: 86_400 },
  { value: '3d', label: 'Last 3 days', seconds: 259_200 },
  { value: '7d', label: 'Last 7 days', seconds: 604_800 },
  { value: 'between', label: 'Between …' },
];

const REDRIVEN = [
  { value: '', label: 'Any redrives' },
  { value: 'yes', label: 'Redriven' },
  { value: 'no', label: 'Not redriven' },
];

interface Props {
  of: Search['of'];
  /** Of a state machine: its name leads to executions by name. */
  machine?: string;
  canRedrive: boolean;
  actions?: ReactNode;
  title?: string;
}

/**
 * Executions, the newest first, with filters that the address holds. New ones don't push the rows
 * away: they are announced, and shown when asked for.
 */
export function Executions(props: Props) {
  const { of, machine, canRedrive, actions, title = 'Executions' } = props;
  const { query } = useAddress();
  const search = searchIn(query, of);
  const cursor = cursorIn(query.get('at'));
  const [looked, setLooked] = useState(0);
  const [selected, setSelected] = useState<ExecutionItem[]>([]);
  const [bulk, setBulk] = useState<'stop' | 'redrive'>();
  const [fresh, setFresh] = useState(0);
  const [changed, setChanged] = useState<ReadonlyMap<string, ExecutionStatus>>(new Map());
  const key = JSON.stringify([of, query.get('at'), ...FILTERS.map((f) => query.get(f))]);
  const list = useLoaded(key, async (signal) => {
    setLooked(0);
    const exact =
      machine && search.name && !cursor
        ? await executionNamed(machine, search.name.trim(), signal)
        : undefined;
    const found = await findExecutions(search, cursor, PAGE, signal, setLooked);
    const items =
      exact && fits(exact, search)
        ? [exact, ...found.items.filter((e) => e.executionArn !== exact.executionArn)]
        : found.items;
    return { ...found, items };
  });
  useEffect(() => {
    setFresh(0);
    setChanged(new Map());
    // What is loaded again stays selected; what is not in the list any more does not.
    setSelected((before) =>
      (list.value?.items ?? []).filter((e) =>
        before.some((known) => known.executionArn === e.executionArn),
      ),
    );
  }, [list.value]);
  const [filter, prefix] = changesOf(of);
  useChanges(filter, (d) => {
    if (!d) {
      list.reload();
    } else if (list.value?.items.some((e) => e.executionArn === d.executionArn)) {
      setChanged((known) => new Map(known).set(d.executionArn, d.status));
    } else if (d.firstEvent === 1 && d.executionArn.startsWith(prefix)) {
      setFresh((n) => n + 1);
    }
  });
  const isFiltered = FILTERS.some((f) => query.get(f));
  const items = (list.value?.items ?? []).map((e) => {
    const status = changed.get(e.executionArn);
    return status ? { ...e, status } : e;
  });
  const stoppable = selected.filter(
    (e) => e.status === 'RUNNING' || e.status === 'PENDING_REDRIVE',
  );
  const redrivable = selected.filter((e) => ['FAILED', 'TIMED_OUT', 'ABORTED'].includes(e.status));
  const next = list.value?.next;
  return (
    <>
      {list.error ? (
        <Problem
          error={list.error}
          retry={() => {
            setQuery({ at: undefined });
            list.reload();
          }}
        />
      ) : (
        <Table
          variant="container"
          stickyHeader
          resizableColumns
          enableKeyboardNavigation
          items={items}
          trackBy="executionArn"
          loading={list.value === undefined}
          loadingText={looked ? `Looking: ${looked} so far` : 'Loading executions'}
          selectionType="multi"
          selectedItems={selected}
          onSelectionChange={({ detail }) => setSelected(detail.selectedItems)}
          ariaLabels={{
            tableLabel: title,
            selectionGroupLabel: 'Selection',
            allItemsSelectionLabel: () => 'All on this page',
            itemSelectionLabel: (_, e) => e.name,
          }}
          columnDefinitions={[
            {
              id: 'name',
              header: 'Name',
              isRowHeader: true,
              width: 340,
              minWidth: 180,
              cell: (e) => (
                <Link href={paths.execution(e.executionArn)}>
                  <span title={e.name}>{e.name}</span>
                </Link>
              ),
            },
            {
              id: 'status',
              header: 'Status',
              width: 150,
              cell: (e) => <ExecutionBadge status={e.status} />,
            },
            { id: 'started', header: 'Started', width: 205, cell: (e) => time(e.startDate) },
            {
              id: 'duration',
              header: 'Duration',
              width: 120,
              cell: (e) => (e.stopDate === undefined ? '–' : duration(e.stopDate - e.startDate)),
            },
            {
              id: 'ended',
              header: 'Ended',
              width: 205,
              cell: (e) => (e.stopDate === undefined ? '–' : time(e.stopDate)),
            },
            ...(search.error
              ? [
                  {
                    id: 'error',
                    header: 'Error',
                    width: 220,
                    cell: (e: WithError) => e.error ?? '–',
                  },
                ]
              : []),
            {
              id: 'version',
              header: 'Version or alias',
              width: 140,
              cell: (e) => arnName(e.stateMachineAliasArn ?? e.stateMachineVersionArn ?? '') || '–',
            },
            { id: 'redrives', header: 'Redrives', width: 100, cell: (e) => e.redriveCount ?? 0 },
          ]}
          header={
            <Header
              variant="h2"
              counter={selected.length ? `(${selected.length} selected)` : ''}
              actions={
                <SpaceBetween direction="horizontal" size="xs" alignItems="center">
                  {fresh > 0 && (
                    <Button
                      iconName="refresh"
                      onClick={() =>
                        query.get('at') ? setQuery({ at: undefined }) : list.reload()
                      }
                    >
                      {fresh === 1 ? '1 new execution' : `${fresh} new executions`}
                    </Button>
                  )}
                  <Button disabled={!stoppable.length} onClick={() => setBulk('stop')}>
                    Stop
                  </Button>
                  {canRedrive && (
                    <Button disabled={!redrivable.length} onClick={() => setBulk('redrive')}>
                      Redrive
                    </Button>
                  )}
                  {actions}
                  <Button iconName="refresh" ariaLabel="Refresh" onClick={list.reload} />
                </SpaceBetween>
              }
            >
              {title}
            </Header>
          }
          filter={<Filters query={query} />}
          footer={
            cursor || next ? (
              <div className="pager">
                <Button
                  iconName="angle-left"
                  disabled={!cursor}
                  onClick={() => setQuery({ at: undefined }, 'push')}
                >
                  Newest
                </Button>
                <span className="quiet">
                  {isPlain(search) ? '' : `Looked through ${list.value?.looked ?? 0}`}
                </span>
                <Button
                  iconName="angle-right"
                  iconAlign="right"
                  disabled={!next}
                  onClick={() =>
                    next && setQuery({ at: `${next.skip}.${next.token ?? ''}` }, 'push')
                  }
                >
                  Older
                </Button>
              </div>
            ) : undefined
          }
          empty={
            <Box textAlign="center" padding="l" color="inherit">
              <b>
                {isFiltered ? 'No execution fits these filters' : 'There are no executions yet'}
              </b>
              <Box variant="p" color="inherit">
                {isFiltered ? (
                  next ? (
                    `None of the ${list.value?.looked} that were looked at; “Older” looks further.`
                  ) : (
                    <Button onClick={clear}>Clear filters</Button>
                  )
                ) : (
                  'Start one with the button above.'
                )}
              </Box>
            </Box>
          }
        />
      )}
      {bulk && (
        <Suspense>
          <BulkDialog
            kind={bulk}
            executions={bulk === 'stop' ? stoppable : redrivable}
            onClose={(wasDone) => {
              setBulk(undefined);
              if (wasDone) {
                list.reload();
              }
            }}
          />
        </Suspense>
      )}
    </>
  );
}

/**
 * Which changes concern a list: those of a state machine name it for the children of its map runs
 * as well, whose own names say which is which.
 */
function changesOf(of: Search['of']): [filter: { stateMachineArn: string }, prefix: string] {
  const parts = ('mapRunArn' in of ? of.mapRunArn : of.stateMachineArn).split(':');
  const [place, name = ''] = [parts.slice(0, 5).join(':'), parts[6]];
  return [
    { stateMachineArn: `${place}:stateMachine:${name.split('/')[0]}` },
    `${place}:execution:${name}:`,
  ];
}

type WithError = ExecutionItem & { error?: string };

const FILTERS = ['status', 'when', 'from', 'to', 'name', 'error', 'redriven'];

const clear = () =>
  setQuery({ ...Object.fromEntries(FILTERS.map((f) => [f, undefined])), at: undefined });

const change = (to: Record<string, string | undefined>) => setQuery({ ...to, at: undefined });

/** The filters of an address alone, always in the same order. */
function filtersIn(query: URLSearchParams): string {
  const own = new URLSearchParams();
  for (const name of FILTERS) {
    const value = query.get(name);
    if (value) {
      own.set(name, value);
    }
  }
  return own.toString();
}

function searchIn(query: URLSearchParams, of: Search['of']): Search {
  const range = RANGES.find((r) => r.value === query.get('when'));
  const between = range?.value === 'between';
  const redriven = query.get('redriven');
  return {
    of,
    status: (query.get('status') || undefined) as ExecutionStatus | undefined,
    redriven: redriven ? redriven === 'yes' : undefined,
    from: range?.seconds
      ? Date.now() / 1_000 - range.seconds
      : between
        ? moment(query.get('from'))
        : undefined,
    to: between ? moment(query.get('to')) : undefined,
    name: query.get('name') || undefined,
    error: query.get('error') || undefined,
  };
}

/** What a field for a local time says, or an address: with a Z it is UTC. Units: seconds. */
function moment(text: string | null): number | undefined {
  const millis = text ? Date.parse(text) : NaN;
  return Number.isNaN(millis) ? undefined : millis / 1_000;
}

function cursorIn(text: string | null): Cursor | undefined {
  const [, skip, token] = /^(\d+)\.([^]*)$/.exec(text ?? '') ?? [];
  return skip === undefined ? undefined : { skip: Number(skip), token: token || undefined };
}

function Filters({ query }: { query: URLSearchParams }) {
  const [utc, setUtc] = useState((query.get('from') ?? query.get('to') ?? '').endsWith('Z'));
  const choice = (name: string, label: string, options: { value: string; label: string }[]) => (
    <Select
      ariaLabel={label}
      selectedOption={options.find((o) => o.value === (query.get(name) ?? '')) ?? options[0]!}
      options={options}
      onChange={({ detail }) => change({ [name]: detail.selectedOption.value || undefined })}
    />
  );
  const instant = (name: 'from' | 'to', label: string) => (
    <label className="instant">
      {label}
      <input
        type="datetime-local"
        step={1}
        value={(query.get(name) ?? '').replace(/Z$/, '')}
        onChange={(e) =>
          change({ [name]: e.target.value ? e.target.value + (utc ? 'Z' : '') : undefined })
        }
      />
    </label>
  );
  return (
    <div className="filters">
      <Words name="name" label="Find by name or ARN" value={query.get('name') ?? ''} />
      {choice('status', 'Status', STATUSES)}
      {choice('when', 'Started', RANGES)}
      <Words name="error" label="Error" value={query.get('error') ?? ''} />
      {choice('redriven', 'Redrives', REDRIVEN)}
      <Views
        query={filtersIn(query)}
        onChoose={(chosen) => {
          const view = new URLSearchParams(chosen);
          change(Object.fromEntries(FILTERS.map((f) => [f, view.get(f) ?? undefined])));
        }}
      />
      {query.get('when') === 'between' && (
        <div className="between">
          {instant('from', 'From')}
          {instant('to', 'To')}
          <Select
            ariaLabel="Time zone"
            selectedOption={{ value: utc ? 'utc' : 'local', label: utc ? 'UTC' : 'Local time' }}
            options={[
              { value: 'local', label: 'Local time' },
              { value: 'utc', label: 'UTC' },
            ]}
            onChange={({ detail }) => {
              const isUtc = detail.selectedOption.value === 'utc';
              const as = (text: string | null) =>
                text ? text.replace(/Z$/, '') + (isUtc ? 'Z' : '') : undefined;
              setUtc(isUtc);
              change({ from: as(query.get('from')), to: as(query.get('to')) });
            }}
          />
        </div>
      )}
    </div>
  );
}

const PAUSE_MS = 350;

/** A field whose words go into the address once nobody has typed for a moment. */
function Words({ name, label, value }: { name: string; label: string; value: string }) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text === value) {
      return;
    }
    const timer = setTimeout(() => change({ [name]: text || undefined }), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <Input
      type="search"
      value={text}
      placeholder={label}
      ariaLabel={label}
      spellcheck={false}
      onChange={({ detail }) => setText(detail.value)}
    />
  );
}
