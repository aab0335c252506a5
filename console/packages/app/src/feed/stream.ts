import { StreamReader, type Message } from './sse.ts';

/** Which changes are told: of one execution, of one state machine, or all. */
export interface Filter {
  executionArn?: string;
  stateMachineArn?: string;
}

export type StreamState =
  | 'connecting'
  | 'open'
  /** It was lost, or could not be opened; it is tried again. */
  | 'lost';

interface Hooks {
  message(message: Message): void;
  /** `resumed`: nothing was missed. */
  state(state: StreamState, resumed: boolean): void;
}

const PATH = '/_stepwise/events';
/** The server says something each 15 s. */
const SILENCE_MS = 40_000;
const PAUSES_MS = [300, 1_000, 2_000, 5_000];

/**
 * The stream of changes, kept open until it is closed: when it breaks it goes on behind the last
 * message that came. It is read by fetch and not by an EventSource, which can't be let in by a
 * header and does not say why it failed.
 */
export class Stream {
  private readonly gone = new AbortController();

  constructor(
    private readonly filter: Filter,
    private cursor: string | undefined,
    private readonly headers: () => Record<string, string>,
    private readonly hooks: Hooks,
    private readonly ask: typeof fetch = (...request) => fetch(...request),
  ) {
    void this.keepOpen();
  }

  /** The last message that came. */
  get position(): string | undefined {
    return this.cursor;
  }

  close(): void {
    this.gone.abort();
  }

  private async keepOpen(): Promise<void> {
    let failures = 0;
    this.hooks.state('connecting', true);
    while (!this.gone.signal.aborted) {
      const opened = await this.readOnce();
      if (this.gone.signal.aborted) {
        return;
      }
      failures = opened ? 0 : failures + 1;
      this.hooks.state('lost', false);
      await this.pause(PAUSES_MS[Math.min(failures, PAUSES_MS.length - 1)]!);
    }
  }

  /** Whether it was open for a while. */
  private async readOnce(): Promise<boolean> {
    const attempt = new AbortController();
    const stop = () => attempt.abort();
    this.gone.signal.addEventListener('abort', stop);
    let watch: ReturnType<typeof setTimeout> | undefined;
    const listen = () => {
      clearTimeout(watch);
      watch = setTimeout(stop, SILENCE_MS);
    };
    let opened = false;
    try {
      listen();
      const query = new URLSearchParams(this.filter as Record<string, string>).toString();
      const response = await this.ask(query ? `${PATH}?${query}` : PATH, {
        headers: {
          Accept: 'text/event-stream',
          ...this.headers(),
          ...(this.cursor === undefined ? {} : { 'Last-Event-ID': this.cursor }),
        },
        signal: attempt.signal,
        cache: 'no-store',
      });
      const type = response.headers.get('Content-Type') ?? '';
      if (!response.ok || !type.startsWith('text/event-stream') || !response.body) {
        void response.body?.cancel();
        return false;
      }
      opened = true;
      this.hooks.state('open', this.cursor !== undefined);
      const reader = new StreamReader();
      const pieces = response.body.pipeThrough(new TextDecoderStream()).getReader();
      attempt.signal.addEventListener('abort', () => void pieces.cancel().catch(() => undefined));
      for (let next = await pieces.read(); !next.done; next = await pieces.read()) {
        listen();
        const messages = reader.push(next.value);
        this.cursor = reader.lastId ?? this.cursor;
        for (const message of messages) {
          if (!this.gone.signal.aborted) {
            this.hooks.message(message);
          }
        }
      }
    } catch {
      // Lost, silent or closed by us: what follows is the same.
    } finally {
      clearTimeout(watch);
      attempt.abort();
      this.gone.signal.removeEventListener('abort', stop);
    }
    return opened;
  }

  private pause(millis: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, millis);
      this.gone.signal.addEventListener('abort', () => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
}
