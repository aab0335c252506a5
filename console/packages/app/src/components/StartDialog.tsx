import { useState } from 'react';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Modal from '@cloudscape-design/components/modal';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Textarea from '@cloudscape-design/components/textarea';
import { call } from '../api/client.ts';
import { useLoaded } from '../api/hooks.ts';
import { aliasesOf, versionsOf } from '../api/targets.ts';
import type { Machine, SyncResult } from '../api/types.ts';
import { arnName } from '../format.ts';
import { lastInputs, rememberInput } from '../inputs.ts';
import { jsonProblem } from '../json/problem.ts';
import { navigate, paths } from '../router.ts';
import { Json } from './Json.tsx';
import { Problem } from './Problem.tsx';

interface Props {
  machine: Pick<Machine, 'stateMachineArn' | 'name' | 'type'>;
  input?: string | undefined;
  /** The version or alias to start. */
  as?: string | undefined;
  onClose: () => void;
}

/** Asks for a name and an input; goes to the execution, or shows the result of an Express one. */
export default function StartDialog({ machine, input: given, as, onClose }: Props) {
  const arn = machine.stateMachineArn;
  const [last] = useState(() => lastInputs(arn));
  const [name, setName] = useState(() => uuid());
  const [input, setInput] = useState(() => pretty(given ?? last[0] ?? '{}'));
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Error>();
  const [result, setResult] = useState<SyncResult>();
  const [target, setTarget] = useState(as ?? arn);
  const [isSync, setIsSync] = useState(true);
  const [started, setStarted] = useState<string>();
  const targets = useLoaded(arn, (signal) => targetsOf(arn, signal));
  const isExpress = machine.type === 'EXPRESS';
  const problem = jsonProblem(input);
  const nameProblem =
    name.length < 1 || name.length > 80 ? 'Expected 1 to 80 characters.' : undefined;

  const start = async () => {
    setBusy(true);
    setError(undefined);
    try {
      const request = { stateMachineArn: target, name, input };
      rememberInput(arn, input);
      setResult(undefined);
      setStarted(undefined);
      if (isExpress && isSync) {
        setResult(await call<SyncResult>('StartSyncExecution', request));
      } else if (isExpress) {
        await call('StartExecution', request);
        setStarted(name);
        setName(uuid());
      } else {
        const started = await call<{ executionArn: string }>('StartExecution', request);
        onClose();
        navigate(paths.execution(started.executionArn));
      }
    } catch (e) {
      setError(e as Error);
    } finally {
      setBusy(false);
    }
  };

  return (
    <Modal
      visible
      size="large"
      onDismiss={onClose}
      closeAriaLabel="Close"
      header={`Start an execution of ${machine.name}`}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onClose}>
              {result ? 'Close' : 'Cancel'}
            </Button>
            <Button disabled={problem !== undefined} onClick={() => setInput(pretty(input))}>
              Format
            </Button>
            <Button
              variant="primary"
              loading={busy}
              disabled={problem !== undefined || nameProblem !== undefined}
              onClick={() => void start()}
            >
              Start execution
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        <div className="start-how">
          <FormField label="What to start">
            <Select
              selectedOption={
                targets.value?.find((t) => t.value === target) ?? {
                  value: target,
                  label: target === arn ? 'Latest' : arnName(target),
                }
              }
              options={targets.value ?? []}
              statusType={targets.value ? 'finished' : targets.error ? 'error' : 'loading'}
              onChange={({ detail }) => setTarget(detail.selectedOption.value ?? arn)}
            />
          </FormField>
          {isExpress && (
            <FormField label="How">
              <Select
                selectedOption={HOW[isSync ? 0 : 1]!}
                options={HOW}
                onChange={({ detail }) => setIsSync(detail.selectedOption.value === 'sync')}
              />
            </FormField>
          )}
          {last.length > 0 && (
            <FormField label="Last inputs">
              <Select
                placeholder="Take one"
                selectedOption={null}
                options={last.map((text, i) => ({
                  value: String(i),
                  label: text.replace(/\s+/g, ' ').slice(0, 60),
                }))}
                onChange={({ detail }) =>
                  setInput(pretty(last[Number(detail.selectedOption.value)] ?? input))
                }
              />
            </FormField>
          )}
        </div>
        <FormField
          label="Name"
          constraintText="1 to 80 characters; unique for 90 days."
          errorText={nameProblem}
        >
          <Input value={name} onChange={({ detail }) => setName(detail.value)} spellcheck={false} />
        </FormField>
        <FormField label="Input" stretch errorText={problem} description="A JSON value.">
          <Textarea
            className="code"
            rows={12}
            value={input}
            spellcheck={false}
            invalid={problem !== undefined}
            onChange={({ detail }) => setInput(detail.value)}
          />
        </FormField>
        {error && <Problem error={error} />}
        {started && (
          <StatusIndicator type="success">
            {started} is started. What comes of it is only in logs.
          </StatusIndicator>
        )}
        {result && (
          <SpaceBetween size="xs">
            <StatusIndicator type={result.status === 'SUCCEEDED' ? 'success' : 'error'}>
              {result.status === 'SUCCEEDED'
                ? 'Succeeded'
                : `${result.status}: ${result.error ?? ''}`}
            </StatusIndicator>
            <div className="result">
              <Json
                label={result.output === undefined ? 'Cause' : 'Output'}
                text={result.output ?? result.cause}
              />
            </div>
          </SpaceBetween>
        )}
      </SpaceBetween>
    </Modal>
  );
}

const HOW = [
  { value: 'sync', label: 'Wait for the result' },
  { value: 'async', label: 'Start and go on' },
];

/** What can be started: the latest, each alias, each version. */
async function targetsOf(machine: string, signal: AbortSignal) {
  const [aliases, versions] = await Promise.all([
    aliasesOf(machine, signal),
    versionsOf(machine, signal),
  ]);
  return [
    { value: machine, label: 'Latest' },
    ...aliases.map((a) => ({
      value: a.stateMachineAliasArn,
      label: `Alias ${arnName(a.stateMachineAliasArn)}`,
    })),
    ...versions.map((v) => ({
      value: v.stateMachineVersionArn,
      label: `Version ${arnName(v.stateMachineVersionArn)}`,
    })),
  ];
}

/** crypto.randomUUID is only there for pages over TLS and of this machine. */
function uuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = [...bytes].map((b) => b.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** Set out, but only where that changes no number. */
function pretty(text: string): string {
  try {
    const value: unknown = JSON.parse(text);
    const compact = text.replace(/"(?:[^"\\]|\\.)*"|\s+/g, (m) => (m.startsWith('"') ? m : ''));
    return JSON.stringify(value) === compact ? JSON.stringify(value, null, 2) : text;
  } catch {
    return text;
  }
}
