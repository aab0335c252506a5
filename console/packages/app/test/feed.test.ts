import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Feed, type Decision, type Surroundings } from '../src/feed/feed.ts';
import { Stream, type Filter, type StreamState } from '../src/feed/stream.ts';

const decision = (execution: string): Decision => ({
  executionArn: execution,
  stateMachineArn: 'm',
  status: 'RUNNING',
  firstEvent: 1,
  lastEvent: 2,
});

/** A browser with tabs: they hear each other, one leads, and streams are opened by hand. */
class Tabs {
  readonly streams: { filter: Filter; cursor: string | undefined; say: Hooks; open: boolean }[] =
    [];
  private readonly hearers = new Map<string, (letter: never) => void>();
  private readonly queue: { tab: string; elected: () => void }[] = [];

  tab(name: string): Surroundings {
    return {
      tab: name,
      post: (letter) =>
        [...this.hearers].forEach(([other, hear]) => other !== name && hear(letter as never)),
      onLetter: (hear) => this.hearers.set(name, hear as never),
      lead: (elected) => {
        const place = { tab: name, elected };
        this.queue.push(place);
        if (this.queue.length === 1) {
          elected();
        }
        return () => {
          const wasFirst = this.queue[0] === place;
          this.queue.splice(this.queue.indexOf(place), 1);
          if (wasFirst) {
            this.queue[0]?.elected();
          }
        };
      },
      open: (filter, cursor, _, say) => {
        const stream = { filter, cursor, say, open: true };
        this.streams.push(stream);
        return { close: () => (stream.open = false), position: '42' };
      },
    };
  }

  /** Without a word, as a tab that crashed. */
  kill(name: string): void {
    this.hearers.delete(name);
  }
}

type Hooks = ConstructorParameters<typeof Stream>[3];

const listener = () => ({ decision: vi.fn(), reset: vi.fn() });

const tell = (stream: Tabs['streams'][number], d: Decision) =>
  stream.say.message({ id: '1', event: 'decision', data: JSON.stringify(d) });

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('the feed of several tabs', () => {
  it('asks for no more than is wanted, and once', () => {
    const tabs = new Tabs();
    const [one, two] = [new Feed(tabs.tab('one')), new Feed(tabs.tab('two'))];
    one.listen({ executionArn: 'a' }, listener());
    two.listen({ executionArn: 'a' }, listener());
    vi.advanceTimersByTime(100);

    expect(tabs.streams.map((s) => s.filter)).toEqual([{ executionArn: 'a' }]);
  });

  it('asks for everything where tabs want different things, and goes on behind the last message', () => {
    const tabs = new Tabs();
    const [one, two] = [new Feed(tabs.tab('one')), new Feed(tabs.tab('two'))];
    const [first, second] = [listener(), listener()];
    one.listen({ executionArn: 'a' }, first);
    vi.advanceTimersByTime(100);
    two.listen({ executionArn: 'b' }, second);
    vi.advanceTimersByTime(100);

    expect(tabs.streams.map((s) => [s.filter, s.cursor, s.open])).toEqual([
      [{ executionArn: 'a' }, undefined, false],
      [{}, '42', true],
    ]);
    tell(tabs.streams[1]!, decision('b'));
    expect(first.decision).not.toHaveBeenCalled();
    expect(second.decision).toHaveBeenCalledWith(decision('b'));
  });

  it('goes on in another tab when the one that holds the stream goes', () => {
    const tabs = new Tabs();
    const [one, two] = [new Feed(tabs.tab('one')), new Feed(tabs.tab('two'))];
    const left = listener();
    one.listen({ executionArn: 'a' }, listener());
    two.listen({ stateMachineArn: 'm' }, left);
    vi.advanceTimersByTime(100);
    one.leave();
    vi.advanceTimersByTime(100);

    expect(tabs.streams.filter((s) => s.open).map((s) => s.filter)).toEqual([
      { stateMachineArn: 'm' },
    ]);
    tabs.streams.at(-1)!.say.state('open', false);
    expect(left.reset).toHaveBeenCalledOnce();
  });

  it('needs no stream when nobody listens', () => {
    const tabs = new Tabs();
    const feed = new Feed(tabs.tab('one'));
    const off = feed.listen({}, listener());
    vi.advanceTimersByTime(100);
    off();
    vi.advanceTimersByTime(100);

    expect(tabs.streams.map((s) => s.open)).toEqual([false]);
  });

  it('forgets a tab that went without a word', () => {
    const tabs = new Tabs();
    const [one, two] = [new Feed(tabs.tab('one')), new Feed(tabs.tab('two'))];
    const off = one.listen({ executionArn: 'a' }, listener());
    two.listen({ executionArn: 'b' }, listener());
    vi.advanceTimersByTime(100);
    off();
    tabs.kill('two');
    vi.advanceTimersByTime(70_000);

    expect(tabs.streams.at(-1)!.open).toBe(false);
  });

  it('tells every tab how the stream stands, and to ask anew after a reset', () => {
    const tabs = new Tabs();
    const [one, two] = [new Feed(tabs.tab('one')), new Feed(tabs.tab('two'))];
    const [first, second] = [listener(), listener()];
    one.listen({}, first);
    two.listen({}, second);
    vi.advanceTimersByTime(100);
    tabs.streams[0]!.say.state('lost', false);
    expect([one.state(), two.state()]).toEqual(['lost', 'lost']);
    tabs.streams[0]!.say.state('open', true);
    expect(first.reset).not.toHaveBeenCalled();
    tabs.streams[0]!.say.message({ id: '2', event: 'reset', data: '{}' });
    expect([first.reset, second.reset].map((f) => f.mock.calls.length)).toEqual([1, 1]);
  });
});

