import { useState } from 'react';
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { call } from '../api/client.ts';
import { useLoaded } from '../api/hooks.ts';
import type { ExecutionItem, MachineDetails } from '../api/types.ts';
import { navigate, paths } from '../router.ts';
import { Problem } from './Problem.tsx';

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
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Error>();
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
  const go = async () => {
    setBusy(true);
    try {
      await call('DeleteStateMachine', { stateMachineArn: machine.stateMachineArn });
      navigate(paths.machines());
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
      header="Delete the state machine"
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onClose}>
              Cancel
            </Button>
            <Button
              variant="primary"
              loading={busy}
              disabled={typed.trim() !== WORD}
              onClick={() => void go()}
            >
              Delete state machine
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
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
        {refusal && <Problem error={refusal} />}
      </SpaceBetween>
    </Modal>
  );
}
