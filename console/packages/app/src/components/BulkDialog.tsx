import { useEffect, useRef, useState } from 'react';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { call } from '../api/client.ts';
import { forEach } from '../api/executions.ts';
import type { ExecutionItem } from '../api/types.ts';

interface Props {
  kind: 'stop' | 'redrive';
  executions: readonly ExecutionItem[];
  onClose: (changed: boolean) => void;
}

/** Stops or redrives many executions, and says how far it is; what is under way can be ended. */
export default function BulkDialog({ kind, executions, onClose }: Props) {
  const [done, setDone] = useState(0);
  const [refused, setRefused] = useState<[name: string, why: string][]>([]);
  const [phase, setPhase] = useState<'asking' | 'going' | 'over'>('asking');
  const gone = useRef(new AbortController());
  useEffect(() => () => gone.current.abort(), []);
  const word = kind === 'stop' ? 'Stop' : 'Redrive';
  const count = `${executions.length} ${executions.length === 1 ? 'execution' : 'executions'}`;
  const go = async () => {
    setPhase('going');
    await forEach(
      executions,
      async ({ executionArn }) => {
        await call(kind === 'stop' ? 'StopExecution' : 'RedriveExecution', { executionArn });
      },
      ({ name }, error) => {
        setDone((n) => n + 1);
        if (error) {
          setRefused((all) => [...all, [name, error.message]]);
        }
      },
      gone.current.signal,
    );
    setPhase('over');
  };
  return (
    <Modal
      visible
      onDismiss={() => onClose(phase !== 'asking')}
      closeAriaLabel="Close"
      header={`${word} ${count}`}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            {phase === 'going' ? (
              <Button onClick={() => gone.current.abort()}>Stop here</Button>
            ) : (
              <Button variant="link" onClick={() => onClose(phase !== 'asking')}>
                {phase === 'asking' ? 'Cancel' : 'Close'}
              </Button>
            )}
            {phase === 'asking' && (
              <Button variant="primary" onClick={() => void go()}>
                {word} {count}
              </Button>
            )}
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="s">
        <div>
          {kind === 'stop'
            ? 'They end as aborted. Tasks under way are told to stop; what they have done stays.'
            : 'Each goes on from where it failed, with the same input and definition.'}
        </div>
        {phase !== 'asking' && (
          <>
            <progress className="progress" max={executions.length} value={done} />
            <div role="status">
              {done} of {executions.length} done
              {refused.length ? `, ${refused.length} refused` : ''}
            </div>
          </>
        )}
        {refused.length > 0 && (
          <ul className="refused" tabIndex={0}>
            {refused.map(([name, why]) => (
              <li key={name}>
                <strong>{name}</strong> {why}
              </li>
            ))}
          </ul>
        )}
      </SpaceBetween>
    </Modal>
  );
}
