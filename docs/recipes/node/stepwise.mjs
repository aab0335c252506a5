// A Stepwise server for tests: for node:test as below, for Jest and Vitest in a globalSetup.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** Starts a server; resolves to its endpoint, its clock, and how to empty and stop it. */
export async function startStepwise(command = process.env.STEPWISE ?? "bin/stepwise") {
  const server = spawn(command, ["start", "--clock", "virtual", "--port", "0", "--empty"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const failed = new Promise((_, reject) =>
    server.once("error", (e) =>
      reject(new Error(`Cannot run ${command}: set STEPWISE to the path of bin/stepwise (${e.message})`)),
    ),
  );
  const started = (async () => {
    let found;
    for await (const line of createInterface({ input: server.stdout })) {
      found ??= /endpoint\s+(\S+)/.exec(line)?.[1];
      if (line.startsWith("Stop:")) return found;
    }
    // Where it can't be run at all, that is the reason to tell.
    await new Promise((next) => setTimeout(next, 100));
    throw new Error(`${command} did not start; what it wrote is above`);
  })();
  const endpoint = await Promise.race([started, failed]);

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
