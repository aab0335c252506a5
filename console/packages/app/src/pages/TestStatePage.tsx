import { lazy, Suspense, useMemo, useState } from 'react';
import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Spinner from '@cloudscape-design/components/spinner';
import StatusIndicator, {
  type StatusIndicatorProps,
} from '@cloudscape-design/components/status-indicator';
import { stagesOf, testState, type Trial, type TrialResult } from '../api/testState.ts';
import { Json } from '../components/Json.tsx';
import { Problem } from '../components/Problem.tsx';
import { Stages } from '../components/Stages.tsx';
import { Tabs } from '../components/Tabs.tsx';
import { jsonSpot, type Spot } from '../editor/outline.ts';
import { suggestions } from '../editor/complete.ts';
import type { Tree } from '../json/tree.ts';
import { readText } from '../hooks/useDefinition.ts';
import { handOver, lastTrial } from '../testing.ts';
import { setQuery, useAddress } from '../router.ts';

const CodeEditor = lazy(() => import('../editor/CodeEditor.tsx'));

const EMPTY: Trial = {
  definition: JSON.stringify(
    { Type: 'Pass', Parameters: { 'name.$': '$.name' }, ResultPath: '$.found', End: true },
    null,
    2,
  ),
  input: '{\n  "name": "Ada"\n}',
  variables: '{}',
  level: 'DEBUG',
  mock: undefined,
};

const PARTS = [
  { id: 'definition', label: 'State' },
  { id: 'input', label: 'Input' },
  { id: 'variables', label: 'Variables' },
  { id: 'mock', label: 'Mock' },
] as const;

type Part = (typeof PARTS)[number]['id'];

const LEVELS = [
  { value: 'INFO', label: 'INFO: the output' },
  { value: 'DEBUG', label: 'DEBUG: each stage' },
  { value: 'TRACE', label: 'TRACE: and HTTP' },
] as const;

const MOCKS = [
  { value: 'none', label: 'No mock: really call' },
  { value: 'result', label: 'Mock a result' },
  { value: 'error', label: 'Mock an error' },
];

/** Tries one state: what each stage of its data flow makes of an input. */
export default function TestStatePage() {
  const { query } = useAddress();
  const part = PARTS.find((p) => p.id === query.get('part'))?.id ?? 'definition';
  const [trial, setTrial] = useState<Trial>(() => lastTrial() ?? EMPTY);
  const [result, setResult] = useState<TrialResult>();
  const [refusal, setRefusal] = useState<Error>();
  const [busy, setBusy] = useState(false);
  const { mock } = trial;
  const texts: Record<Part, string> = {
    definition: trial.definition,
    input: trial.input,
    variables: trial.variables,
    mock: !mock
      ? ''
      : 'result' in mock
        ? mock.result
        : JSON.stringify({ error: mock.error, cause: mock.cause }, null, 2),
  };
  const [mockText, setMockText] = useState(texts.mock);
  const isError = mock !== undefined && 'error' in mock;
  const problems = PARTS.filter(
    ({ id }) =>
      (id !== 'mock' || mock) &&
      'problem' in readText(id === 'mock' ? mockText : texts[id], 'json'),
  );
  const change = (to: Partial<Trial>) => {
    setTrial((now) => {
      const next = { ...now, ...to };
      handOver(next);
      return next;
    });
  };
  const setMock = (text: string, asError: boolean) => {
    setMockText(text);
    if (!asError) {
      change({ mock: { result: text } });
      return;
    }
    try {
      const { error, cause } = JSON.parse(text) as { error?: unknown; cause?: unknown };
      change({ mock: { error: String(error ?? ''), cause: String(cause ?? '') } });
    } catch {
      // It is shown as a problem, and not sent.
    }
  };
  const go = async () => {
    setBusy(true);
    setRefusal(undefined);
    try {
      setResult(await testState(trial));
    } catch (e) {
      setResult(undefined);
      setRefusal(e as Error);
    } finally {
      setBusy(false);
    }
  };
  const shown = part === 'mock' ? mockText : texts[part];
  const read = useMemo(() => readText(shown, 'json'), [shown]);
  const marks = useMemo(() => ('problem' in read ? [read.problem] : []), [read]);
  return (
    <div className="editor-page">
      <Header
        variant="h1"
        description="Runs one state alone, and shows what it makes of its input."
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Select
              ariaLabel="Mock"
              selectedOption={MOCKS[mock ? (isError ? 2 : 1) : 0]!}
              options={MOCKS}
              onChange={({ detail }) => {
                const kind = detail.selectedOption.value;
                if (kind === 'none') {
                  change({ mock: undefined });
                } else {
                  const asError = kind === 'error';
                  setMock(asError ? '{\n  "error": "Busy",\n  "cause": ""\n}' : '{}', asError);
                  setQuery({ part: 'mock' });
                }
              }}
            />
            <Select
              ariaLabel="How much is shown"
              selectedOption={LEVELS.find((l) => l.value === trial.level)!}
              options={LEVELS}
              onChange={({ detail }) =>
                change({ level: detail.selectedOption.value as Trial['level'] })
              }
            />
            <Button
              variant="primary"
              loading={busy}
              disabled={problems.length > 0}
              onClick={() => void go()}
            >
              Test state
            </Button>
          </SpaceBetween>
        }
      >
        Test a state
      </Header>
      <div className="split editing">
        <section className="panel" aria-label="What is tested">
          <div className="panel-tabs">
            <Tabs
              label="What is tested"
              tabs={PARTS.map((p) => ({
                ...p,
                label: problems.some((q) => q.id === p.id) ? `${p.label} !` : p.label,
              }))}
              active={part}
              onChange={(id) => setQuery({ part: id === 'definition' ? undefined : id })}
              className="test-part"
            >
              {part === 'mock' && !mock ? (
                <p className="quiet centred">
                  The state is run as it is. Choose a mock above to give what its task would.
                </p>
              ) : (
                <Suspense
                  fallback={
                    <div className="centred">
                      <Spinner size="large" />
                    </div>
                  }
                >
                  <CodeEditor
                    key={part}
                    label={PARTS.find((p) => p.id === part)!.label}
                    text={shown}
                    language="json"
                    marks={marks}
                    reveal={undefined}
                    onChange={(text) =>
                      part === 'mock' ? setMock(text, isError) : change({ [part]: text })
                    }
                    {...(part === 'definition'
                      ? {
                          spotAt: asState,
                          suggest: (spot) =>
                            suggestions(
                              spot,
                              'tree' in read ? stateTree(read.tree) : undefined,
                              [],
                            ),
                        }
                      : {})}
                  />
                </Suspense>
              )}
            </Tabs>
          </div>
        </section>
        <section className="panel padded" aria-label="Result">
          {refusal ? (
            <Problem error={refusal} />
          ) : result ? (
            <Result result={result} />
          ) : (
            <p className="quiet centred">
              {problems.length
                ? `${problems.map((p) => p.label).join(', ')}: expected JSON.`
                : 'Nothing has been tested yet.'}
            </p>
          )}
        </section>
      </div>
    </div>
  );
}

