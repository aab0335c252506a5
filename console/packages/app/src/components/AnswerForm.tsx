import { useState } from 'react';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Textarea from '@cloudscape-design/components/textarea';
import { call } from '../api/client.ts';
import { jsonProblem } from '../json/problem.ts';
import { Problem } from './Problem.tsx';

/** Answers a task: with an output, with an error, or with a sign that somebody is at it. */
export function AnswerForm({ token, onDone }: { token: string; onDone: () => void }) {
  const [kind, setKind] = useState('success');
  const [output, setOutput] = useState('{}');
  const [error, setError] = useState('Rejected');
  const [cause, setCause] = useState('');
  const [busy, setBusy] = useState(false);
  const [beat, setBeat] = useState<string>();
  const [refusal, setRefusal] = useState<Error>();
  const problem = kind === 'success' ? jsonProblem(output) : undefined;
  const send = async (operation: string, input: Record<string, unknown>) => {
    setBusy(true);
    setRefusal(undefined);
    try {
      await call(operation, { taskToken: token, ...input });
      if (operation === 'SendTaskHeartbeat') {
        setBeat(new Date().toTimeString().slice(0, 8));
      } else {
        onDone();
      }
    } catch (e) {
      setRefusal(e as Error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <SpaceBetween size="s">
      <SegmentedControl
        label="Answer"
        selectedId={kind}
        onChange={({ detail }) => setKind(detail.selectedId)}
        options={[
          { id: 'success', text: 'Succeed' },
          { id: 'failure', text: 'Fail' },
        ]}
      />
      {kind === 'success' ? (
        <FormField label="Output" errorText={problem} stretch>
          <Textarea
            className="code"
            rows={6}
            value={output}
            spellcheck={false}
            onChange={({ detail }) => setOutput(detail.value)}
          />
        </FormField>
      ) : (
        <>
          <FormField label="Error" stretch>
            <Input value={error} onChange={({ detail }) => setError(detail.value)} />
          </FormField>
          <FormField label="Cause" stretch>
            <Textarea rows={3} value={cause} onChange={({ detail }) => setCause(detail.value)} />
          </FormField>
        </>
      )}
      <SpaceBetween direction="horizontal" size="xs" alignItems="center">
        <Button
          variant="primary"
          loading={busy}
          disabled={problem !== undefined}
          onClick={() =>
            void (kind === 'success'
              ? send('SendTaskSuccess', { output })
              : send('SendTaskFailure', {
                  ...(error ? { error } : {}),
                  ...(cause ? { cause } : {}),
                }))
          }
        >
          {kind === 'success' ? 'Send success' : 'Send failure'}
        </Button>
        <Button onClick={() => void send('SendTaskHeartbeat', {})}>Send heartbeat</Button>
        {beat && <StatusIndicator type="success">Heard at {beat}</StatusIndicator>}
      </SpaceBetween>
      {refusal && <Problem error={refusal} />}
    </SpaceBetween>
  );
}
