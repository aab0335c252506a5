import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import Checkbox from '@cloudscape-design/components/checkbox';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Spinner from '@cloudscape-design/components/spinner';
import { drawable, type Outline, type Place } from '@stepwise/graph';
import { call, pages } from '../api/client.ts';
import { useCommands } from '../commands.ts';
import { useLoaded } from '../api/hooks.ts';
import { TYPES, type Activity, type MachineDetails, type MachineType } from '../api/types.ts';
import { Graph } from '../components/Graph.tsx';
import { Problem } from '../components/Problem.tsx';
import type { Blueprint } from '../editor/blueprints.ts';
import { suggestions, typeAt } from '../editor/complete.ts';
import { jsonSpot, yamlSpot } from '../editor/outline.ts';
import { help, stateOf } from '../editor/vocabulary.ts';
import { useDiagnostics, useDraft, type Placed } from '../hooks/useDefinition.ts';
import { useDrawing } from '../hooks/useDrawing.ts';
import { rememberInput } from '../inputs.ts';
import {
  jsonTree,
  pathAt,
  printJson,
  treeAt,
  valueOf,
  type Range,
  type Tree,
} from '../json/tree.ts';
import { handOver } from '../testing.ts';
import { trialOf } from '../trial.ts';
import { guardPage, navigate, paths } from '../router.ts';

const CodeEditor = lazy(() => import('../editor/CodeEditor.tsx'));

