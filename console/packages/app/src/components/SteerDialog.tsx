import { useState } from 'react';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Textarea from '@cloudscape-design/components/textarea';
import { call } from '../api/client.ts';
import { arnName } from '../format.ts';
import ActionDialog from './ActionDialog.tsx';

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
  const isStop = kind === 'stop';
  const act = () =>
    isStop
      ? call('StopExecution', {
          executionArn: arn,
          ...(error ? { error } : {}),
          ...(cause ? { cause } : {}),
        })
      : call('RedriveExecution', { executionArn: arn });
  return (
    <ActionDialog
      title={isStop ? 'Stop the execution' : 'Redrive the execution'}
      word={isStop ? 'Stop execution' : 'Redrive execution'}
      act={act}
      onClose={onClose}
      onDone={onDone}
    >
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
    </ActionDialog>
  );
}
