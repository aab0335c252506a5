import { lazy, Suspense, useMemo, useState } from 'react';
import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { drawable } from '@stepwise/graph';
import { call } from '../api/client.ts';
import { useCommands } from '../commands.ts';
import { useLoaded } from '../api/hooks.ts';
import { TYPES, type MachineDetails } from '../api/types.ts';
import { handOver } from '../testing.ts';
import { trialOf } from '../trial.ts';
import { Arn } from '../components/Arn.tsx';
import { Executions } from '../components/Executions.tsx';
import { Facts } from '../components/Facts.tsx';
import { Graph } from '../components/Graph.tsx';
import { Json } from '../components/Json.tsx';
import { Problem } from '../components/Problem.tsx';
import { Tabs } from '../components/Tabs.tsx';
import { arnName, time } from '../format.ts';
import { useDrawing } from '../hooks/useDrawing.ts';
import { navigate, paths, setQuery, useAddress } from '../router.ts';

const StartDialog = lazy(() => import('../components/StartDialog.tsx'));
const DeleteDialog = lazy(() => import('../components/DeleteDialog.tsx'));
const Versions = lazy(() => import('../components/Versions.tsx'));
const Aliases = lazy(() => import('../components/Aliases.tsx'));
const Tags = lazy(() => import('../components/Tags.tsx'));
const Monitoring = lazy(() => import('../components/Monitoring.tsx'));

const TABS = [
  { id: 'executions', label: 'Executions' },
  { id: 'monitoring', label: 'Monitoring' },
  { id: 'logging', label: 'Logging' },
  { id: 'definition', label: 'Definition' },
  { id: 'versions', label: 'Versions' },
  { id: 'aliases', label: 'Aliases' },
  { id: 'tags', label: 'Tags' },
];

/** A state machine: its executions, its definition and what belongs to it. */
export default function MachinePage({ arn }: { arn: string }) {
  const { query } = useAddress();
  const asked = query.get('tab');
  const tab = TABS.some((t) => t.id === asked) ? asked! : 'executions';
  const [dialog, setDialog] = useState<'delete'>();
  const starting = query.get('start');
  const machine = useLoaded(arn, (signal) =>
    call<MachineDetails>('DescribeStateMachine', { stateMachineArn: arn }, signal),
  );
  useCommands([
    { text: 'Start execution', act: () => setQuery({ start: 'yes' }) },
    { text: 'Edit definition', act: () => navigate(paths.edit(arn)) },
    { text: 'Copy to a new state machine', act: () => navigate(paths.create({ copy: arn })) },
    { text: 'Delete state machine', act: () => setDialog('delete') },
    ...TABS.map((t) => ({
      text: `Show ${t.label}`,
      act: () => navigate(`${paths.machine(arn)}?tab=${t.id}`, 'replace'),
    })),
  ]);
  if (machine.error) {
    return <Problem error={machine.error} retry={machine.reload} />;
  }
  const details = machine.value;
  const name = details?.name ?? arnName(arn);
  return (
    <SpaceBetween size="m">
      <Header
        variant="h1"
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button disabled={!details} onClick={() => setDialog('delete')}>
              Delete
            </Button>
            <Button disabled={!details} onClick={() => navigate(paths.create({ copy: arn }))}>
              Copy
            </Button>
            <Button disabled={!details} onClick={() => navigate(paths.edit(arn))}>
              Edit
            </Button>
            <Button
              variant="primary"
              disabled={details?.status !== 'ACTIVE'}
              onClick={() => setQuery({ start: 'yes' })}
            >
              Start execution
            </Button>
          </SpaceBetween>
        }
      >
        <span className="title" title={name}>
          {name}
        </span>
      </Header>
      <Facts
        facts={[
          ['Type', details ? TYPES[details.type] : '…'],
          ['Status', details ? (details.status === 'ACTIVE' ? 'Active' : 'Deleting') : '…'],
          ['Created', details ? time(details.creationDate) : '…'],
          ['Role', details ? <span title={details.roleArn}>{arnName(details.roleArn)}</span> : '…'],
          ['ARN', <Arn arn={arn} />],
        ]}
      />
      <Tabs
        label="Of this state machine"
        tabs={TABS}
        active={tab}
        onChange={(id) =>
          navigate(paths.machine(arn) + (id === 'executions' ? '' : `?tab=${id}`), 'replace')
        }
        className="machine-body"
      >
        <Suspense fallback={<div className="centred" />}>{details && body(details)}</Suspense>
      </Tabs>
      <Suspense>
        {starting && details?.status === 'ACTIVE' && (
          <StartDialog
            machine={details}
            as={starting.startsWith('arn:') ? starting : undefined}
            onClose={() => setQuery({ start: undefined })}
          />
        )}
        {dialog === 'delete' && details && (
          <DeleteDialog machine={details} onClose={() => setDialog(undefined)} />
        )}
      </Suspense>
    </SpaceBetween>
  );

  function body(of: MachineDetails) {
    switch (tab) {
      case 'definition':
        return <Definition text={of.definition} />;
      case 'versions':
        return <Versions machine={of} />;
      case 'aliases':
        return <Aliases machine={of} />;
      case 'tags':
        return <Tags arn={arn} />;
      case 'monitoring':
        return <Monitoring machine={of} />;
      case 'logging':
        return <Logging machine={of} />;
      default:
        return of.type === 'EXPRESS' ? (
          <Alert type="info" header="Express executions are not listed">
            Their history is only in logs, as in AWS. Start one: its result is shown at once.
          </Alert>
        ) : (
          <Executions of={{ stateMachineArn: arn }} machine={arn} canRedrive />
        );
    }
  }
}

