import type { Step } from '@stepwise/graph';
import { call } from './client.ts';

/** One state to be tried. */
export interface Trial {
  definition: string;
  input: string;
  /** A JSON object; empty for none. */
  variables: string;
  level: 'INFO' | 'DEBUG' | 'TRACE';
  mock: { result: string } | { error: string; cause: string } | undefined;
  retries?: number;
}

export type Inspection = Record<string, unknown> & {
  errorDetails?: { retryIndex?: number; catchIndex?: number; retryBackoffIntervalSeconds?: number };
};

export interface TrialResult {
  status: 'SUCCEEDED' | 'FAILED' | 'RETRIABLE' | 'CAUGHT_ERROR';
  output?: string;
  error?: string;
  cause?: string;
  nextState?: string;
  inspectionData?: Inspection;
}

export function testState(trial: Trial, signal?: AbortSignal): Promise<TrialResult> {
  const { definition, input, variables, level, mock, retries } = trial;
  const hasVariables = variables.trim() !== '' && !/^\s*\{\s*\}\s*$/.test(variables);
  return call<TrialResult>(
    'TestState',
    {
      definition,
      input,
      inspectionLevel: level,
      roleArn: 'arn:aws:iam::123456789012:role/stepwise',
      ...(hasVariables ? { variables } : {}),
      ...(mock
        ? {
            mock:
              'result' in mock
                ? { result: mock.result, fieldValidationMode: 'NONE' }
                : { errorOutput: { error: mock.error, cause: mock.cause } },
          }
        : {}),
      ...(retries ? { stateConfiguration: { retrierRetryCount: retries } } : {}),
    },
    signal,
  );
}

export interface Stage {
  id: string;
  label: string;
  text: string;
  /** Whether it made something else of what was there before. */
  changed: boolean;
}

// In the order in which a state goes through them.
const STAGES: [id: string, label: string][] = [
  ['input', 'Input'],
  ['afterInputPath', 'After InputPath'],
  ['afterItemsPath', 'After ItemsPath'],
  ['afterItemsPointer', 'After ItemsPointer'],
  ['afterItemSelector', 'After ItemSelector'],
  ['afterItemBatcher', 'After ItemBatcher'],
  ['afterParameters', 'After Parameters'],
  ['afterArguments', 'Arguments'],
  ['result', 'Result'],
  ['afterResultSelector', 'After ResultSelector'],
  ['afterResultPath', 'After ResultPath'],
];

/** The stages that the server told of, and the output. */
export function stagesOf(
  result: TrialResult | undefined,
  step?: Pick<Step, 'input' | 'output' | 'assigned'>,
): Stage[] {
  const found: Omit<Stage, 'changed'>[] = [];
  const data = result?.inspectionData ?? {};
  for (const [id, label] of STAGES) {
    const text = data[id] ?? (id === 'input' ? step?.input : undefined);
    if (typeof text === 'string') {
      found.push({ id, label, text });
    }
  }
  const output = result?.output ?? step?.output;
  if (output !== undefined) {
    found.push({ id: 'output', label: 'Output', text: output });
  }
  const variables =
    typeof data.variables === 'string' && data.variables !== '{}'
      ? data.variables
      : step && Object.keys(step.assigned).length
        ? `{${Object.entries(step.assigned)
            .map(([name, value]) => `${JSON.stringify(name)}:${value}`)
            .join(',')}}`
        : undefined;
  if (variables !== undefined) {
    found.push({ id: 'variables', label: 'Variables after', text: variables });
  }
  let before: string | undefined;
  return found.map((stage) => {
    const changed = stage.id === 'variables' || before === undefined || !same(stage.text, before);
    before = stage.text;
    return { ...stage, changed };
  });
}

function same(a: string, b: string): boolean {
  try {
    return a === b || JSON.stringify(JSON.parse(a)) === JSON.stringify(JSON.parse(b));
  } catch {
    return false;
  }
}
