import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from 'react';
import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Spinner from '@cloudscape-design/components/spinner';
import {
  drawable,
  nextRetry,
  readHistory,
  transitions,
  viewOf,
  type Status,
  type Step,
} from '@stepwise/graph';
import { call, Unreachable } from '../api/client.ts';
import { useCommands } from '../commands.ts';
import { useExecution, useLoaded, useNow } from '../api/hooks.ts';
import type { ExecutionDetails, MachineDetails } from '../api/types.ts';
import { Arn } from '../components/Arn.tsx';
import { write } from '../components/Copy.tsx';
import { EventTable } from '../components/EventTable.tsx';
import { Facts, type Fact } from '../components/Facts.tsx';
import { Graph } from '../components/Graph.tsx';
import { Json } from '../components/Json.tsx';
import { MARKS } from '../components/look.ts';
import { Menu, type MenuItem } from '../components/Menu.tsx';
import { Problem } from '../components/Problem.tsx';
import { Splitter } from '../components/Splitter.tsx';
import { ExecutionBadge, statusText } from '../components/Status.tsx';
import { StepPanel, within } from '../components/StepPanel.tsx';
import { arnName, duration, time } from '../format.ts';
import { useDrawing } from '../hooks/useDrawing.ts';
import { navigate, paths, setQuery, useAddress } from '../router.ts';

const StartDialog = lazy(() => import('../components/StartDialog.tsx'));
const SteerDialog = lazy(() => import('../components/SteerDialog.tsx'));
const Timeline = lazy(async () => ({
  default: (await import('../components/Timeline.tsx')).Timeline,
}));
const StepTable = lazy(async () => ({
  default: (await import('../components/StepTable.tsx')).StepTable,
}));

const LEGEND = ['running', 'succeeded', 'failed', 'caught', 'aborted', 'none'] as const;
const STATES_OFFERED = 300;
const VIEWS = ['graph', 'timeline', 'table', 'events'] as const;

/**
 * One execution. The history is all there is to it: graph, timeline, tables and panel are made from
 * it, and the address says what is selected.
 */
