import { useMemo } from 'react';
import type { Run, Status, Step } from '@stepwise/graph';
import { Sign } from './Timeline.tsx';

const ORDER = ['failed', 'aborted', 'running', 'succeeded'] as const;

/** Goes from iteration to iteration of the Map state that a step is, or is in. */
export function Iterations({
  step,
  run,
  onStep,
}: {
  step: Step;
  run: Run;
  onStep: (step: Step) => void;
}) {
  const map = step.type === 'Map' ? step : mapAround(step);
  const counts = useMemo(() => {
    const found = new Map<Exclude<Status, 'none'>, number>();
    map?.iterations.forEach((status) => found.set(status, (found.get(status) ?? 0) + 1));
    return found;
  }, [map, map?.iterations.size, run]);
  if (!map || map.iterations.size === 0) {
    return null;
  }
  const current = step === map ? undefined : iterationIn(step, map);
  const wanted = step === map ? undefined : step.name;
  const last = Math.max(...map.iterations.keys());
  const goTo = (index: number) => {
    const inside = run.steps.filter((s) => s.parent === map && s.iteration === index);
    const target = inside.findLast((s) => s.name === wanted) ?? inside.at(-1);
    if (target) {
      onStep(target);
    }
  };
  const next = (status: Status) => {
    const all = [...map.iterations].filter(([, s]) => s === status).map(([index]) => index);
    all.sort((a, b) => a - b);
    return all.find((index) => index > (current ?? -1)) ?? all[0];
  };
  return (
    <div className="iterations" role="group" aria-label={`Iterations of ${map.name}`}>
      <button
        type="button"
        aria-label="Iteration before"
        disabled={!current}
        onClick={() => goTo((current ?? 1) - 1)}
      >
        ‹
      </button>
      <label>
        Iteration #{' '}
        <input
          type="number"
          min={0}
          max={last}
          placeholder="all"
          value={current ?? ''}
          onChange={(e) => e.target.value !== '' && goTo(Number(e.target.value))}
        />
      </label>
      <button
        type="button"
        aria-label="Iteration after"
        disabled={current !== undefined && current >= last}
        onClick={() => goTo((current ?? -1) + 1)}
      >
        ›
      </button>
      <span className="counts">
        {ORDER.filter((s) => counts.get(s)).map((s) => (
          <button
            key={s}
            type="button"
            title={`Next that is ${s}`}
            aria-label={`${counts.get(s)} ${s}, go to the next`}
            onClick={() => {
              const index = next(s);
              if (index !== undefined) {
                goTo(index);
              }
            }}
          >
            <span>
              <Sign status={s} /> {counts.get(s)}
            </span>
          </button>
        ))}
      </span>
    </div>
  );
}

function mapAround(step: Step): Step | undefined {
  for (let s = step.parent; s; s = s.parent) {
    if (s.type === 'Map') {
      return s;
    }
  }
  return undefined;
}

function iterationIn(step: Step, map: Step): number | undefined {
  for (let s: Step | undefined = step; s; s = s.parent) {
    if (s.parent === map) {
      return s.iteration;
    }
  }
  return undefined;
}
