import { lazy, Suspense, useState } from 'react';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import { call } from '../api/client.ts';
import { useLoaded } from '../api/hooks.ts';
import { aliasesOf, versionsOf } from '../api/targets.ts';
import type { Alias, MachineDetails } from '../api/types.ts';
import { arnName, time } from '../format.ts';
import { setQuery } from '../router.ts';
import { Problem } from './Problem.tsx';

const ActionDialog = lazy(() => import('./ActionDialog.tsx'));

const described = async (machine: string, signal: AbortSignal): Promise<Alias[]> =>
  Promise.all(
    (await aliasesOf(machine, signal)).map(({ stateMachineAliasArn }) =>
      call<Alias>('DescribeStateMachineAlias', { stateMachineAliasArn }, signal),
    ),
  );

/** The aliases of a state machine: each leads to one version, or to two by weight. */
export default function Aliases({ machine }: { machine: MachineDetails }) {
  const arn = machine.stateMachineArn;
  const aliases = useLoaded(arn, (signal) => described(arn, signal));
  const [edited, setEdited] = useState<Alias | 'new'>();
  const [doomed, setDoomed] = useState<Alias>();
  if (aliases.error) {
    return <Problem error={aliases.error} retry={aliases.reload} />;
  }
  return (
    <>
      <Table
        variant="container"
        items={aliases.value ?? []}
        trackBy="stateMachineAliasArn"
        loading={aliases.value === undefined}
        loadingText="Loading aliases"
        enableKeyboardNavigation
        ariaLabels={{ tableLabel: 'Aliases' }}
        columnDefinitions={[
          { id: 'name', header: 'Name', isRowHeader: true, width: 200, cell: (a) => a.name },
          {
            id: 'routing',
            header: 'Leads to',
            width: 240,
            cell: (a) =>
              a.routingConfiguration
                .map((r) => `version ${arnName(r.stateMachineVersionArn)} (${r.weight} %)`)
                .join(', '),
          },
          {
            id: 'about',
            header: 'Description',
            width: 260,
            cell: (a) => a.description || '–',
          },
          { id: 'updated', header: 'Changed', width: 210, cell: (a) => time(a.updateDate) },
          {
            id: 'actions',
            header: 'Actions',
            cell: (a) => (
              <SpaceBetween direction="horizontal" size="xs">
                <Button
                  variant="inline-link"
                  onClick={() => setQuery({ start: a.stateMachineAliasArn })}
                >
                  Start execution
                </Button>
                <Button variant="inline-link" onClick={() => setEdited(a)}>
                  Edit
                </Button>
                <Button variant="inline-link" onClick={() => setDoomed(a)}>
                  Delete
                </Button>
              </SpaceBetween>
            ),
          },
        ]}
        header={
          <Header
            variant="h2"
            counter={aliases.value ? `(${aliases.value.length})` : ''}
            actions={<Button onClick={() => setEdited('new')}>Create alias</Button>}
          >
            Aliases
          </Header>
        }
        empty={
          <Box textAlign="center" padding="l" color="inherit">
            <b>There are no aliases</b>
            <Box variant="p" color="inherit">
              An alias is a name for a version that you can move to another.
            </Box>
          </Box>
        }
      />
      {edited && (
        <Suspense>
          <AliasDialog
            arn={arn}
            alias={edited === 'new' ? undefined : edited}
            onClose={() => setEdited(undefined)}
            onDone={aliases.reload}
          />
        </Suspense>
      )}
      {doomed && (
        <Suspense>
          <ActionDialog
            title={`Delete alias ${doomed.name}`}
            word="Delete alias"
            act={() =>
              call('DeleteStateMachineAlias', {
                stateMachineAliasArn: doomed.stateMachineAliasArn,
              })
            }
            onClose={() => setDoomed(undefined)}
            onDone={aliases.reload}
          >
            <div className="cause">Callers that use it are refused from then on.</div>
          </ActionDialog>
        </Suspense>
      )}
    </>
  );
}

function AliasDialog({
  arn,
  alias,
  onClose,
  onDone,
}: {
  arn: string;
  alias: Alias | undefined;
  onClose: () => void;
  onDone: () => void;
}) {
  const versions = useLoaded(arn, (signal) => versionsOf(arn, signal));
  const [first, second] = alias?.routingConfiguration ?? [];
  const [name, setName] = useState(alias?.name ?? '');
  const [about, setAbout] = useState(alias?.description ?? '');
  const [one, setOne] = useState(first?.stateMachineVersionArn);
  const [two, setTwo] = useState(second?.stateMachineVersionArn ?? '');
  const [weight, setWeight] = useState(String(first?.weight ?? 100));
  const options = (versions.value ?? []).map((v) => ({
    value: v.stateMachineVersionArn,
    label: `Version ${arnName(v.stateMachineVersionArn)}`,
  }));
  const chosen = one ?? options[0]?.value;
  const share = two ? Number(weight) : 100;
  const isWrong = two !== '' && !(Number.isInteger(share) && share >= 0 && share <= 100);
  const save = () => {
    const routingConfiguration = [
      { stateMachineVersionArn: chosen, weight: share },
      ...(two ? [{ stateMachineVersionArn: two, weight: 100 - share }] : []),
    ];
    return alias
      ? call('UpdateStateMachineAlias', {
          stateMachineAliasArn: alias.stateMachineAliasArn,
          description: about,
          routingConfiguration,
        })
      : call('CreateStateMachineAlias', {
          name,
          ...(about ? { description: about } : {}),
          routingConfiguration,
        });
  };
  return (
    <ActionDialog
      title={alias ? `Edit alias ${alias.name}` : 'Create an alias'}
      word={alias ? 'Save alias' : 'Create alias'}
      disabled={!name || !chosen || isWrong}
      act={save}
      onClose={onClose}
      onDone={onDone}
    >
      {versions.value?.length === 0 && (
        <div>There is no version yet for it to lead to. Publish one first.</div>
      )}
      {!alias && (
        <FormField label="Name" constraintText="Letters, digits, - _ . ; not only digits.">
          <Input value={name} spellcheck={false} onChange={({ detail }) => setName(detail.value)} />
        </FormField>
      )}
      <FormField label="Description">
        <Input value={about} onChange={({ detail }) => setAbout(detail.value)} />
      </FormField>
      <FormField label="Leads to">
        <Select
          selectedOption={options.find((o) => o.value === chosen) ?? null}
          options={options}
          placeholder="A version"
          onChange={({ detail }) => setOne(detail.selectedOption.value)}
        />
      </FormField>
      <FormField label="And to">
        <Select
          selectedOption={
            options.find((o) => o.value === two) ?? { value: '', label: 'Nothing else' }
          }
          options={[
            { value: '', label: 'Nothing else' },
            ...options.filter((o) => o.value !== chosen),
          ]}
          onChange={({ detail }) => setTwo(detail.selectedOption.value ?? '')}
        />
      </FormField>
      {two && (
        <FormField
          label="Share of the first"
          constraintText="Of 100 starts, how many lead to the first."
          errorText={isWrong ? 'Expected a whole number from 0 to 100.' : undefined}
        >
          <Input type="number" value={weight} onChange={({ detail }) => setWeight(detail.value)} />
        </FormField>
      )}
    </ActionDialog>
  );
}
