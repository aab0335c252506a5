import { useState } from 'react';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import { forgetView, NAME_MAX, saveView, type View } from '../views.ts';
import ActionDialog from './ActionDialog.tsx';

interface Props {
  kind: 'save' | 'forget';
  query: string;
  known: View[];
  onChange: (known: View[]) => void;
  onClose: () => void;
}

/** Gives filters a name, or takes one away. */
export default function ViewDialog({ kind, query, known, onChange, onClose }: Props) {
  const [name, setName] = useState(kind === 'save' ? '' : (known[0]?.name ?? ''));
  const trimmed = name.trim();
  const act = async () => onChange(kind === 'save' ? saveView({ name, query }) : forgetView(name));
  return (
    <ActionDialog
      title={kind === 'save' ? 'Save these filters' : 'Forget a view'}
      word={kind === 'save' ? 'Save' : 'Forget'}
      disabled={trimmed === '' || trimmed.length > NAME_MAX}
      act={act}
      onClose={onClose}
      onDone={() => undefined}
    >
      {kind === 'save' ? (
        <FormField
          label="Name"
          description="This browser keeps it; the address shows the same to others."
          errorText={trimmed.length > NAME_MAX ? `At most ${NAME_MAX} characters` : undefined}
          constraintText={
            known.some((view) => view.name === trimmed) ? 'A view of this name is replaced.' : ''
          }
        >
          <Input autoFocus value={name} onChange={({ detail }) => setName(detail.value)} />
        </FormField>
      ) : (
        <FormField label="View">
          <Select
            selectedOption={{ value: name, label: name }}
            options={known.map((view) => ({ value: view.name, label: view.name }))}
            onChange={({ detail }) => setName(detail.selectedOption.value ?? name)}
          />
        </FormField>
      )}
    </ActionDialog>
  );
}
