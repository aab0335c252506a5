import { lazy, Suspense, useMemo, useState } from 'react';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import { drawable, type Scope } from '@stepwise/graph';
import { call } from '../api/client.ts';
import { useLoaded } from '../api/hooks.ts';
import { versionsOf } from '../api/targets.ts';
import type { MachineDetails, Version } from '../api/types.ts';
import { arnName, time } from '../format.ts';
import { useDrawing } from '../hooks/useDrawing.ts';
import { diffLines } from '../json/diff.ts';
import { jsonTree, printJson } from '../json/tree.ts';
import { setQuery, useAddress } from '../router.ts';
import { Diff } from './Diff.tsx';
import { Graph } from './Graph.tsx';
import { Problem } from './Problem.tsx';

const ActionDialog = lazy(() => import('./ActionDialog.tsx'));

/** The published versions of a state machine; two of them beside each other. */
export default function Versions({ machine }: { machine: MachineDetails }) {
  const arn = machine.stateMachineArn;
  const { query } = useAddress();
  const versions = useLoaded(arn, (signal) => versionsOf(arn, signal));
  const [note, setNote] = useState('');
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Error>();
  const [doomed, setDoomed] = useState<Version>();
  if (versions.error) {
    return <Problem error={versions.error} retry={versions.reload} />;
  }
  const publish = async () => {
    setBusy(true);
    setRefusal(undefined);
    try {
      await call('PublishStateMachineVersion', {
        stateMachineArn: arn,
        ...(note ? { description: note } : {}),
      });
      setNote('');
      versions.reload();
    } catch (e) {
      setRefusal(e as Error);
    } finally {
      setBusy(false);
    }
  };
  const [left, right] = [query.get('left'), query.get('right')];
  if (left && right && versions.value) {
    return <Compare machine={machine} versions={versions.value} left={left} right={right} />;
  }
  const newest = versions.value?.[0]?.stateMachineVersionArn;
  return (
    <SpaceBetween size="s">
      {refusal && <Problem error={refusal} />}
      <Table
        variant="container"
        items={versions.value ?? []}
        trackBy="stateMachineVersionArn"
        loading={versions.value === undefined}
        loadingText="Loading versions"
        enableKeyboardNavigation
        ariaLabels={{ tableLabel: 'Versions' }}
        columnDefinitions={[
          {
            id: 'version',
            header: 'Version',
            isRowHeader: true,
            width: 110,
            cell: (v) => arnName(v.stateMachineVersionArn),
          },
          { id: 'created', header: 'Published', width: 220, cell: (v) => time(v.creationDate) },
          {
            id: 'actions',
            header: 'Actions',
            cell: (v) => (
              <SpaceBetween direction="horizontal" size="xs">
                <Button
                  variant="inline-link"
                  onClick={() => setQuery({ start: v.stateMachineVersionArn })}
                >
                  Start execution
                </Button>
                <Button
                  variant="inline-link"
                  onClick={() => setQuery({ left: v.stateMachineVersionArn, right: arn }, 'push')}
                >
                  Compare with the latest
                </Button>
                <Button variant="inline-link" onClick={() => setDoomed(v)}>
                  Delete
                </Button>
              </SpaceBetween>
            ),
          },
        ]}
        header={
          <Header
            variant="h2"
            counter={versions.value ? `(${versions.value.length})` : ''}
            actions={
              <SpaceBetween direction="horizontal" size="xs" alignItems="center">
                {versions.value && versions.value.length > 1 && (
                  <Button
                    onClick={() =>
                      setQuery(
                        { left: versions.value![1]!.stateMachineVersionArn, right: newest },
                        'push',
                      )
                    }
                  >
                    Compare
                  </Button>
                )}
                <Input
                  value={note}
                  ariaLabel="Description of the version"
                  placeholder="What is new in it"
                  onChange={({ detail }) => setNote(detail.value)}
                />
                <Button loading={busy} onClick={() => void publish()}>
                  Publish version
                </Button>
              </SpaceBetween>
            }
          >
            Versions
          </Header>
        }
        empty={
          <Box textAlign="center" padding="l" color="inherit">
            <b>No version is published</b>
            <Box variant="p" color="inherit">
              A version never changes; aliases lead callers to one.
            </Box>
          </Box>
        }
      />
      {doomed && (
        <Suspense>
          <ActionDialog
            title={`Delete version ${arnName(doomed.stateMachineVersionArn)}`}
            word="Delete version"
            act={() =>
              call('DeleteStateMachineVersion', {
                stateMachineVersionArn: doomed.stateMachineVersionArn,
              })
            }
            onClose={() => setDoomed(undefined)}
            onDone={versions.reload}
          >
            <div className="cause">
              It goes for good. Executions that were started with it go on. A version that an alias
              leads to can't be deleted.
            </div>
          </ActionDialog>
        </Suspense>
      )}
    </SpaceBetween>
  );
}

