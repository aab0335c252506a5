import { useState } from 'react';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import { call } from '../api/client.ts';
import { arnName } from '../format.ts';
import { Problem } from './Problem.tsx';

interface Props {
  kind: 'stop' | 'redrive';
  arn: string;
  failing: string | undefined;
  onClose: () => void;
  onDone: () => void;
}

/** Says what will happen to which execution, and has it done. */
export default function SteerDialog({ kind, arn, failing, onClose, onDone }: Props) {
  const [error, setError] = useState('');
  const [cause, setCause] = useState('');
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Error>();
  const isStop = kind === 'stop';
  const go = async () => {
    setBusy(true);
    setRefusal(undefined);
    try {
      if (isStop) {
        await call('StopExecution', {
          executionArn: arn,
          ...(error ? { error } : {}),
          ...(cause ? { cause } : {}),
        });
      } else {
        await call('RedriveExecution', { executionArn: arn });
      }
      onDone();
      onClose();
    } catch (e) {
      setRefusal(e as Error);
      setBusy(false);
    }
  };
  return (
    <Modal
      visible
      onDismiss={onClose}
      closeAriaLabel="Close"
      header={isStop ? 'Stop the execution' : 'Redrive the execution'}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onClose}>
              Cancel
            </Button>
            <Button variant="primary" loading={busy} onClick={() => void go()}>
              {isStop ? 'Stop execution' : 'Redrive execution'}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        <div className="cause">
          {isStop
            ? `${arnName(arn)} ends as aborted. Tasks under way are told to stop; what they have done stays.`
            : `${arnName(arn)} goes on from ${failing ? `“${failing}”` : 'where it stood'}, with the same input and definition. What succeeded is not done again.`}
        </div>
        {isStop && (
          <>
            <FormField label="Error" constraintText="Optional; up to 256 characters.">
              <Input value={error} onChange={({ detail }) => setError(detail.value)} />
            </FormField>
            <FormField label="Cause" constraintText="Optional; shown in the history.">
              <Textarea rows={3} value={cause} onChange={({ detail }) => setCause(detail.value)} />
            </FormField>
          </>
        )}
        {refusal && <Problem error={refusal} />}
      </SpaceBetween>
    </Modal>
  );
}