export default function ExecutionPage({ arn }: { arn: string }) {
  const { path, query } = useAddress();
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
  const value = useMemo(
    () => (text === undefined ? undefined : (JSON.parse(text) as unknown)),
    [text],
  );
  const scope = useMemo(() => drawable(value), [value]);
  const isJsonata = (value as { QueryLanguage?: unknown } | undefined)?.QueryLanguage === 'JSONata';
  const drawn = useDrawing(scope);
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
  const showing = VIEWS.find((v) => v === query.get('view')) ?? 'graph';

  const isRunning = details?.status === 'RUNNING' || details?.status === 'PENDING_REDRIVE';
  const retries = useMemo(() => {
    const found = new Map<string, ReturnType<typeof nextRetry>>();
    view?.shown.forEach((s, id) => {
      const retry = isRunning ? nextRetry(s, drawn?.outline.get(id)?.state) : undefined;
      if (retry) {
        found.set(id, retry);
      }
    });
    return found;
  }, [view, drawn, isRunning]);
  const now = useNow(isRunning && (retries.size > 0 || showing !== 'graph'));

  useEffect(() => {
    const keys = (e: KeyboardEvent) => {
      const target = e.target as HTMLElement;
      if (
        e.key === 'Escape' &&
        query.get('state') &&
        !target.closest('dialog,[role=dialog],[role=menu],input')
      ) {
        setQuery({ state: undefined, step: undefined, tab: undefined, event: undefined });
      }
      const at = ['1', '2', '3', '4'].indexOf(e.key);
      if (
        at >= 0 &&
        !e.ctrlKey &&
        !e.metaKey &&
        !e.altKey &&
        !target.closest('input,textarea,dialog,[role=dialog],[contenteditable]')
      ) {
        setQuery({ view: at === 0 ? undefined : VIEWS[at] });
      }
    };
    document.addEventListener('keydown', keys);
    return () => document.removeEventListener('keydown', keys);
  }, [query]);

  const failing = run?.failing;
  useCommands([
    { text: 'New execution with this input', act: () => setDialog('new') },
    isRunning && { text: 'Stop execution', act: () => setDialog('stop') },
    details?.redriveStatus === 'REDRIVABLE' && {
      text: 'Redrive execution',
      act: () => setDialog('redrive'),
    },
    failing && {
      text: `Show the state that failed: ${failing.name}`,
      act: () => selectStep(failing),
    },
    ...VIEWS.map((v) => ({
      text: `Show ${v}`,
      act: () => setQuery({ view: v === 'graph' ? undefined : v }),
    })),
    ...exports().filter((item) => !item.disabled),
    ...(drawn?.outline.places ?? [])
      .slice(0, STATES_OFFERED)
      .map((p) => ({ text: `Select state ${p.name}`, act: () => select(p.id) })),
  ]);
  if (error && !details) {
    return <Problem error={error} retry={refresh} />;
  }
  if (definition.error) {
    return <Problem error={definition.error} retry={definition.reload} />;
  }
  const back = query.get('back');
  return (
    <div className="execution">
      {back?.startsWith('/') && !back.startsWith('//') && (
        <div className="wayback">
          <a href={back}>◂ Back to {backTitle(back)}</a>
        </div>
      )}
      <Header
        variant="h1"
        actions={
          <SpaceBetween direction="horizontal" size="xs" alignItems="center">
            <Menu label="Export" items={exports()} />
            {definition.value && (
              <Button onClick={() => navigate(paths.edit(definition.value!.stateMachineArn))}>
                Edit state machine
              </Button>
            )}
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
      <Summary
        details={details}
        machine={definition.value?.stateMachineArn}
        arn={arn}
        transitions={run && complete ? transitions(run) : undefined}
        here={path + location.search}
      />
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
          {details.redriveStatus === 'NOT_REDRIVABLE' && details.redriveStatusReason && (
            <div className="quiet">It can’t be redriven: {details.redriveStatusReason}</div>
          )}
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
                { id: 'timeline', text: 'Timeline' },
                { id: 'table', text: 'Table' },
                { id: 'events', text: `Events (${events.length}${complete ? '' : '…'})` },
              ]}
            />
            {showing === 'graph' && <Legend />}
          </div>
          <Suspense fallback={<Waiting />}>
            {!drawn || !run || !details ? <Waiting /> : main()}
          </Suspense>
        </section>
        <Splitter label="Width of the panel" />
        <section className="panel padded" aria-label="Selected state">
          {run && stateId !== undefined ? (
            <StepPanel
              place={place}
              step={step}
              run={run}
              outline={drawn!.outline}
              isJsonata={isJsonata}
              back={path + location.search}
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

  function main() {
    const at = isRunning ? now : (details?.stopDate ?? now);
    switch (showing) {
      case 'graph':
        return (
          <Graph
            layout={drawn!.layout}
            view={view}
            selected={stateId}
            focus={
              stateId ?? failing?.node ?? run!.steps.findLast((s) => s.status === 'running')?.node
            }
            onSelect={select}
            note={note}
          />
        );
      case 'timeline':
        return (
          <Timeline
            run={run!}
            now={at}
            selected={step?.id}
            onSelect={(to, attempt) =>
              setQuery({
                state: to.node,
                step: String(to.id),
                event: undefined,
                ...(attempt === undefined || to.attempts.length < 2 ? {} : { tab: 'attempts' }),
              })
            }
          />
        );
      case 'table':
        return (
          <StepTable
            run={run!}
            outline={drawn!.outline}
            now={at}
            selected={step?.id}
            onSelect={selectStep}
          />
        );
      case 'events':
        return (
          <EventTable
            events={events}
            run={run!}
            selected={step?.id}
            open={Number(query.get('event')) || undefined}
            onOpen={(event) => {
              const of = event && run!.stepOfEvent.get(event.id);
              setQuery({
                event: event && String(event.id),
                ...(of ? { state: of.node, step: String(of.id) } : {}),
              });
            }}
          />
        );
    }
  }

  /** What is worth knowing of a state beside its kind. */
  function note(id: string): string | undefined {
    const of = view?.shown.get(id);
    if (!of) {
      return undefined;
    }
    const retry = retries.get(id);
    if (retry) {
      const left = Math.ceil(retry.at - now);
      return `Retry ${retry.number} ${left > 0 ? `in ${retry.atMost ? 'up to ' : ''}${left < 60 ? `${left} s` : duration(left)}` : 'is due'}`;
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

  function exports(): MenuItem[] {
    const name = arnName(arn);
    const start = () => ({
      stateMachineArn: definition.value!.stateMachineArn,
      input: details?.input ?? '{}',
      endpoint: location.origin,
    });
    const picture = () => import('../export/picture.ts');
    const commands = () => import('../export/commands.ts');
    const copy = async (text: string) => {
      if (!(await write(text))) {
        throw new Error('The browser does not let pages copy.');
      }
    };
    const noGraph = !drawn;
    const noStart = !definition.value || !details;
    return [
      {
        id: 'svg',
        text: 'Graph as SVG',
        disabled: noGraph,
        act: async () => {
          const { graphSvg, pagePalette, save } = await picture();
          save(`${name}.svg`, graphSvg(drawn!.layout, view, pagePalette()), 'image/svg+xml');
        },
      },
      {
        id: 'png',
        text: 'Graph as PNG',
        disabled: noGraph,
        act: async () => {
          const { graphPng, pagePalette, save } = await picture();
          save(`${name}.png`, await graphPng(drawn!.layout, view, pagePalette()));
        },
      },
      {
        id: 'history',
        text: 'History as JSON',
        disabled: !complete,
        act: async () => {
          const { save } = await picture();
          save(`${name}.json`, JSON.stringify({ ...details, events }, null, 2), 'application/json');
        },
      },
      {
        id: 'cli',
        text: 'Copy as AWS CLI command',
        disabled: noStart,
        act: async () => copy((await commands()).cliStart(start())),
      },
      {
        id: 'python',
        text: 'Copy as Python',
        disabled: noStart,
        act: async () => copy((await commands()).pythonStart(start())),
      },
      {
        id: 'javascript',
        text: 'Copy as JavaScript',
        disabled: noStart,
        act: async () => copy((await commands()).javascriptStart(start())),
      },
      {
        id: 'test-state',
        text: 'Copy selected state as TestState call',
        disabled: !place,
        act: async () => {
          const { trialOf } = await import('../trial.ts');
          const trial = trialOf(place!, step, run, isJsonata);
          await copy((await commands()).cliTestState(trial, location.origin));
        },
      },
      {
        id: 'mock',
        text: 'Copy selected state as mock',
        disabled: step?.type !== 'Task',
        act: async () => {
          const { resultOf } = await import('@stepwise/graph');
          const attempts = step!.attempts.map((a) =>
            a.status === 'failed'
              ? { error: a.error ?? 'Error', cause: a.cause }
              : { output: resultOf(step!, run!) },
          );
          await copy((await commands()).mockEntry(definition.value!.name, step!.name, attempts));
        },
      },
    ];
  }
}

/** Where a way back leads, in few words. */
function backTitle(back: string): string {
  const [path = ''] = back.split('?');
  const name = arnName(decodeURIComponent(path));
  return path.startsWith('/map-runs/') ? 'the map run' : name;
}

function Waiting() {
  return (
    <div className="centred">
      <Spinner size="large" />
    </div>
  );
}

function banner({ status, error }: ExecutionDetails): string {
  const what = status === 'TIMED_OUT' ? 'Timed out' : status === 'ABORTED' ? 'Aborted' : 'Failed';
  return error ? `${what}: ${error}` : what;
}

function Summary({
  details,
  machine,
  arn,
  transitions: count,
  here,
}: {
  details: ExecutionDetails | undefined;
  machine: string | undefined;
  arn: string;
  transitions: number | undefined;
  here: string;
}) {
  const now = useNow(details?.status === 'RUNNING');
  const as = details?.stateMachineAliasArn ?? details?.stateMachineVersionArn;
  const facts: Fact[] = [
    ['Status', details ? <ExecutionBadge status={details.status} /> : '…'],
    [
      'State machine',
      machine ? <Link href={paths.machine(machine)}>{arnName(machine)}</Link> : '…',
    ],
    ...(as ? [['Version or alias', arnName(as)] as Fact] : []),
    ...(details?.mapRunArn
      ? [
          [
            'Map run',
            <Link href={within(paths.mapRun(details.mapRunArn), here)}>Open</Link>,
          ] as Fact,
        ]
      : []),
    ['Started', details ? time(details.startDate) : '…'],
    ['Ended', details?.stopDate === undefined ? '–' : time(details.stopDate)],
    ['Duration', details ? duration((details.stopDate ?? now) - details.startDate) : '…'],
    ['Transitions', count ?? '…'],
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
