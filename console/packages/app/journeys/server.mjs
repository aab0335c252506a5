import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const START =
  process.env.STEPWISE_COMMAND ??
  fileURLToPath(new URL('../../../../bin/stepwise', import.meta.url));

/** A server of its own, with data of its own, and the API beside the browser. */
export class Server {
  #data = mkdtempSync(join(tmpdir(), 'stepwise-console-'));
  #process;
  port = 0;

  async start() {
    const options = ['start', '--port', String(this.port), '--data', this.#data];
    const env = { ...process.env, STEPWISE_START_CACHE: 'off' };
    const started = spawn(START, options, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#process = started;
    let said = '';
    this.port = await new Promise((resolve, reject) => {
      const hear = (chunk) => {
        said += chunk;
        const port = /endpoint +http:\/\/[^:]+:(\d+)/.exec(said)?.[1];
        if (port) {
          resolve(Number(port));
        }
      };
      started.stdout.on('data', hear);
      started.stderr.on('data', hear);
      started.on('exit', () => reject(new Error(`The server did not start:\n${said}`)));
    });
  }

  /** Ends it as a power cut would. */
  async kill() {
    const ended = new Promise((resolve) => this.#process.once('exit', resolve));
    this.#process.kill('SIGKILL');
    await ended;
  }

  async close() {
    await this.kill();
    rmSync(this.#data, { recursive: true, force: true });
  }

  /** What its objects take once garbage is collected, and what the process takes. Units: bytes. */
  async usedBytes() {
    const java = process.env.JAVA_HOME ? join(process.env.JAVA_HOME, 'bin', 'jcmd') : 'jcmd';
    execFileSync(java, [String(this.#process.pid), 'GC.run']);
    const text = await (await fetch(`${this.origin}/metrics`)).text();
    const of = (name) =>
      Number(
        text
          .split('\n')
          .find((line) => line.startsWith(name))
          .split(' ')[1],
      );
    return {
      heap: of('jvm_memory_used_bytes{area="heap"}'),
      resident: of('process_resident_memory_bytes'),
    };
  }

  get origin() {
    return `http://127.0.0.1:${this.port}`;
  }

  async call(operation, input) {
    const response = await fetch(`${this.origin}/`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/x-amz-json-1.0',
        'X-Amz-Target': `AWSStepFunctions.${operation}`,
      },
      body: JSON.stringify(input),
    });
    const answer = await response.json();
    if (!response.ok) {
      throw new Error(`${operation}: ${JSON.stringify(answer)}`);
    }
    return answer;
  }

  async createMachine(name, definition) {
    const { stateMachineArn } = await this.call('CreateStateMachine', {
      name,
      roleArn: 'arn:aws:iam::123456789012:role/any',
      definition: JSON.stringify(definition),
    });
    return stateMachineArn;
  }

  async startExecution(stateMachineArn, input, name) {
    const request = { stateMachineArn, input: JSON.stringify(input), ...(name ? { name } : {}) };
    return (await this.call('StartExecution', request)).executionArn;
  }

  /** How an execution ended; asks until it has. */
  async ended(executionArn) {
    for (;;) {
      const details = await this.call('DescribeExecution', { executionArn });
      if (details.status !== 'RUNNING') {
        return details;
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  /** Waits for a task of an activity, and answers it. */
  async answer(activityArn, operation, answer) {
    const { taskToken } = await this.call('GetActivityTask', { activityArn });
    await this.call(operation, { taskToken, ...answer });
  }
}
