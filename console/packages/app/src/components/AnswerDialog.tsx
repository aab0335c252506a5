import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { AnswerForm } from './AnswerForm.tsx';
import { Json } from './Json.tsx';

interface Props {
  state: string;
  input: string | undefined;
  token: string;
  onClose: () => void;
}

/** Answers a task that waits with its token: an approval, given in the browser. */
export default function AnswerDialog({ state, input, token, onClose }: Props) {
  return (
    <Modal
      visible
      size="large"
      onDismiss={onClose}
      closeAriaLabel="Close"
      header={`Answer “${state}”`}
    >
      <SpaceBetween size="m">
        <div className="answer-input">
          <Json label="Input of the state" text={input} />
        </div>
        <AnswerForm token={token} onDone={onClose} />
      </SpaceBetween>
    </Modal>
  );
}
