import { useState } from 'react';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import { call } from '../api/client.ts';
import { useLoaded } from '../api/hooks.ts';
import { Problem } from './Problem.tsx';

interface Tag {
  key: string;
  value?: string;
}

/** The tags of a resource. */
export default function Tags({ arn }: { arn: string }) {
  const tags = useLoaded(arn, (signal) =>
    call<{ tags: Tag[] }>('ListTagsForResource', { resourceArn: arn }, signal),
  );
  const [key, setKey] = useState('');
  const [value, setValue] = useState('');
  const [refusal, setRefusal] = useState<Error>();
  if (tags.error) {
    return <Problem error={tags.error} retry={tags.reload} />;
  }
  const change = async (operation: string, input: Record<string, unknown>) => {
    setRefusal(undefined);
    try {
      await call(operation, { resourceArn: arn, ...input });
      setKey('');
      setValue('');
      tags.reload();
    } catch (e) {
      setRefusal(e as Error);
    }
  };
  return (
    <SpaceBetween size="s">
      {refusal && <Problem error={refusal} />}
      <Table
        variant="container"
        items={tags.value?.tags ?? []}
        trackBy="key"
        loading={tags.value === undefined}
        loadingText="Loading tags"
        enableKeyboardNavigation
        ariaLabels={{ tableLabel: 'Tags' }}
        columnDefinitions={[
          { id: 'key', header: 'Key', isRowHeader: true, width: 260, cell: (t) => t.key },
          { id: 'value', header: 'Value', width: 360, cell: (t) => t.value || '–' },
          {
            id: 'actions',
            header: 'Actions',
            cell: (t) => (
              <Button
                variant="inline-link"
                ariaLabel={`Remove ${t.key}`}
                onClick={() => void change('UntagResource', { tagKeys: [t.key] })}
              >
                Remove
              </Button>
            ),
          },
        ]}
        header={
          <Header
            variant="h2"
            counter={tags.value ? `(${tags.value.tags.length})` : ''}
            actions={
              <SpaceBetween direction="horizontal" size="xs" alignItems="center">
                <Input
                  value={key}
                  ariaLabel="Key"
                  placeholder="Key"
                  onChange={({ detail }) => setKey(detail.value)}
                />
                <Input
                  value={value}
                  ariaLabel="Value"
                  placeholder="Value"
                  onChange={({ detail }) => setValue(detail.value)}
                />
                <Button
                  disabled={!key}
                  onClick={() => void change('TagResource', { tags: [{ key, value }] })}
                >
                  Set tag
                </Button>
              </SpaceBetween>
            }
          >
            Tags
          </Header>
        }
        empty={
          <Box textAlign="center" padding="l" color="inherit">
            <b>There are no tags</b>
          </Box>
        }
      />
    </SpaceBetween>
  );
}
