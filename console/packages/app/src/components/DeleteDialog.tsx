import { useState } from 'react';
import Alert from '@cloudscape-design/components/alert';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { call } from '../api/client.ts';
import { useLoaded } from '../api/hooks.ts';
import type { ExecutionItem, MachineDetails } from '../api/types.ts';
import { navigate, paths } from '../router.ts';
import ActionDialog from './ActionDialog.tsx';

const WORD = 'delete';

/** Deletes a state machine, once somebody has typed that it shall be. */
export default function DeleteDialog({
  machine,
  onClose,
}: {
  machine: MachineDetails;
  onClose: () => void;
}) {
  const [typed, setTyped] = useState('');
  const running = useLoaded(machine.stateMachineArn, async (signal) => {
    if (machine.type === 'EXPRESS') {
      return '0';
    }
    const page = await call<{ executions: ExecutionItem[]; nextToken?: string }>(
      'ListExecutions',
      { stateMachineArn: machine.stateMachineArn, statusFilter: 'RUNNING', maxResults: 100 },
      signal,
    );
    return `${page.executions.length}${page.nextToken ? ' or more' : ''}`;
  });
  return (
    <ActionDialog
      title="Delete the state machine"
      word="Delete state machine"
      disabled={typed.trim() !== WORD}
      act={() => call('DeleteStateMachine', { stateMachineArn: machine.stateMachineArn })}
      onClose={onClose}
      onDone={() => navigate(paths.machines())}
    >
      <div className="cause">
        {machine.name} goes for good, with its versions, its aliases and its executions.
      </div>
      {running.value !== undefined && running.value !== '0' && (
        <Alert type="warning">
          Executions that still run: {running.value}. They end first; until then its status is
          Deleting, and no new ones start.
        </Alert>
      )}
      <FormField label={`Type “${WORD}” to confirm`}>
        <Input
          value={typed}
          autoFocus
          spellcheck={false}
          placeholder={WORD}
          onChange={({ detail }) => setTyped(detail.value)}
        />
      </FormField>
    </ActionDialog>
  );
}