const ROLE = 'arn:aws:iam::123456789012:role/stepwise';
const NAME = /^[^\s<>{}[\]?*"#%\\^|~`$&,;:/\u0000-\u001f\u007f-\u009f]{1,80}$/;

export interface Beginning {
  /** Set for a state machine that is there already. */
  arn?: string;
  definition: string;
  name: string;
  type: MachineType;
  roleArn: string | undefined;
  blueprint: Blueprint | undefined;
}

/** Edits the state machine of an ARN. */
export default function EditPage({ arn }: { arn: string }) {
  const machine = useLoaded(arn, (signal) =>
    call<MachineDetails>('DescribeStateMachine', { stateMachineArn: arn }, signal),
  );
  if (machine.error) {
    return <Problem error={machine.error} retry={machine.reload} />;
  }
  const { value } = machine;
  return value ? (
    <EditorPage begin={{ ...value, arn, blueprint: undefined }} />
  ) : (
    <div className="centred">
      <Spinner size="large" />
    </div>
  );
}

/** A definition as text, its problems at their places, and its graph, which follows. */
export function EditorPage({ begin }: { begin: Beginning }) {
  const [name, setName] = useState(begin.name);
  const [type, setType] = useState(begin.type);
  const [role, setRole] = useState(begin.roleArn ?? ROLE);
  const [publish, setPublish] = useState(false);
  const [note, setNote] = useState('');
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Error>();
  const [reveal, setReveal] = useState<Range>();
  const [selected, setSelected] = useState<string>();
  const begun = useMemo(() => readable(begin.definition), [begin.definition]);
  const draft = useDraft(begun);
  const { placed, state: asked } = useDiagnostics(draft, type);
  const activities = useLoaded('activities', (signal) =>
    pages<Activity>('ListActivities', { maxResults: 1_000 }, (p) => p['activities']!, signal),
  );
  const arns = useMemo(() => activities.value?.map((a) => a.activityArn) ?? [], [activities.value]);

  const scope = useMemo(() => {
    return draft.tree && drawable(valueOf(draft.tree));
  }, [draft.tree]);
  const drawing = useDrawing(scope);
  const marks = useMemo(
    () => (draft.problem ? [draft.problem] : placed.map((p) => p.mark)),
    [draft.problem, placed],
  );
  const chosenState = selected === undefined ? undefined : drawing?.outline.get(selected);
  const isJsonata =
    (draft.tree && (valueOf(draft.tree) as { QueryLanguage?: unknown } | null))?.QueryLanguage ===
    'JSONata';
  const errors = placed.filter((p) => p.severity === 'ERROR').length;

  const isChanged =
    draft.problem !== undefined || draft.json !== begun || (!begin.arn && name !== begin.name);
  const saved = useRef(false);
  useEffect(() => {
    if (!isChanged) {
      return;
    }
    const closing = (e: BeforeUnloadEvent) => e.preventDefault();
    window.addEventListener('beforeunload', closing);
    const off = guardPage(
      () => saved.current || window.confirm('What you changed is not saved. Leave all the same?'),
    );
    return () => {
      window.removeEventListener('beforeunload', closing);
      off();
    };
  }, [isChanged]);

  const nameProblem = begin.arn || NAME.test(name) ? undefined : nameProblemOf(name);
  const mayBeSaved = draft.json !== undefined && errors === 0 && !nameProblem && !busy;
  const save = async () => {
    setBusy(true);
    setRefusal(undefined);
    const published = publish ? { publish, ...(note ? { versionDescription: note } : {}) } : {};
    try {
      let arn = begin.arn;
      if (arn) {
        const input = { stateMachineArn: arn, definition: draft.json, ...published };
        await call('UpdateStateMachine', {
          ...input,
          ...(role === begin.roleArn ? {} : { roleArn: role }),
        });
      } else {
        const input = { name, type, definition: draft.json, roleArn: role, ...published };
        arn = (await call<{ stateMachineArn: string }>('CreateStateMachine', input))
          .stateMachineArn;
        if (begin.blueprint) {
          rememberInput(arn, JSON.stringify(begin.blueprint.input(), null, 2));
        }
      }
      saved.current = true;
      navigate(paths.machine(arn));
    } catch (e) {
      setRefusal(e as Error);
      setBusy(false);
    }
  };

  useCommands([
    mayBeSaved && { text: begin.arn ? 'Save' : 'Create', act: save },
    { text: 'Edit as JSON', act: () => draft.setLanguage('json') },
    { text: 'Edit as YAML', act: () => draft.setLanguage('yaml') },
  ]);

  const toCode = (id: string) => {
    setSelected(id);
    const path = drawing && pathOf(drawing.outline, id);
    const at = path && draft.tree && !draft.problem && nameRange(draft.tree, path);
    if (at) {
      setReveal({ ...at });
    }
  };
  const toGraph = (position: number) => {
    const path = draft.tree && !draft.problem && stateOf(pathAt(draft.tree, position));
    const id =
      path && drawing?.outline.places.find((p) => same(pathOf(drawing.outline, p.id), path))?.id;
    if (id) {
      setSelected(id);
    }
  };

  return (
    <div className="editor-page">
      <Header
        variant="h1"
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button onClick={() => navigate(begin.arn ? paths.machine(begin.arn) : '/')}>
              Cancel
            </Button>
            <Button
              variant="primary"
              loading={busy}
              disabled={
                !mayBeSaved || (!!begin.arn && !isChanged && role === begin.roleArn && !publish)
              }
              onClick={() => void save()}
            >
              {begin.arn ? 'Save' : 'Create'}
            </Button>
          </SpaceBetween>
        }
      >
        <span className="title" title={begin.arn ? begin.name : undefined}>
          {begin.arn ? `Edit ${begin.name}` : 'Create a state machine'}
        </span>
      </Header>
      <div className={`editor-facts${begin.arn ? ' known' : ''}`}>
        {!begin.arn && (
          <>
            <FormField label="Name" errorText={name ? nameProblem : undefined}>
              <Input
                value={name}
                placeholder="Up to 80 characters"
                spellcheck={false}
                autoFocus
                onChange={({ detail }) => setName(detail.value)}
              />
            </FormField>
            <FormField label="Type">
              <Select
                selectedOption={{ value: type, label: TYPES[type] }}
                options={(['STANDARD', 'EXPRESS'] as const).map((value) => ({
                  value,
                  label: TYPES[value],
                }))}
                onChange={({ detail }) => setType(detail.selectedOption.value as MachineType)}
              />
            </FormField>
          </>
        )}
        <FormField label="Role">
          <Input value={role} spellcheck={false} onChange={({ detail }) => setRole(detail.value)} />
        </FormField>
        <div className="editor-publish">
          <Checkbox checked={publish} onChange={({ detail }) => setPublish(detail.checked)}>
            Publish a version
          </Checkbox>
          {publish && (
            <Input
              value={note}
              ariaLabel="Description of the version"
              placeholder="What is new in it"
              onChange={({ detail }) => setNote(detail.value)}
            />
          )}
        </div>
      </div>
      {refusal && <Problem error={refusal} />}
      <div className="split editing">
        <section className="panel" aria-label="Definition">
          <div className="panel-head">
            <SegmentedControl
              label="Language"
              selectedId={draft.language}
              onChange={({ detail }) => draft.setLanguage(detail.selectedId as 'json' | 'yaml')}
              options={[
                { id: 'json', text: 'JSON', disabled: draft.problem !== undefined },
                { id: 'yaml', text: 'YAML', disabled: draft.problem !== undefined },
              ]}
            />
            <span className="quiet">
              {draft.language === 'yaml'
                ? 'Saved as JSON; comments stay only while you edit.'
                : 'Ctrl+Space suggests, Ctrl+F finds.'}
            </span>
          </div>
          <Suspense
            fallback={
              <div className="centred">
                <Spinner size="large" />
              </div>
            }
          >
            <CodeEditor
              label="Definition as text"
              text={draft.text}
              language={draft.language}
              marks={marks}
              reveal={reveal}
              onChange={draft.setText}
              onCursor={toGraph}
              spotAt={draft.language === 'json' ? jsonSpot : yamlSpot}
              suggest={(spot) => suggestions(spot, draft.tree, arns)}
              helpAt={(position) => {
                const path = draft.tree && !draft.problem ? pathAt(draft.tree, position) : [];
                return help(path, typeAt(draft.tree, path.slice(0, -1)));
              }}
            />
          </Suspense>
          <Findings
            problem={draft.problem?.message}
            placed={placed}
            asked={asked}
            onChoose={(range) => setReveal({ ...range })}
          />
        </section>
        <section className="panel" aria-label="Graph">
          {drawing ? (
            <Graph
              layout={drawing.layout}
              view={undefined}
              selected={selected}
              focus={undefined}
              onSelect={toCode}
            />
          ) : (
            <p className="centred quiet">There are no states to draw yet.</p>
          )}
          {draft.problem && (
            <Alert type="warning">The graph is that of the last text that could be read.</Alert>
          )}
          {chosenState && (
            <div className="panel-act">
              <Button
                onClick={() => {
                  handOver(trialOf(chosenState, undefined, undefined, isJsonata));
                  window.open(paths.testState(), '_blank');
                }}
              >
                Test “{chosenState.name}”
              </Button>
            </div>
          )}
          {begin.blueprint && (
            <details className="sample">
              <summary>Sample input</summary>
              <pre tabIndex={0}>{JSON.stringify(begin.blueprint.input(), null, 2)}</pre>
            </details>
          )}
        </section>
      </div>
    </div>
  );
}

