import { lazy, Suspense, useMemo, useState } from 'react';
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import { layout, Outline, type Scope } from '@stepwise/graph';
import { call } from '../api/client.ts';
import { useLoaded } from '../api/hooks.ts';
import {
  TYPES,
  type ExecutionItem,
  type ExecutionStatus,
  type MachineDetails,
} from '../api/types.ts';
import { Arn } from '../components/Arn.tsx';
import { Facts } from '../components/Facts.tsx';
import { Graph } from '../components/Graph.tsx';
import { Json } from '../components/Json.tsx';
import { Problem } from '../components/Problem.tsx';
import { ExecutionBadge } from '../components/Status.tsx';
import { Tabs } from '../components/Tabs.tsx';
import { duration, time } from '../format.ts';
import { paths, setQuery, useAddress } from '../router.ts';

const StartDialog = lazy(() => import('../components/StartDialog.tsx'));

const PAGE = 50;

const TABS = [
  { id: 'executions', label: 'Executions' },
  { id: 'definition', label: 'Definition' },
];

const STATUSES = [
  { value: '', label: 'Any status' },
  { value: 'RUNNING', label: 'Running' },
  { value: 'SUCCEEDED', label: 'Succeeded' },
  { value: 'FAILED', label: 'Failed' },
  { value: 'TIMED_OUT', label: 'Timed out' },
  { value: 'ABORTED', label: 'Aborted' },
  { value: 'PENDING_REDRIVE', label: 'Pending redrive' },
];

/** A state machine: its executions and its definition. */
export default function MachinePage({ arn }: { arn: string }) {
  const { query } = useAddress();
  const tab = query.get('tab') === 'definition' ? 'definition' : 'executions';
  const [starting, setStarting] = useState(false);
  const machine = useLoaded(arn, (signal) =>
    call<MachineDetails>('DescribeStateMachine', { stateMachineArn: arn }, signal),
  );
  if (machine.error) {
    return <Problem error={machine.error} retry={machine.reload} />;
  }
  const details = machine.value;
  return (
    <SpaceBetween size="m">
      <Header
        variant="h1"
        actions={
          <Button variant="primary" disabled={!details} onClick={() => setStarting(true)}>
            Start execution
          </Button>
        }
      >
        {details?.name ?? arn.slice(arn.lastIndexOf(':') + 1)}
      </Header>
      <Facts
        facts={[
          ['Type', details ? TYPES[details.type] : '…'],
          ['Status', details ? (details.status === 'ACTIVE' ? 'Active' : 'Deleting') : '…'],
          ['Created', details ? time(details.creationDate) : '…'],
          ['ARN', <Arn arn={arn} />],
        ]}
      />
      <Tabs
        label="Of this state machine"
        tabs={TABS}
        active={tab}
        onChange={(id) => setQuery({ tab: id === 'executions' ? undefined : id })}
        className="machine-body"
      >
        {tab === 'definition' ? (
          details && <Definition text={details.definition} />
        ) : details?.type === 'EXPRESS' ? (
          <Alert type="info" header="Express executions are not listed">
            Their history is only in logs, as in AWS. Start one: its result is shown at once.
          </Alert>
        ) : (
          <Executions arn={arn} />
        )}
      </Tabs>
      {starting && details && (
        <Suspense>
          <StartDialog machine={details} onClose={() => setStarting(false)} />
        </Suspense>
      )}
    </SpaceBetween>
  );
}