const STATUS: Record<TrialResult['status'], [string, StatusIndicatorProps.Type]> = {
  SUCCEEDED: ['Succeeded', 'success'],
  FAILED: ['Failed', 'error'],
  RETRIABLE: ['Would be retried', 'warning'],
  CAUGHT_ERROR: ['Caught error', 'warning'],
};

function Result({ result }: { result: TrialResult }) {
  const [text, type] = STATUS[result.status];
  const stages = useMemo(() => stagesOf(result), [result]);
  const details = result.inspectionData?.errorDetails;
  const http = (['request', 'response'] as const).flatMap((side) => {
    const value = result.inspectionData?.[side];
    return value ? [[side, JSON.stringify(value)] as const] : [];
  });
  return (
    <div className="step-body" role="status">
      <div className="test-head">
        <StatusIndicator type={type}>{text}</StatusIndicator>
        <span className="quiet">
          {result.nextState ? `goes on with “${result.nextState}”` : 'does not go on'}
          {details?.retryBackoffIntervalSeconds !== undefined &&
            `; retried after ${details.retryBackoffIntervalSeconds} s by retrier #${(details.retryIndex ?? 0) + 1}`}
          {details?.catchIndex !== undefined && `; caught by catcher #${details.catchIndex + 1}`}
        </span>
      </div>
      {result.error !== undefined && (
        <Alert type={result.status === 'FAILED' ? 'error' : 'warning'} header={result.error}>
          <div className="cause">{result.cause}</div>
        </Alert>
      )}
      <Stages stages={stages} />
      {http.map(([side, value]) => (
        <Json
          key={side}
          label={side === 'request' ? 'HTTP request' : 'HTTP response'}
          text={value}
        />
      ))}
    </div>
  );
}

/** A state alone, as if it stood in a definition. */
const asState = (text: string, position: number): Spot => {
  const spot = jsonSpot(text, position);
  return { ...spot, path: ['States', '', ...spot.path] };
};

const stateTree = (tree: Tree): Tree => ({
  kind: 'object',
  from: tree.from,
  to: tree.to,
  entries: [
    {
      key: 'States',
      at: tree,
      value: {
        kind: 'object',
        from: tree.from,
        to: tree.to,
        entries: [{ key: '', at: tree, value: tree }],
      },
    },
  ],
});
