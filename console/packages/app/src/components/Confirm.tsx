import { useState } from 'react';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { Problem } from './Problem.tsx';

interface Props {
  title: string;
  text: string;
  word: string;
  act: () => Promise<unknown>;
  onClose: () => void;
  onDone: () => void;
}

/** Asks once, does it, and says why where it is refused. */
export default function Confirm({ title, text, word, act, onClose, onDone }: Props) {
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Error>();
  const go = async () => {
    setBusy(true);
    setRefusal(undefined);
    try {
      await act();
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
      header={title}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onClose}>
              Cancel
            </Button>
            <Button variant="primary" loading={busy} onClick={() => void go()}>
              {word}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        <div className="cause">{text}</div>
        {refusal && <Problem error={refusal} />}
      </SpaceBetween>
    </Modal>
  );
}