function Logging({ machine }: { machine: MachineDetails }) {
  const { level, includeExecutionData, destinations } = machine.loggingConfiguration ?? {};
  const group = destinations?.[0]?.cloudWatchLogsLogGroup?.logGroupArn;
  return (
    <SpaceBetween size="m">
      <Facts
        facts={[
          ['Level', level ?? 'OFF'],
          ['Execution data', includeExecutionData ? 'Included' : 'Left out'],
          ['Log group', group ? arnName(group.replace(/:\*$/, '')) : '–'],
          ['X-Ray', machine.tracingConfiguration?.enabled ? 'On' : 'Off'],
        ]}
      />
      <Alert type="info" header="Log entries are not shown yet">
        Stepwise keeps what is configured here, and has no log store yet to read entries from.
        Histories of Standard executions do not need one: they are on the tab Executions.
      </Alert>
    </SpaceBetween>
  );
}

function Definition({ text }: { text: string }) {
  const { query } = useAddress();
  const selected = query.get('state') ?? undefined;
  const scope = useMemo(() => drawable(parsed(text)), [text]);
  const drawing = useDrawing(scope);
  const state = selected === undefined ? undefined : drawing?.outline.get(selected);
  return (
    <div className="split">
      <div className="panel">
        {drawing && (
          <Graph
            layout={drawing.layout}
            view={undefined}
            selected={selected}
            focus={selected}
            onSelect={(id) => setQuery({ state: id === selected ? undefined : id })}
          />
        )}
      </div>
      <div className="panel padded">
        {state && drawing && (
          <div className="panel-act">
            <Button
              onClick={() => {
                const isJsonata = (parsed(text) as { QueryLanguage?: unknown }).QueryLanguage;
                handOver(trialOf(state, undefined, undefined, isJsonata === 'JSONata'));
                navigate(paths.testState());
              }}
            >
              Test this state
            </Button>
          </div>
        )}
        <Json
          key={selected ?? ''}
          label={state ? `State ${state.name}` : 'Definition'}
          text={state ? JSON.stringify(state.state) : text}
        />
      </div>
    </div>
  );
}

export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
