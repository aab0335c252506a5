// Measures what docs/decisions/0011-console.md promises, against a server of its own. Not a test:
// figures depend on the machine. npm run figures, in console/.
import { openBrowser } from './browser.mjs';
import { Server } from './server.mjs';

const server = new Server();
const rows = [];
const note = (figure, measured, budget) => {
  rows.push([figure, measured, budget]);
  console.error(figure, measured);
};
const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];

async function tab(browser, does) {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  try {
    return await does(page);
  } finally {
    await context.close();
  }
}

/** From an action until what it leads to is on the page and painted. Units: milliseconds. */
const timed = (page, action, words) =>
  page.evaluate(
    ([action, words]) =>
      new Promise((resolve, reject) => {
        const field = () => document.querySelector('.events-filter input');
        const { act, seen } = {
          filter: {
            act: () => {
              const { set } = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value');
              set.call(field(), words);
              field().dispatchEvent(new Event('input', { bubbles: true }));
            },
            seen: () =>
              field().value === words &&
              / of /.test(document.querySelector('.events-filter .quiet').textContent),
          },
          select: {
            act: () => document.querySelector(`[data-state="${words}"]`).click(),
            seen: () =>
              document.querySelector('h2')?.textContent === words &&
              document.querySelector('.step-body .json-line'),
          },
        }[action];
        const started = performance.now();
        const look = () => {
          const took = performance.now() - started;
          if (seen()) {
            requestAnimationFrame(() => resolve(performance.now() - started));
          } else if (took > 20_000) {
            reject(new Error(`${action} led to nothing`));
          } else {
            setTimeout(look, 4);
          }
        };
        act();
        look();
      }),
    [action, words],
  );