function Findings({
  problem,
  placed,
  asked,
  onChoose,
}: {
  problem: string | undefined;
  placed: readonly Placed[];
  asked: ReturnType<typeof useDiagnostics>['state'];
  onChoose: (range: Range) => void;
}) {
  const says =
    problem !== undefined
      ? `The text can't be read: ${problem}`
      : asked === 'unreachable'
        ? 'The server did not check it; it will say when you save.'
        : placed.length
          ? counted(placed)
          : asked === 'asking'
            ? 'Checking …'
            : 'No problems found.';
  return (
    <div className="findings">
      <div
        className={`findings-head ${problem !== undefined || placed.some((p) => p.severity === 'ERROR') ? 'failed' : ''}`}
        role="status"
      >
        {says}
      </div>
      {placed.length > 0 && (
        <ul>
          {placed.map((p, i) => (
            <li key={i}>
              <button type="button" onClick={() => onChoose(p.mark)}>
                <span className={p.severity === 'ERROR' ? 'failed' : 'caught'}>
                  {p.severity === 'ERROR' ? 'Error' : 'Warning'}
                </span>
                <span>{p.message}</span>
                <span className="quiet">{p.location}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function counted(placed: readonly Placed[]): string {
  const errors = placed.filter((p) => p.severity === 'ERROR').length;
  const warnings = placed.length - errors;
  const words = (n: number, word: string) => (n ? [`${n} ${word}${n === 1 ? '' : 's'}`] : []);
  return [...words(errors, 'error'), ...words(warnings, 'warning')].join(', ');
}

function nameProblemOf(name: string): string {
  return name.length > 80
    ? `Expected up to 80 characters, found ${name.length}.`
    : name
      ? 'Expected no blanks and none of < > { } [ ] ? * " # % \\ ^ | ~ ` $ & , ; : /'
      : 'Expected a name.';
}

/** On one line as it came, a definition is set out; on several it stays as it was written. */
function readable(definition: string): string {
  try {
    return definition.trim().includes('\n') ? definition : printJson(jsonTree(definition));
  } catch {
    return definition;
  }
}

/** The path of a state in the text of its definition. */
function pathOf(outline: Outline, id: string): (string | number)[] | undefined {
  const place = outline.get(id);
  const path = (at: Place): (string | number)[] => {
    const inner = ['States', at.name];
    if (!at.parent) {
      return inner;
    }
    const { state } = at.parent;
    const field =
      state.Type === 'Parallel'
        ? ['Branches', at.branch]
        : [state.ItemProcessor ? 'ItemProcessor' : 'Iterator'];
    return [...path(at.parent), ...field, ...inner];
  };
  return place && path(place);
}

const same = (a: readonly unknown[] | undefined, b: readonly unknown[]): boolean =>
  a !== undefined && a.length === b.length && a.every((step, i) => step === b[i]);

function nameRange(tree: Tree, path: (string | number)[]): Range | undefined {
  const parent = treeAt(tree, path.slice(0, -1));
  return parent?.kind === 'object'
    ? parent.entries.find((e) => e.key === path.at(-1))?.at
    : undefined;
}
