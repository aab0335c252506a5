import { headersForStream } from '../api/client.ts';
import type { ExecutionStatus } from '../api/types.ts';
import { Stream, type Filter, type StreamState } from './stream.ts';

/** An execution went on: its events from one to another are new. */
export interface Decision {
  executionArn: string;
  stateMachineArn: string;
  status: ExecutionStatus;
  firstEvent: number;
  lastEvent: number;
}

export interface Listener {
  /** What the listener was told of has changed. */
  decision(decision: Decision): void;
  /** Anything may have changed: ask anew. */
  reset(): void;
}

type Letter =
  | { kind: 'want'; tab: string; wants: Filter[] }
  | { kind: 'bye'; tab: string }
  | { kind: 'who' }
  | { kind: 'state'; state: StreamState }
  | { kind: 'decision'; decision: Decision }
  | { kind: 'reset' };

/** What the feed needs of a browser; tests have their own. */
export interface Surroundings {
  tab: string;
  /** Messages to the other tabs of this origin. */
  post(letter: Letter): void;
  onLetter(hear: (letter: Letter) => void): void;
  /** Calls back when this tab is the one to hold the stream; answers how to give that up. */
  lead(elected: () => void): () => void;
  open: (...args: ConstructorParameters<typeof Stream>) => Pick<Stream, 'close' | 'position'>;
}

const ROLL_CALL_MS = 60_000;
const ANSWER_MS = 5_000;
/** Several changes of what is wanted make one change of the stream. */
const SETTLE_MS = 30;

/**
 * Tells what changes on the server, to every tab from one stream: a browser opens only six
 * connections to a server, and a stream for each tab would leave none for requests.
 *
 * One tab holds the stream and hands on what comes. Each tells it what it wants to know; the stream
 * asks for just that where all want the same, else for everything. When the tab goes, another
 * takes its place, and its listeners ask anew.
 */
export class Feed {
  private readonly listeners = new Map<Listener, Filter>();
  private readonly stateListeners = new Set<() => void>();
  private readonly others = new Map<string, Filter[]>();
  private current: StreamState = 'connecting';
  private leads = false;
  private asked = false;
  private stream: Pick<Stream, 'close' | 'position'> | undefined;
  private filter: string | undefined;
  private settling: ReturnType<typeof setTimeout> | undefined;
  private rollCall: ReturnType<typeof setInterval> | undefined;
  private resign: (() => void) | undefined;

  constructor(private readonly around: Surroundings) {
    around.onLetter((letter) => this.hear(letter));
  }

  /** Listens to changes of one execution, of one state machine, or of all. */
  listen(filter: Filter, listener: Listener): () => void {
    this.listeners.set(listener, filter);
    if (!this.asked) {
      this.asked = true;
      this.resign = this.around.lead(() => this.elected());
    }
    this.say();
    return () => {
      this.listeners.delete(listener);
      this.say();
    };
  }

  state(): StreamState {
    return this.current;
  }

  /** Whether anybody in this tab listens. */
  isWanted(): boolean {
    return this.listeners.size > 0;
  }

  onState(changed: () => void): () => void {
    this.stateListeners.add(changed);
    return () => this.stateListeners.delete(changed);
  }

  /** Leaves the others to themselves, e.g. as the page is put away. */
  leave(): void {
    this.around.post({ kind: 'bye', tab: this.around.tab });
    this.stream?.close();
    this.stream = undefined;
    this.filter = undefined;
    clearInterval(this.rollCall);
    clearTimeout(this.settling);
    this.leads = false;
    this.asked = false;
    this.resign?.();
  }

  /** Comes back to the others, e.g. as the page is taken out again. */
  join(): void {
    if (this.listeners.size && !this.asked) {
      this.asked = true;
      this.resign = this.around.lead(() => this.elected());
      this.say();
      this.tellReset();
    }
  }

  private elected(): void {
    this.leads = true;
    this.around.post({ kind: 'who' });
    this.rollCall = setInterval(() => this.call(), ROLL_CALL_MS);
    this.settle();
  }

  /** Tabs that went without a word are found by their silence. */
  private call(): void {
    const silent = new Set(this.others.keys());
    const heard = (letter: Letter) => letter.kind === 'want' && silent.delete(letter.tab);
    this.heardSince = heard;
    this.around.post({ kind: 'who' });
    setTimeout(() => {
      silent.forEach((tab) => this.others.delete(tab));
      this.heardSince = undefined;
      this.settle();
    }, ANSWER_MS);
  }

