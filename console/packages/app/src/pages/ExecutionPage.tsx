import { lazy, Suspense, useCallback, useMemo, useState } from 'react';
import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Spinner from '@cloudscape-design/components/spinner';
import {
  layout,
  Outline,
  readHistory,
  viewOf,
  type Scope,
  type Status,
  type Step,
} from '@stepwise/graph';
import { call, Unreachable } from '../api/client.ts';
import { useExecution, useLoaded, useNow } from '../api/hooks.ts';
import type { ExecutionDetails, MachineDetails } from '../api/types.ts';
import { Arn } from '../components/Arn.tsx';
import { EventTable } from '../components/EventTable.tsx';
import { Facts, type Fact } from '../components/Facts.tsx';
import { Graph } from '../components/Graph.tsx';
import { Json } from '../components/Json.tsx';
import { MARKS } from '../components/look.ts';
import { Problem } from '../components/Problem.tsx';
import { ExecutionBadge, statusText } from '../components/Status.tsx';
import { StepPanel } from '../components/StepPanel.tsx';
import { arnName, duration, time } from '../format.ts';
import { paths, setQuery, useAddress } from '../router.ts';

const StartDialog = lazy(() => import('../components/StartDialog.tsx'));
const SteerDialog = lazy(() => import('../components/SteerDialog.tsx'));

const LEGEND = ['running', 'succeeded', 'failed', 'caught', 'aborted', 'none'] as const;

/**
 * One execution. The history is all there is to it: graph, table and panel are made from it, and
 * the address says what is selected.
 */
