// Makes the calls it reads, one JSON object a line, with the SDK as docs/clients.md sets it up.
import { createInterface } from "node:readline";
import * as sdk from "@aws-sdk/client-sfn";

const sfn = new sdk.SFNClient({
  endpoint: process.argv[2],
  region: "us-east-1",
  disableHostPrefix: true,
  credentials: { accessKeyId: "test", secretAccessKey: "test" },
});
for await (const line of createInterface({ input: process.stdin })) {
  const asked = JSON.parse(line);
  let answer;
  try {
    const { $metadata, ...output } = await sfn.send(new sdk[asked.call + "Command"](asked.input));
    answer = { output };
  } catch (error) {
    answer = { refused: error.name };
  }
  console.log(JSON.stringify(answer));
}
