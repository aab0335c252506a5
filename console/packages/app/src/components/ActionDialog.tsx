import { useState, type ReactNode } from 'react';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { Problem } from './Problem.tsx';

interface Props {
  title: string;
  /** What the button that does it says. */
  word: string;
  disabled?: boolean;
  act: () => Promise<unknown>;
  onClose: () => void;
  onDone: () => void;
  /** What will happen, and what has to be said for it. */
  children: ReactNode;
}

/** Asks once, does it, and says why where it is refused. */
export default function ActionDialog(props: Props) {
  const { title, word, disabled, act, onClose, onDone, children } = props;
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
            <Button
              variant="primary"
              loading={busy}
              disabled={disabled ?? false}
              onClick={() => void go()}
            >
              {word}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        {children}
        {refusal && <Problem error={refusal} />}
      </SpaceBetween>
    </Modal>
  );
}