export default function ExecutionPage({ arn }: { arn: string }) {
  const { query } = useAddress();
  const { details, events, complete, error, refresh } = useExecution(arn);
  const [dialog, setDialog] = useState<'new' | 'stop' | 'redrive'>();
  const definition = useLoaded(arn, (signal) =>
    call<Pick<MachineDetails, 'definition' | 'name' | 'stateMachineArn'>>(
      'DescribeStateMachineForExecution',
      { executionArn: arn },
      signal,
    ),
  );
  const text = definition.value?.definition;
  const drawn = useMemo(() => {
    if (text === undefined) {
      return undefined;
    }
    const scope = JSON.parse(text) as Scope;
    const outline = new Outline(scope);
    return { outline, layout: layout(scope, outline) };
  }, [text]);
  const run = useMemo(() => drawn && readHistory(drawn.outline, events), [drawn, events]);

  const chosen = run?.byId.get(Number(query.get('step')));
  const stateId = chosen?.node ?? query.get('state') ?? undefined;
  const view = useMemo(
    () => drawn && run && viewOf(drawn.outline, run, chosen),
    [drawn, run, chosen],
  );
  const step = chosen ?? (stateId === undefined ? undefined : view?.shown.get(stateId));
  const place = stateId === undefined ? undefined : drawn?.outline.get(stateId);

  const select = useCallback(
    (id: string) => {
      const at = view?.shown.get(id);
      setQuery({ state: id, step: at ? String(at.id) : undefined, event: undefined });
    },
    [view],
  );
  const selectStep = (to: Step) =>
    setQuery({ state: to.node, step: String(to.id), event: undefined });
  const showing = query.get('view') === 'events' ? 'events' : 'graph';

  if (error && !details) {
    return <Problem error={error} retry={refresh} />;
  }
  if (definition.error) {
    return <Problem error={definition.error} retry={definition.reload} />;
  }
  const isRunning = details?.status === 'RUNNING' || details?.status === 'PENDING_REDRIVE';
  const failing = run?.failing;
  return (
    <div className="execution">
      <Header
        variant="h1"
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            {isRunning && <Button onClick={() => setDialog('stop')}>Stop</Button>}
            {details?.redriveStatus === 'REDRIVABLE' && (
              <Button onClick={() => setDialog('redrive')}>Redrive</Button>
            )}
            <Button variant="primary" disabled={!details} onClick={() => setDialog('new')}>
              New execution
            </Button>
          </SpaceBetween>
        }
      >
        <span className="title" title={arnName(arn)}>
          {arnName(arn)}
        </span>
      </Header>
      <Summary details={details} machine={definition.value?.stateMachineArn} arn={arn} />
      {error && (
        <Alert type="warning" header="What is shown may be old">
          {error.message} {error instanceof Unreachable && 'Trying again …'}
        </Alert>
      )}
      {details && ['FAILED', 'TIMED_OUT', 'ABORTED'].includes(details.status) && (
        <Alert
          type={details.status === 'ABORTED' ? 'info' : 'error'}
          header={banner(details)}
          action={
            failing && (
              <Button onClick={() => selectStep(failing)}>Show state “{failing.name}”</Button>
            )
          }
        >
          <div className="cause">{details.cause ?? 'No cause was given.'}</div>
        </Alert>
      )}
      <div className="workspace">
        <section className="panel" aria-label="Workflow">
          <div className="panel-head">
            <SegmentedControl
              label="View"
              selectedId={showing}
              onChange={({ detail }) =>
                setQuery({ view: detail.selectedId === 'graph' ? undefined : detail.selectedId })
              }
              options={[
                { id: 'graph', text: 'Graph' },
                { id: 'events', text: `Events (${events.length}${complete ? '' : '…'})` },
              ]}
            />
            {showing === 'graph' && <Legend />}
          </div>
          {!drawn || !run || !details ? (
            <div className="centred">
              <Spinner size="large" />
            </div>
          ) : showing === 'graph' ? (
            <Graph
              layout={drawn.layout}
              view={view}
              selected={stateId}
              focus={
                stateId ?? failing?.node ?? run.steps.findLast((s) => s.status === 'running')?.node
              }
              onSelect={select}
              note={note}
            />
          ) : (
            <EventTable
              events={events}
              run={run}
              selected={step?.id}
              open={Number(query.get('event')) || undefined}
              onOpen={(event) => {
                const of = event && run.stepOfEvent.get(event.id);
                setQuery({
                  event: event && String(event.id),
                  ...(of ? { state: of.node, step: String(of.id) } : {}),
                });
              }}
            />
          )}
        </section>
        <section className="panel padded" aria-label="Selected state">
          {run && stateId !== undefined ? (
            <StepPanel
              place={place}
              step={step}
              run={run}
              tab={query.get('tab') ?? 'input'}
              onTab={(tab) => setQuery({ tab: tab === 'input' ? undefined : tab })}
              onStep={selectStep}
              onEvent={(id) => setQuery({ view: 'events', event: String(id) })}
            />
          ) : (
            <div className="step-panel">
              <div className="step-head">
                <div className="step-name">
                  <h2>Execution</h2>
                  <div className="quiet">Choose a state to see its input and output.</div>
                </div>
              </div>
              <div className="step-body">
                <Json label="Input" text={details?.input} />
                {details?.output !== undefined && <Json label="Output" text={details.output} />}
              </div>
            </div>
          )}
        </section>
      </div>
      <Suspense>
        {dialog === 'new' && definition.value && (
          <StartDialog
            machine={{
              stateMachineArn: definition.value.stateMachineArn,
              name: definition.value.name,
              type: 'STANDARD',
            }}
            input={details?.input}
            onClose={() => setDialog(undefined)}
          />
        )}
        {(dialog === 'stop' || dialog === 'redrive') && (
          <SteerDialog
            kind={dialog}
            arn={arn}
            failing={failing?.name}
            onClose={() => setDialog(undefined)}
            onDone={refresh}
          />
        )}
      </Suspense>
    </div>
  );

  /** What is worth knowing of a state beside its kind. */
  function note(id: string): string | undefined {
    const of = view?.shown.get(id);
    if (!of) {
      return undefined;
    }
    const visits = view?.visits.get(id) ?? 1;
    if (of.type === 'Map' && of.iterations.size > 0) {
      return `iteration #${view?.iterations.get(id) ?? 0} of ${of.iterations.size}`;
    }
    if (of.attempts.length > 1) {
      return `${of.attempts.length} attempts`;
    }
    return visits > 1 ? `${visits} times` : undefined;
  }
}

function banner({ status, error }: ExecutionDetails): string {
  const what = status === 'TIMED_OUT' ? 'Timed out' : status === 'ABORTED' ? 'Aborted' : 'Failed';
  return error ? `${what}: ${error}` : what;
}

function Summary({
  details,
  machine,
  arn,
}: {
  details: ExecutionDetails | undefined;
  machine: string | undefined;
  arn: string;
}) {
  const now = useNow(details?.status === 'RUNNING');
  const facts: Fact[] = [
    ['Status', details ? <ExecutionBadge status={details.status} /> : '…'],
    [
      'State machine',
      machine ? <Link href={paths.machine(machine)}>{arnName(machine)}</Link> : '…',
    ],
    ['Started', details ? time(details.startDate) : '…'],
    ['Ended', details?.stopDate === undefined ? '–' : time(details.stopDate)],
    ['Duration', details ? duration((details.stopDate ?? now) - details.startDate) : '…'],
    ['Redrives', details?.redriveCount ?? 0],
    ['ARN', <Arn arn={arn} />],
  ];
  return <Facts facts={facts} />;
}

function Legend() {
  return (
    <div className="legend" aria-hidden="true">
      {LEGEND.map((status: Status) => (
        <span key={status} className={status}>
          <svg viewBox="0 0 16 16">
            <circle cx="8" cy="8" r="7" />
            {status !== 'none' && <path d={MARKS[status]} />}
          </svg>
          {statusText(status)}
        </span>
      ))}
    </div>
  );
}
