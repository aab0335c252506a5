// A Stepwise server for tests: for node:test as below, for Jest and Vitest in a globalSetup.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** Starts a server; resolves to its endpoint, its clock, and how to empty and stop it. */
export async function startStepwise(command = process.env.STEPWISE ?? "bin/stepwise") {
  const server = spawn(command, ["start", "--clock", "virtual", "--port", "0", "--empty"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let endpoint;
  for await (const line of createInterface({ input: server.stdout })) {
    endpoint ??= /endpoint\s+(\S+)/.exec(line)?.[1];
    if (line.startsWith("Stop:")) break;
  }
  if (!endpoint) throw new Error("Stepwise did not start");

  const ask = async (what, body) => {
    const answer = await fetch(`${endpoint}/_stepwise/${what}`, {
      method: "POST",
      headers: { "X-Stepwise-Admin": "node" },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(await answer.text());
    return answer.json();
  };
  return {
    endpoint,
    reset: () => ask("reset", {}),
    /** Moves time on by an ISO 8601 duration such as PT36H, and does all that comes due. */
    advance: (duration) => ask("clock", { advance: duration }),
    stop: () =>
      new Promise((stopped) => {
        server.once("exit", stopped);
        server.kill("SIGTERM");
      }),
  };
}
