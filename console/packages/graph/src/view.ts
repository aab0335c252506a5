import type { Outline } from './definition.ts';
import type { Run, Status, Step } from './history.ts';

/** What of a run the graph shows: a step for each state, one iteration of each Map state. */
export interface View {
  status: Map<string, Status>;
  shown: Map<string, Step>;
  /** How often a state was entered, within what is shown. */
  visits: Map<string, number>;
  /** Edges that were gone, by id. */
  taken: Set<string>;
  /** The iteration of each Map state that is shown. */
  iterations: Map<string, number>;
}

/** Shows the selected step and what surrounds it; elsewhere the latest, and iterations that failed. */
export function viewOf(outline: Outline, run: Run, selected?: Step): View {
  const view: View = {
    status: new Map(),
    shown: new Map(),
    visits: new Map(),
    taken: new Set(),
    iterations: new Map(),
  };
  const preferred = new Set<Step>();
  for (let step = selected; step; step = step.parent) {
    preferred.add(step);
    if (step.parent?.node !== undefined && step.iteration !== undefined) {
      view.iterations.set(step.parent.node, step.iteration);
    }
  }
  for (const place of outline.places) {
    const all = run.byNode.get(place.id) ?? [];
    const outer = place.parent && view.shown.get(place.parent.id);
    const iteration = place.parent && view.iterations.get(place.parent.id);
    const steps = all.filter(
      (s) => s.parent === outer && (s.iteration === undefined || s.iteration === iteration),
    );
    const step = steps.find((s) => preferred.has(s)) ?? steps.at(-1);
    if (!step) {
      continue;
    }
    view.shown.set(place.id, step);
    view.status.set(place.id, step.status);
    view.visits.set(place.id, steps.length);
    if (step.type === 'Map' && !view.iterations.has(place.id)) {
      view.iterations.set(place.id, interesting(step));
    }
    for (const s of steps) {
      if (s.previous?.node !== undefined) {
        view.taken.add(`${s.previous.node} → ${place.id}`);
      } else if (!place.parent) {
        view.taken.add(`#Start → ${place.id}`);
      }
    }
  }
  view.status.set('#Start', run.steps.length ? 'succeeded' : 'none');
  if (run.succeeded) {
    view.status.set('#End', 'succeeded');
    const last = run.steps.findLast((s) => !s.parent);
    if (last?.node !== undefined) {
      view.taken.add(`${last.node} → #End`);
    }
  }
  return view;
}

/** The iteration somebody wants to see first. */
function interesting(map: Step): number {
  let running: number | undefined;
  for (const [index, status] of map.iterations) {
    if (status === 'failed') {
      return index;
    }
    if (status === 'running') {
      running ??= index;
    }
  }
  return running ?? 0;
}