/** A server whose answers are given one by one. */
class Server {
  readonly asked: { url: string; headers: Record<string, string> }[] = [];
  private body: ReadableStreamDefaultController<Uint8Array> | undefined;
  constructor(private readonly answers: (() => Response)[]) {}

  readonly fetch = ((url: string, { headers }: { headers: Record<string, string> }) => {
    this.asked.push({ url, headers });
    const answer = this.answers.shift();
    return answer ? Promise.resolve(answer()) : Promise.reject(new TypeError('refused'));
  }) as unknown as typeof fetch;

  stream = (): Response => {
    const body = new ReadableStream<Uint8Array>({ start: (c) => void (this.body = c) });
    return new Response(body, { headers: { 'Content-Type': 'text/event-stream' } });
  };

  send = (text: string) => this.body!.enqueue(new TextEncoder().encode(text));
  cut = () => this.body!.error(new TypeError('cut'));
}

describe('a stream', () => {
  const follow = (server: Server, filter: Filter = {}) => {
    const states: [StreamState, boolean][] = [];
    const heard: string[] = [];
    const stream = new Stream(
      filter,
      undefined,
      () => ({ key: 'k' }),
      {
        state: (state, resumed) => states.push([state, resumed]),
        message: (m) => heard.push(m.data),
      },
      server.fetch,
    );
    return { stream, states, heard };
  };
  const soon = () => vi.advanceTimersByTimeAsync(10);

  it('goes on behind the last message after it was cut', async () => {
    const server: Server = new Server([() => server.stream(), () => server.stream()]);
    const { stream, states, heard } = follow(server, { executionArn: 'a:b' });
    await soon();
    server.send('id: c1\ndata: one\n\n');
    await soon();
    server.cut();
    await vi.advanceTimersByTimeAsync(1_000);
    server.send('data: two\n\n');
    await soon();
    stream.close();

    expect(heard).toEqual(['one', 'two']);
    expect(server.asked.map((a) => [a.url, a.headers['Last-Event-ID'], a.headers.key])).toEqual([
      ['/_stepwise/events?executionArn=a%3Ab', undefined, 'k'],
      ['/_stepwise/events?executionArn=a%3Ab', 'c1', 'k'],
    ]);
    expect(states).toEqual([
      ['connecting', true],
      ['open', false],
      ['lost', false],
      ['open', true],
    ]);
  });

  it('is taken for lost when it is silent, and tried again, at first soon', async () => {
    const server: Server = new Server([() => server.stream()]);
    const { stream, states } = follow(server);
    await vi.advanceTimersByTimeAsync(39_000);
    server.send(': still here\n\n');
    await vi.advanceTimersByTimeAsync(39_000);
    expect(states.at(-1)).toEqual(['open', false]);
    await vi.advanceTimersByTimeAsync(20_000);
    stream.close();

    expect(states.at(-1)).toEqual(['lost', false]);
    expect(server.asked.length).toBeGreaterThan(3);
  });

  it('is tried again where the server refuses it', async () => {
    const server: Server = new Server([
      () => new Response('no', { status: 503 }),
      () => new Response('a page', { headers: { 'Content-Type': 'text/html' } }),
      () => server.stream(),
    ]);
    const { stream, states } = follow(server);
    await vi.advanceTimersByTimeAsync(5_000);
    stream.close();

    expect(states.map(([state]) => state)).toEqual(['connecting', 'lost', 'lost', 'open']);
  });
});
