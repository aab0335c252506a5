import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { env } from 'node:process';
import { describe, expect, it } from 'vitest';
import {
  axis,
  drawable,
  eventDetails,
  Outline,
  readHistory,
  timeline,
  viewOf,
  type HistoryEvent,
} from '../src/index.ts';

// Histories that AWS gave, where they are at hand: a folder of cases beside this checkout, or named.
const FOLDER = [
  env.STEPWISE_CONFORMANCE ?? '',
  ...['../../../../shared/conformance', '../../../../../shared/conformance'].map((path) =>
    join(import.meta.dirname, '..', path),
  ),
]
  .map((folder) => join(folder, 'cases'))
  .find((folder) => existsSync(folder));

interface Step {
  call?: string;
  params?: Record<string, string>;
  expect?: { events?: HistoryEvent[] };
}

interface Case {
  id: string;
  kind: string;
  unordered?: string;
  steps: Step[];
}

function* recorded(
  folder: string,
): Generator<{ id: string; definition: unknown; events: HistoryEvent[] }> {
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    if (!file.endsWith('.json')) {
      continue;
    }
    const found = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Case;
    const definitions = found.steps.filter((s) =>
      ['CreateStateMachine', 'UpdateStateMachine'].includes(s.call ?? ''),
    );
    const histories = found.steps.flatMap((s) =>
      s.call === 'GetExecutionHistory' && s.expect?.events ? [s.expect.events] : [],
    );
    // Of several machines one can't tell which history is of which.
    if (definitions.length !== 1 || histories.length === 0) {
      continue;
    }
    const text = definitions[0]!.params?.definition ?? '';
    let definition: unknown;
    try {
      definition = JSON.parse(text);
    } catch {
      continue;
    }
    for (const events of histories) {
      // What ran side by side was recorded without its ids there.
      if (events.length > 0 && events.every((e) => typeof e.id === 'number')) {
        yield {
          id: found.id,
          definition,
          events: events
            .map((e) => ({ ...e, timestamp: 1_700_000_000 + e.id }))
            .sort((a, b) => a.id - b.id),
        };
      }
    }
  }
}

describe.skipIf(FOLDER === undefined)('every recorded history', () => {
  const all = FOLDER === undefined ? [] : [...recorded(FOLDER)];

  it('is found', () => {
    expect(all.length).toBeGreaterThan(250);
  });

  it('becomes a graph whose colours agree with how it ended', () => {
    for (const { id, definition, events } of all) {
      const scope = drawable(definition);
      if (!scope) {
        continue;
      }
      const outline = new Outline(scope);
      const run = readHistory(outline, events);
      const view = viewOf(outline, run);
      const end = events.at(-1)!.type;
      const statuses = run.steps.map((s) => s.status);
      const says = (claim: boolean, what: string) => expect(claim, `${id}: ${what}`).toBe(true);

      const entered = events.filter((e) => e.type.endsWith('StateEntered'));
      says(run.steps.length === entered.length, 'a step for each state entered');
      for (const step of run.steps) {
        says(step.node !== undefined, `${step.name} is in the graph`);
      }
      for (const exit of events.filter((e) => e.type.endsWith('StateExited'))) {
        const name = eventDetails(exit)!.name as string;
        const step = run.stepOfEvent.get(exit.id);
        says(step?.name === name, `${exit.id} closes ${name}`);
        says(
          step?.status === 'succeeded' || step?.status === 'caught',
          `${name} is green or orange`,
        );
      }
      if (end.startsWith('Execution') && end !== 'ExecutionStarted') {
        says(!statuses.includes('running'), 'nothing is blue after the end');
      }
      if (end === 'ExecutionSucceeded') {
        const top = run.steps.filter((s) => !s.parent);
        says(
          top.every((s) => s.status === 'succeeded' || s.status === 'caught'),
          'the way is green',
        );
        says(view.status.get('#End') === 'succeeded', 'the end is green');
        says(run.failing === undefined, 'nothing failed it');
      } else if (end === 'ExecutionFailed' && run.steps.length) {
        says(run.failing?.status === 'failed', 'the state that failed it is red');
        for (let s = run.failing; s; s = s.parent) {
          says(view.status.get(s.node!) === 'failed', `${s.name} is red on the graph`);
        }
      } else if (end === 'ExecutionAborted') {
        says(
          run.steps.some((s) => s.status === 'aborted'),
          'something is grey',
        );
      }
      const rows = timeline(run, events.at(-1)!.timestamp, () => true);
      const { place } = axis(rows);
      says(
        rows.filter((r) => r.kind === 'step').length === run.steps.length,
        'every step has a line',
      );
      says(
        rows.every((r) => place(r.from) <= place(r.to)),
        'no line runs back',
      );
    }
  });
});