/** Two definitions: their text as one with its differences, their graphs side by side. */
function Compare({
  machine,
  versions,
  left,
  right,
}: {
  machine: MachineDetails;
  versions: Version[];
  left: string;
  right: string;
}) {
  const options = [
    { value: machine.stateMachineArn, label: 'Latest' },
    ...versions.map((v) => ({
      value: v.stateMachineVersionArn,
      label: `Version ${arnName(v.stateMachineVersionArn)}`,
    })),
  ];
  const both = useLoaded(`${left} ${right}`, (signal) =>
    Promise.all(
      [left, right].map((arn) =>
        call<MachineDetails>('DescribeStateMachine', { stateMachineArn: arn }, signal),
      ),
    ),
  );
  const lines = useMemo(() => {
    const [a, b] = (both.value ?? []).map((m) => setOut(m.definition).split('\n'));
    return a && b ? diffLines(a, b) : undefined;
  }, [both.value]);
  const changed = useMemo(() => changedStates(both.value), [both.value]);
  if (both.error) {
    return <Problem error={both.error} retry={both.reload} />;
  }
  const choose = (side: 'left' | 'right', value: string) => (
    <Select
      ariaLabel={side === 'left' ? 'Before' : 'After'}
      selectedOption={options.find((o) => o.value === value) ?? options[0]!}
      options={options}
      onChange={({ detail }) => setQuery({ [side]: detail.selectedOption.value })}
    />
  );
  return (
    <div className="compare">
      <div className="compare-head">
        <Button
          iconName="arrow-left"
          onClick={() => setQuery({ left: undefined, right: undefined })}
        >
          All versions
        </Button>
        {choose('left', left)}
        <span className="quiet">compared with</span>
        {choose('right', right)}
      </div>
      <div className="compare-body">
        <div className="panel padded">{lines && <Diff lines={lines} label="Definition" />}</div>
        {both.value?.map((m, i) => (
          <section className="panel" key={i} aria-label={i ? 'Graph after' : 'Graph before'}>
            <Picture definition={m.definition} changed={changed} />
          </section>
        ))}
      </div>
    </div>
  );
}

function Picture({ definition, changed }: { definition: string; changed: ReadonlySet<string> }) {
  const scope = useMemo(() => drawable(JSON.parse(definition)), [definition]);
  const drawing = useDrawing(scope);
  return drawing ? (
    <Graph
      layout={drawing.layout}
      view={undefined}
      selected={undefined}
      focus={undefined}
      onSelect={() => undefined}
      note={(id) => (changed.has(id) ? 'Changed' : undefined)}
      marked={changed}
      whole
    />
  ) : null;
}

/** States that only one definition has, or that differ. */
function changedStates(both: MachineDetails[] | undefined): Set<string> {
  const changed = new Set<string>();
  const [a, b] = (both ?? []).map((m) => drawable(JSON.parse(m.definition)));
  const walk = (x: Scope, y: Scope) => {
    for (const name of new Set([...Object.keys(x.States), ...Object.keys(y.States)])) {
      if (JSON.stringify(x.States[name]) !== JSON.stringify(y.States[name])) {
        changed.add(name);
      }
    }
  };
  if (a && b) {
    walk(a, b);
  }
  return changed;
}

function setOut(text: string): string {
  try {
    return printJson(jsonTree(text));
  } catch {
    return text;
  }
}