function Executions({ arn }: { arn: string }) {
  const { query } = useAddress();
  const status = query.get('status') ?? '';
  const [tokens, setTokens] = useState<string[]>([]);
  const list = useLoaded(`${arn} ${status} ${tokens.at(-1) ?? ''}`, (signal) =>
    call<{ executions: ExecutionItem[]; nextToken?: string }>(
      'ListExecutions',
      {
        stateMachineArn: arn,
        maxResults: PAGE,
        ...(status ? { statusFilter: status as ExecutionStatus } : {}),
        ...(tokens.length ? { nextToken: tokens.at(-1) } : {}),
      },
      signal,
    ),
  );
  if (list.error) {
    return (
      <Problem
        error={list.error}
        retry={() => {
          setTokens([]);
          list.reload();
        }}
      />
    );
  }
  const next = list.value?.nextToken;
  return (
    <Table
      variant="container"
      stickyHeader
      resizableColumns
      enableKeyboardNavigation
      items={list.value?.executions ?? []}
      trackBy="executionArn"
      loading={list.value === undefined}
      loadingText="Loading executions"
      ariaLabels={{ tableLabel: 'Executions' }}
      columnDefinitions={[
        {
          id: 'name',
          header: 'Name',
          isRowHeader: true,
          width: 360,
          minWidth: 200,
          cell: (e) => <Link href={paths.execution(e.executionArn)}>{e.name}</Link>,
        },
        {
          id: 'status',
          header: 'Status',
          width: 160,
          cell: (e) => <ExecutionBadge status={e.status} />,
        },
        { id: 'started', header: 'Started', width: 230, cell: (e) => time(e.startDate) },
        {
          id: 'ended',
          header: 'Ended',
          width: 230,
          cell: (e) => (e.stopDate === undefined ? '–' : time(e.stopDate)),
        },
        {
          id: 'duration',
          header: 'Duration',
          width: 130,
          cell: (e) => (e.stopDate === undefined ? '–' : duration(e.stopDate - e.startDate)),
        },
        { id: 'redrives', header: 'Redrives', width: 110, cell: (e) => e.redriveCount ?? 0 },
      ]}
      header={
        <Header
          variant="h2"
          description="Newest first"
          actions={
            <SpaceBetween direction="horizontal" size="xs" alignItems="center">
              <Select
                ariaLabel="Status"
                selectedOption={STATUSES.find((s) => s.value === status) ?? STATUSES[0]!}
                options={STATUSES}
                onChange={({ detail }) => {
                  setTokens([]);
                  setQuery({ status: detail.selectedOption.value || undefined });
                }}
              />
              <Button iconName="refresh" ariaLabel="Refresh" onClick={list.reload} />
            </SpaceBetween>
          }
        >
          Executions
        </Header>
      }
      footer={
        tokens.length || next ? (
          <div className="pager">
            <Button
              iconName="angle-left"
              disabled={!tokens.length}
              onClick={() => setTokens(tokens.slice(0, -1))}
            >
              Newer
            </Button>
            <span className="quiet">Page {tokens.length + 1}</span>
            <Button
              iconName="angle-right"
              iconAlign="right"
              disabled={!next}
              onClick={() => next && setTokens([...tokens, next])}
            >
              Older
            </Button>
          </div>
        ) : undefined
      }
      empty={
        <Box textAlign="center" padding="l" color="inherit">
          <b>{status ? 'No execution has this status' : 'There are no executions yet'}</b>
          <Box variant="p" color="inherit">
            {status ? 'Choose another status above.' : 'Start one with the button above.'}
          </Box>
        </Box>
      }
    />
  );
}

function Definition({ text }: { text: string }) {
  const [selected, setSelected] = useState<string>();
  const drawn = useMemo(() => {
    const definition = JSON.parse(text) as Scope;
    const outline = new Outline(definition);
    return { outline, layout: layout(definition, outline) };
  }, [text]);
  const state = selected === undefined ? undefined : drawn.outline.get(selected);
  return (
    <div className="split">
      <div className="panel">
        <Graph
          layout={drawn.layout}
          view={undefined}
          selected={selected}
          focus={undefined}
          onSelect={(id) => setSelected(id === selected ? undefined : id)}
        />
      </div>
      <div className="panel padded">
        <Json
          key={selected ?? ''}
          label={state ? `State ${state.name}` : 'Definition'}
          text={state ? JSON.stringify(state.state) : text}
        />
      </div>
    </div>
  );
}