  private heardSince: ((letter: Letter) => void) | undefined;

  private say(): void {
    this.around.post({ kind: 'want', tab: this.around.tab, wants: [...this.listeners.values()] });
    if (this.leads) {
      this.settle();
    }
  }

  private hear(letter: Letter): void {
    this.heardSince?.(letter);
    switch (letter.kind) {
      case 'who':
        if (this.asked && this.listeners.size) {
          this.say();
        }
        break;
      case 'want':
        if (this.leads) {
          if (letter.wants.length) {
            this.others.set(letter.tab, letter.wants);
          } else {
            this.others.delete(letter.tab);
          }
          this.around.post({ kind: 'state', state: this.current });
          this.settle();
        }
        break;
      case 'bye':
        this.others.delete(letter.tab);
        if (this.leads) {
          this.settle();
        }
        break;
      case 'state':
        this.setState(letter.state);
        break;
      case 'decision':
        this.tell(letter.decision);
        break;
      case 'reset':
        this.tellReset();
        break;
    }
  }

  private settle(): void {
    clearTimeout(this.settling);
    this.settling = setTimeout(() => this.reopen(), SETTLE_MS);
  }

  private reopen(): void {
    if (!this.leads) {
      return;
    }
    const wants = [...this.listeners.values(), ...[...this.others.values()].flat()];
    const distinct = new Set(wants.map((f) => JSON.stringify(f)));
    const filter = distinct.size === 0 ? undefined : distinct.size === 1 ? [...distinct][0]! : '{}';
    // What is open for everything need not be opened for less.
    if (filter === this.filter || (filter !== undefined && this.filter === '{}')) {
      return;
    }
    const position = this.stream?.position;
    this.stream?.close();
    this.stream = undefined;
    this.filter = filter;
    if (filter === undefined) {
      return;
    }
    this.stream = this.around.open(JSON.parse(filter) as Filter, position, headersForStream, {
      message: ({ event, data }) => {
        if (event === 'decision') {
          const decision = JSON.parse(data) as Decision;
          this.around.post({ kind: 'decision', decision });
          this.tell(decision);
        } else if (event === 'reset') {
          this.around.post({ kind: 'reset' });
          this.tellReset();
        }
      },
      state: (state, resumed) => {
        this.around.post({ kind: 'state', state });
        this.setState(state);
        if (state === 'open' && !resumed) {
          this.around.post({ kind: 'reset' });
          this.tellReset();
        }
      },
    });
  }

  private tell(decision: Decision): void {
    for (const [listener, filter] of [...this.listeners]) {
      if (
        (filter.executionArn === undefined || filter.executionArn === decision.executionArn) &&
        (filter.stateMachineArn === undefined ||
          filter.stateMachineArn === decision.stateMachineArn)
      ) {
        listener.decision(decision);
      }
    }
  }

  private tellReset(): void {
    [...this.listeners.keys()].forEach((listener) => listener.reset());
  }

  private setState(state: StreamState): void {
    if (state !== this.current) {
      this.current = state;
      this.stateListeners.forEach((changed) => changed());
    }
  }
}

/** The tabs of a browser, joined by a channel and a lock. */
function browser(): Surroundings {
  // Pages that come neither over TLS nor from this machine have no locks; each has its own stream.
  const isAlone = !('locks' in navigator);
  const channel = new BroadcastChannel('stepwise-feed');
  return {
    tab: Array.from(crypto.getRandomValues(new Uint32Array(2)), (n) => n.toString(36)).join(''),
    post: (letter) => !isAlone && channel.postMessage(letter),
    onLetter: (hear) =>
      channel.addEventListener('message', ({ data }) => !isAlone && hear(data as Letter)),
    lead: (elected) => {
      if (isAlone) {
        elected();
        return () => undefined;
      }
      let release: () => void = () => undefined;
      const gone = new AbortController();
      navigator.locks
        .request('stepwise-feed', { signal: gone.signal }, () => {
          elected();
          return new Promise<void>((resolve) => (release = resolve));
        })
        .catch(() => undefined);
      return () => {
        release();
        gone.abort();
      };
    },
    open: (...args) => new Stream(...args),
  };
}

let shared: Feed | undefined;

/** The one of this tab. */
export function theFeed(): Feed {
  if (!shared) {
    const feed = new Feed(browser());
    window.addEventListener('pagehide', () => feed.leave());
    window.addEventListener('pageshow', () => feed.join());
    shared = feed;
  }
  return shared;
}
