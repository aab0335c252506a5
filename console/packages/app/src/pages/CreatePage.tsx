import Header from '@cloudscape-design/components/header';
import Spinner from '@cloudscape-design/components/spinner';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { call } from '../api/client.ts';
import { useLoaded } from '../api/hooks.ts';
import type { MachineDetails } from '../api/types.ts';
import { MiniGraph } from '../components/MiniGraph.tsx';
import { Problem } from '../components/Problem.tsx';
import { BLUEPRINTS, EMPTY } from '../editor/blueprints.ts';
import { paths, useAddress } from '../router.ts';
import { EditorPage } from './EditorPage.tsx';

/** A new state machine: what to begin with, then the editor. */
export default function CreatePage() {
  const { query } = useAddress();
  const [blueprint, copy] = [query.get('blueprint'), query.get('copy')];
  if (copy) {
    return <Copied key={copy} arn={copy} />;
  }
  if (!blueprint) {
    return <Gallery />;
  }
  const chosen = BLUEPRINTS.find((b) => b.id === blueprint);
  return (
    <EditorPage
      key={blueprint}
      begin={{
        definition: JSON.stringify(chosen?.definition ?? EMPTY, null, 2),
        name: '',
        type: 'STANDARD',
        roleArn: undefined,
        blueprint: chosen,
      }}
    />
  );
}

function Copied({ arn }: { arn: string }) {
  const machine = useLoaded(arn, (signal) =>
    call<MachineDetails>('DescribeStateMachine', { stateMachineArn: arn }, signal),
  );
  if (machine.error) {
    return <Problem error={machine.error} retry={machine.reload} />;
  }
  const { value } = machine;
  return value ? (
    <EditorPage
      begin={{
        definition: value.definition,
        name: `${value.name.slice(0, 75)}-copy`,
        type: value.type,
        roleArn: value.roleArn,
        blueprint: undefined,
      }}
    />
  ) : (
    <div className="centred">
      <Spinner size="large" />
    </div>
  );
}

function Gallery() {
  const cards = [
    {
      id: 'empty',
      name: 'Empty',
      about: 'One state, everything else is yours.',
      definition: EMPTY,
      input: undefined,
    },
    ...BLUEPRINTS,
  ];
  return (
    <SpaceBetween size="m">
      <Header
        variant="h1"
        description="Begin with nothing, or with a blueprint that runs as it is."
      >
        Create a state machine
      </Header>
      <ul className="gallery" aria-label="What to begin with">
        {cards.map((card) => (
          <li key={card.id}>
            <a href={paths.create({ blueprint: card.id })}>
              <MiniGraph definition={card.definition} />
              <strong>{card.name}</strong>
              <span className="quiet">{card.about}</span>
              {card.input && <code title="A sample input">{JSON.stringify(card.input())}</code>}
            </a>
          </li>
        ))}
      </ul>
    </SpaceBetween>
  );
}
