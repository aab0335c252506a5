import type { Trial } from '../api/testState.ts';

/** A word as a shell takes it for one. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

interface Start {
  stateMachineArn: string;
  input: string;
  endpoint: string;
}

const regionOf = (arn: string): string => arn.split(':')[3] || 'us-east-1';

/** Starts the same again, with the AWS CLI. */
export function cliStart({ stateMachineArn, input, endpoint }: Start): string {
  return [
    'aws stepfunctions start-execution',
    `--endpoint-url ${endpoint}`,
    `--region ${regionOf(stateMachineArn)}`,
    `--state-machine-arn ${quoted(stateMachineArn)}`,
    `--input ${quoted(input)}`,
  ].join(' \\\n  ');
}

/** Starts the same again, with the SDK for Python. */
export function pythonStart({ stateMachineArn, input, endpoint }: Start): string {
  // What JSON quotes, Python reads the same way.
  return `import boto3

states = boto3.client(
    "stepfunctions", endpoint_url=${JSON.stringify(endpoint)}, region_name=${JSON.stringify(regionOf(stateMachineArn))}
)
started = states.start_execution(
    stateMachineArn=${JSON.stringify(stateMachineArn)},
    input=${JSON.stringify(input)},
)
print(started["executionArn"])
`;
}

/** Starts the same again, with the SDK for JavaScript. */
export function javascriptStart({ stateMachineArn, input, endpoint }: Start): string {
  return `import { SFNClient, StartExecutionCommand } from "@aws-sdk/client-sfn";

const states = new SFNClient({ endpoint: ${JSON.stringify(endpoint)}, region: ${JSON.stringify(regionOf(stateMachineArn))} });
const started = await states.send(
  new StartExecutionCommand({
    stateMachineArn: ${JSON.stringify(stateMachineArn)},
    input: ${JSON.stringify(input)},
  }),
);
console.log(started.executionArn);
`;
}

/** Tries a state with what it got, with the AWS CLI. */
export function cliTestState(trial: Trial, endpoint: string): string {
  const { definition, input, variables, level, mock } = trial;
  const compact = (text: string) => {
    try {
      JSON.parse(text);
      // Blanks outside of strings; numbers stay as they are written.
      return text.replace(/"(?:[^"\\]|\\.)*"|\s+/g, (m) => (m.startsWith('"') ? m : ''));
    } catch {
      return text;
    }
  };
  return [
    'aws stepfunctions test-state',
    `--endpoint-url ${endpoint}`,
    `--definition ${quoted(compact(definition))}`,
    `--input ${quoted(input)}`,
    ...(variables && variables !== '{}' ? [`--variables ${quoted(variables)}`] : []),
    ...(mock
      ? [
          `--mock ${quoted(
            JSON.stringify(
              'result' in mock
                ? { result: mock.result }
                : { errorOutput: { error: mock.error, cause: mock.cause } },
            ),
          )}`,
        ]
      : []),
    `--inspection-level ${level}`,
  ].join(' \\\n  ');
}

/** An entry of a mock file that lets a state answer as it did, attempt by attempt. */
export function mockEntry(
  machine: string,
  state: string,
  attempts: readonly {
    output?: string | undefined;
    error?: string | undefined;
    cause?: string | undefined;
  }[],
): string {
  const answers = attempts.map(({ output, error, cause }, i) => {
    const answer =
      error === undefined
        ? `{"Return": ${output ?? '{}'}}`
        : JSON.stringify({ Throw: { Error: error, Cause: cause ?? '' } });
    return `      ${JSON.stringify(String(i))}: ${answer}`;
  });
  const key = JSON.stringify(`${state}Recorded`);
  return `{
  "StateMachines": {
    ${JSON.stringify(machine)}: {"TestCases": {"Recorded": {${JSON.stringify(state)}: ${key}}}}
  },
  "MockedResponses": {
    ${key}: {
${answers.join(',\n')}
    }
  }
}
`;
}
