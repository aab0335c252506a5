// An example of tests on a virtual clock: node --test
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  SFNClient,
  StartExecutionCommand,
} from "@aws-sdk/client-sfn";
import { startStepwise } from "./stepwise.mjs";

const week = 7 * 24 * 3600;
let stepwise;
let sfn;

before(async () => {
  stepwise = await startStepwise();
  sfn = new SFNClient({
    endpoint: stepwise.endpoint,
    region: "us-east-1",
    disableHostPrefix: true,
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  });
});

beforeEach(() => stepwise.reset());

after(async () => {
  sfn?.destroy();
  await stepwise?.stop();
});

test("reminds after a week", async () => {
  const { stateMachineArn } = await sfn.send(
    new CreateStateMachineCommand({
      name: "reminder",
      roleArn: "arn:aws:iam::123456789012:role/any",
      definition: JSON.stringify({
        StartAt: "AWeek",
        States: {
          AWeek: { Type: "Wait", Seconds: week, Next: "Remind" },
          Remind: { Type: "Pass", Result: { reminded: true }, End: true },
        },
      }),
    }),
  );
  const { executionArn } = await sfn.send(new StartExecutionCommand({ stateMachineArn }));

  let execution;
  do {
    execution = await sfn.send(new DescribeExecutionCommand({ executionArn }));
  } while (execution.status === "RUNNING");

  assert.equal(execution.status, "SUCCEEDED");
  assert.equal((execution.stopDate - execution.startDate) / 1000, week);
});