await server.start();
const browser = await openBrowser();
try {
  // The list, cold: a fresh context each time.
  const paints = [];
  const usables = [];
  let bytes = { js: 0, css: 0 };
  for (let i = 0; i < 5; i++) {
    await tab(browser, async (page) => {
      await page.goto(server.origin, { waitUntil: 'commit' });
      await page.getByRole('link', { name: 'OrderFlow' }).waitFor();
      const found = await page.evaluate(() => {
        const files = performance.getEntriesByType('resource');
        const sum = (end) =>
          files.filter((f) => f.name.endsWith(end)).reduce((n, f) => n + f.encodedBodySize, 0);
        return {
          now: performance.now(),
          paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0,
          js: sum('.js'),
          css: sum('.css'),
        };
      });
      paints.push(found.paint);
      usables.push(found.now);
      bytes = found;
    });
  }
  note('initial scripts, packed', `${(bytes.js / 1_024).toFixed(0)} KiB`, '330 KiB');
  note('initial styles, packed', `${(bytes.css / 1_024).toFixed(0)} KiB`, '105 KiB');
  note('first paint of the list', `${(median(paints) / 1_000).toFixed(2)} s`, '1.3 s');
  note('list usable', `${(median(usables) / 1_000).toFixed(2)} s`, '1.5 s');

  const chain = (n) => ({
    StartAt: 'S0',
    States: Object.fromEntries(
      Array.from({ length: n }, (_, i) => [
        `S${i}`,
        i === n - 1
          ? { Type: 'Succeed' }
          : i % 7 === 3
            ? {
                Type: 'Choice',
                Choices: [
                  { Variable: '$.x', NumericEquals: i, Next: `S${Math.min(n - 1, i + 3)}` },
                ],
                Default: `S${i + 1}`,
              }
            : { Type: 'Pass', Next: `S${i + 1}` },
      ]),
    ),
  });
  for (const n of [500, 2_000]) {
    const arn = await server.createMachine(`states-${n}`, chain(n));
    await tab(browser, async (page) => {
      await page.addInitScript(() => {
        const real = globalThis.Worker;
        globalThis.Worker = class extends real {
          constructor(...args) {
            super(...args);
            this.addEventListener('message', ({ data }) => {
              globalThis.worked = data.took;
            });
          }
        };
      });
      await page.goto(`${server.origin}/state-machines/${arn}?tab=definition`);
      await page.locator('[data-state="S0"]').waitFor();
      const worked = await page.evaluate(() => globalThis.worked);
      note(
        `layout of ${n} states, in its worker`,
        `${worked?.toFixed(0)} ms`,
        n === 500 ? '150 ms' : '500 ms',
      );
      if (n === 2_000) {
        const frames = await page.evaluate(
          () =>
            new Promise((resolve) => {
              const graph = document.querySelector('.graph');
              let [count, y] = [0, 0];
              const started = performance.now();
              const at = (type, dy) =>
                new PointerEvent(type, { bubbles: true, clientX: 400, clientY: 400 + dy });
              graph.dispatchEvent(at('pointerdown', 0));
              const step = () => {
                count++;
                y -= 20;
                window.dispatchEvent(at('pointermove', y));
                if (performance.now() - started < 4_000) {
                  requestAnimationFrame(step);
                } else {
                  window.dispatchEvent(at('pointerup', y));
                  resolve(count / ((performance.now() - started) / 1_000));
                }
              };
              requestAnimationFrame(step);
            }),
        );
        note('2,000 states panned, software drawing', `${frames.toFixed(0)} frames/s`, '45');
      }
    });
  }

  const { activityArn } = await server.call('CreateActivity', { name: 'seen' });
  const seen = await server.createMachine('seen', {
    StartAt: 'Wait for it',
    States: {
      'Wait for it': { Type: 'Task', Resource: activityArn, Next: 'Wait again' },
      'Wait again': { Type: 'Task', Resource: activityArn, End: true },
    },
  });
  const latencies = [];
  for (let i = 0; i < 5; i++) {
    const arn = await server.startExecution(seen, {});
    await tab(browser, async (page) => {
      await page.goto(`${server.origin}/executions/${arn}`);
      await page.locator('[data-state="Wait for it"][data-status="running"]').waitFor();
      const painted = page.evaluate(
        () =>
          new Promise((resolve) => {
            const look = () =>
              document.querySelector('[data-state="Wait again"][data-status="running"]')
                ? requestAnimationFrame(() => resolve(Date.now()))
                : setTimeout(look, 2);
            look();
          }),
      );
      const { taskToken } = await server.call('GetActivityTask', { activityArn });
      await server.call('SendTaskSuccess', { taskToken, output: '{}' });
      const answered = Date.now();
      latencies.push(Math.max(0, (await painted) - answered));
      await server.call('StopExecution', { executionArn: arn });
    });
  }
  note('an event painted, after the answer that caused it', `${median(latencies)} ms`, '200 ms');

  const loop = await server.createMachine('loop', {
    StartAt: 'Init',
    States: {
      Init: { Type: 'Pass', Result: 0, ResultPath: '$.n', Next: 'Add' },
      Add: { Type: 'Pass', Parameters: { 'n.$': 'States.MathAdd($.n, 1)' }, Next: 'Enough?' },
      'Enough?': {
        Type: 'Choice',
        Choices: [{ Variable: '$.n', NumericGreaterThanEquals: 6_000, Next: 'Done' }],
        Default: 'Add',
      },
      Done: { Type: 'Succeed' },
    },
  });
  const long = await server.startExecution(loop, {});
  await server.ended(long);
  await tab(browser, async (page) => {
    const started = Date.now();
    await page.goto(`${server.origin}/executions/${long}?view=events`);
    await page
      .locator('.events-filter')
      .getByText(/^2\d{4} events/)
      .waitFor();
    const count = await page.locator('.events-filter .quiet').textContent();
    note(`${count}, loaded and shown`, `${((Date.now() - started) / 1_000).toFixed(1)} s`, '–');
    const first = await timed(page, 'filter', 'choice 17');
    note('… filtered, the first time', `${first.toFixed(0)} ms`, '80 ms');
    note('… and then', `${(await timed(page, 'filter', 'choice 171')).toFixed(0)} ms`, '80 ms');
  });

  const bulk = await server.createMachine('bulk', {
    StartAt: 'Keep',
    States: { Keep: { Type: 'Pass', End: true } },
  });
  const items = Array.from({ length: 4_000 }, (_, i) => ({
    id: i,
    name: `item ${i}`,
    tags: ['a', 1],
  }));
  const payload = items.slice(
    0,
    Math.floor((items.length * 250_000) / JSON.stringify(items).length),
  );
  const large = await server.startExecution(bulk, payload);
  await server.ended(large);
  await tab(browser, async (page) => {
    await page.goto(`${server.origin}/executions/${large}`);
    await page.locator('[data-state="Keep"][data-status="succeeded"]').waitFor();
    const shown = await timed(page, 'select', 'Keep');
    const size = Math.round(JSON.stringify(payload).length / 1_024);
    note(`${size} KiB of JSON shown`, `${shown.toFixed(0)} ms`, '120 ms');
  });
  // An hour of ten changes a second, as fast as they come, on two pages that show them. What is
  // garbage is collected before each look.
  const busy = await server.createMachine('busy', {
    StartAt: 'Keep',
    States: { Keep: { Type: 'Pass', End: true } },
  });
  for (const [words, path] of [
    ['list of state machines', '/state-machines'],
    ['monitoring', `/state-machines/${busy}?tab=monitoring`],
    ['list of executions', `/state-machines/${busy}`],
  ]) {
    await tab(browser, async (page) => {
      await page.goto(server.origin + path);
      await page.getByText('busy').first().waitFor();
      const session = await page.context().newCDPSession(page);
      const heap = async () => {
        await session.send('HeapProfiler.collectGarbage');
        return (await session.send('Runtime.getHeapUsage')).usedSize / 1_048_576;
      };
      const heard = async (count) => {
        for (let i = 0; i < count; i += 50) {
          await Promise.all(Array.from({ length: 50 }, () => server.startExecution(busy, {})));
        }
        await page.waitForTimeout(500);
      };
      await heard(4_000);
      const early = await heap();
      await heard(16_000);
      const half = await heap();
      await heard(16_000);
      note(
        `memory of the ${words} after 4,000, 20,000 and 36,000 live changes`,
        `${early.toFixed(1)}, ${half.toFixed(1)}, ${(await heap()).toFixed(1)} MiB`,
        'steady',
      );
    });
  }

  // Fifty tabs of fifty browsers, which share nothing: each has its stream, and asks as a list does.
  const before = await server.usedBytes();
  const gone = new AbortController();
  const streams = [];
  for (let i = 0; i < 50; i++) {
    const stream = await fetch(`${server.origin}/_stepwise/events`, {
      headers: { 'X-Stepwise-Admin': 'console' },
      signal: gone.signal,
    });
    streams.push(stream.body.getReader());
    await streams.at(-1).read();
    await server.call('ListExecutions', { stateMachineArn: busy, maxResults: 50 });
  }
  for (let i = 0; i < 200; i++) {
    await server.startExecution(busy, {});
  }
  const after = await server.usedBytes();
  note(
    '50 open tabs, of as many browsers, cost the server',
    `${((after.heap - before.heap) / 1e6).toFixed(1)} MB of heap, ${((after.resident - before.resident) / 1e6).toFixed(1)} MB resident`,
    '20 MB',
  );
  gone.abort();
} finally {
  await browser.close();
  await server.close();
}

const widths = [0, 1, 2].map((c) => Math.max(...rows.map((r) => String(r[c]).length)));
for (const row of rows) {
  console.log(`| ${row.map((cell, c) => String(cell).padEnd(widths[c])).join(' | ')} |`);
}
