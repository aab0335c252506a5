import { useMemo, useState } from 'react';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import Select from '@cloudscape-design/components/select';
import { drawable, heatOf, type Heat } from '@stepwise/graph';
import { useLoaded } from '../api/hooks.ts';
import { recentRuns } from '../api/recent.ts';
import type { MachineDetails } from '../api/types.ts';
import { duration } from '../format.ts';
import { useDrawing } from '../hooks/useDrawing.ts';
import { setQuery, useAddress } from '../router.ts';
import { Graph } from './Graph.tsx';
import { Problem } from './Problem.tsx';

const COUNTS = ['20', '50', '200'];

/** Which states take longest, and which fail most, in the newest executions. */
export function HeatMap({ machine }: { machine: MachineDetails }) {
  const { query } = useAddress();
  const count = COUNTS.find((c) => c === query.get('of')) ?? '50';
  const by = query.get('heat') === 'failing' ? 'fails' : 'slow';
  const selected = query.get('state') ?? undefined;
  const [read, setRead] = useState(0);
  const recent = useLoaded(`${machine.stateMachineArn} ${count}`, (signal) =>
    recentRuns(machine.stateMachineArn, machine.definition, Number(count), signal, setRead),
  );
  const scope = useMemo(() => drawable(JSON.parse(machine.definition)), [machine.definition]);
  const drawing = useDrawing(scope);
  const heat = useMemo(() => recent.value && heatOf(recent.value.runs), [recent.value]);
  const byNode = useMemo(() => new Map(heat?.map((h) => [h.node, h])), [heat]);
  if (recent.error) {
    return <Problem error={recent.error} retry={recent.reload} />;
  }
  const rows = (heat ?? []).slice().sort((a, b) => b[by] - a[by] || b.p95 - a[by]);
  const select = (id: string) => setQuery({ state: id === selected ? undefined : id });
  const looked = recent.value?.runs.length ?? 0;
  return (
    <section className="heat" aria-label="States">
      <div className="heat-head">
        <h3>
          {by === 'slow' ? 'The slowest states' : 'The states that fail most'}
          <span className="quiet">
            {recent.value
              ? ` in the newest ${looked === 1 ? 'execution' : `${looked} executions`}${recent.value.leftOut ? `; ${recent.value.leftOut} with long histories left out` : ''}`
              : ` reading histories: ${read} so far`}
          </span>
        </h3>
        <SegmentedControl
          label="What is shown"
          selectedId={by}
          options={[
            { id: 'slow', text: 'Slowest' },
            { id: 'fails', text: 'Most failing' },
          ]}
          onChange={({ detail }) =>
            setQuery({ heat: detail.selectedId === 'fails' ? 'failing' : undefined })
          }
        />
        <Select
          ariaLabel="How many executions"
          selectedOption={{ value: count, label: `Newest ${count}` }}
          options={COUNTS.map((value) => ({ value, label: `Newest ${value}` }))}
          onChange={({ detail }) =>
            setQuery({
              of: detail.selectedOption.value === '50' ? undefined : detail.selectedOption.value,
            })
          }
        />
      </div>
      <div className="heat-body">
        <div className="panel">
          {drawing && (
            <Graph
              layout={drawing.layout}
              view={undefined}
              selected={selected}
              focus={selected}
              onSelect={select}
              note={(id) => noteOf(byNode.get(id), by)}
              heat={(id) => degree(byNode.get(id), by)}
            />
          )}
        </div>
        <div
          className="panel padded table-host"
          tabIndex={0}
          role="group"
          aria-label="States in numbers"
        >
          <table className="numbers">
            <thead>
              <tr>
                <th>State</th>
                <th>Entered</th>
                <th>Failed</th>
                <th>Retries</th>
                <th>p50</th>
                <th>p95</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.node} aria-selected={row.node === selected}>
                  <td title={row.name}>
                    <button type="button" className="plain" onClick={() => select(row.node)}>
                      {row.name}
                    </button>
                  </td>
                  <td>{row.entered}</td>
                  <td className={row.failed ? 'bad' : ''}>{row.failed}</td>
                  <td>{row.retried}</td>
                  <td>{duration(row.p50)}</td>
                  <td>{duration(row.p95)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {recent.value && rows.length === 0 && (
            <p className="centred quiet">No execution has entered a state yet.</p>
          )}
        </div>
      </div>
    </section>
  );
}

/** From 0 to 5. What takes less than a twentieth of a second is never hot. */
function degree(heat: Heat | undefined, by: 'slow' | 'fails'): number {
  if (!heat || (by === 'slow' && heat.p95 < 0.05)) {
    return 0;
  }
  return Math.ceil(heat[by] * 5);
}

function noteOf(heat: Heat | undefined, by: 'slow' | 'fails'): string | undefined {
  if (!heat) {
    return 'Not entered';
  }
  return by === 'slow' ? `p95 ${duration(heat.p95)}` : `${heat.failed} of ${heat.entered} failed`;
}
