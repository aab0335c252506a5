import { useMemo, useRef, useState } from 'react';
import { useVirtualizer } from '@tanstack/react-virtual';
import Input from '@cloudscape-design/components/input';
import { axis, barsOf, timeline, type Outline, type Run, type Step } from '@stepwise/graph';
import { duration, time } from '../format.ts';
import { kept, keep } from '../kept.ts';
import { Sign } from './Timeline.tsx';
import { statusText } from './Status.tsx';

interface Props {
  run: Run;
  outline: Outline;
  now: number;
  selected: number | undefined;
  onSelect: (step: Step) => void;
}

interface Column {
  id: string;
  label: string;
  width: string;
  isNumber?: boolean;
  text: (step: Step) => string;
  order: (step: Step) => string | number;
}

const ROW = 30;
const KEY = 'stepwise.columns.steps';
const FIRST = ['status', 'type', 'resource', 'after', 'duration', 'timeline'];

/** Every state that was entered, as a table: what the graph shows, for reading and sorting. */
export function StepTable({ run, outline, now, selected, onSelect }: Props) {
  const [search, setSearch] = useState('');
  const [chosen, setChosen] = useState<string[]>(() => kept(KEY, FIRST));
  const [order, setOrder] = useState<{ by: string; down: boolean }>();
  const start = run.steps[0]?.entered ?? 0;
  const columns = useMemo((): Column[] => {
    const took = (s: Step) => (s.exited ?? now) - s.entered;
    const resource = (s: Step) =>
      (s.node === undefined ? undefined : outline.get(s.node)?.state.Resource) ?? '';
    return [
      {
        id: 'status',
        label: 'Status',
        width: '112px',
        text: (s) => statusText(s.status),
        order: (s) => s.status,
      },
      { id: 'type', label: 'Type', width: '76px', text: (s) => s.type, order: (s) => s.type },
      {
        id: 'resource',
        label: 'Resource',
        width: 'minmax(90px, 1fr)',
        text: (s) => short(resource(s)),
        order: resource,
      },
      {
        id: 'iteration',
        label: 'Iteration',
        width: '80px',
        isNumber: true,
        text: (s) => (s.iteration === undefined ? '–' : `#${s.iteration}`),
        order: (s) => s.iteration ?? -1,
      },
      {
        id: 'attempts',
        label: 'Attempts',
        width: '80px',
        isNumber: true,
        text: (s) => String(s.attempts.length || '–'),
        order: (s) => s.attempts.length,
      },
      {
        id: 'after',
        label: 'Started after',
        width: '100px',
        isNumber: true,
        text: (s) => duration(s.entered - start),
        order: (s) => s.entered,
      },
      {
        id: 'duration',
        label: 'Duration',
        width: '92px',
        isNumber: true,
        text: (s) => duration(took(s)),
        order: took,
      },
      {
        id: 'started',
        label: 'Started',
        width: '170px',
        isNumber: true,
        text: (s) => time(s.entered),
        order: (s) => s.entered,
      },
      {
        id: 'ended',
        label: 'Ended',
        width: '170px',
        isNumber: true,
        text: (s) => (s.exited === undefined ? '–' : time(s.exited)),
        order: (s) => s.exited ?? Infinity,
      },
      {
        id: 'error',
        label: 'Error',
        width: 'minmax(90px, 1fr)',
        text: (s) => s.error || '–',
        order: (s) => s.error ?? '',
      },
      {
        id: 'timeline',
        label: 'Timeline',
        width: 'minmax(120px, 1.4fr)',
        text: () => '',
        order: (s) => s.entered,
      },
    ];
  }, [outline, now, start]);
  const shown = columns.filter((c) => chosen.includes(c.id));
  const scale = useMemo(() => axis(timeline(run, now, () => true)), [run, now]);
  const steps = useMemo(() => {
    const words = search.toLowerCase().split(/\s+/).filter(Boolean);
    const found = run.steps.filter((s) => {
      const text = `${s.name} ${columns.map((c) => c.text(s)).join(' ')}`.toLowerCase();
      return words.every((word) => text.includes(word));
    });
    const by =
      order &&
      (order.by === 'name' ? (s: Step) => s.name : columns.find((c) => c.id === order.by)?.order);
    return by
      ? found.toSorted((a, b) => {
          const [x, y] = [by(a), by(b)];
          return (x < y ? -1 : x > y ? 1 : 0) * (order!.down ? -1 : 1);
        })
      : found;
  }, [run, search, order, columns]);
  const box = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: steps.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW,
    overscan: 12,
  });
  const least = shown.reduce((sum, c) => sum + Number(/\d+/.exec(c.width)![0]) + 10, 180);
  const template = ['minmax(150px, 1.6fr)', ...shown.map((c) => c.width)].join(' ');
  const head = (id: string, label: string, isNumber = false) => {
    const isOrder = order?.by === id;
    return (
      <span
        key={id}
        role="columnheader"
        className={isNumber ? 'number' : ''}
        aria-sort={isOrder ? (order.down ? 'descending' : 'ascending') : 'none'}
      >
        <button
          type="button"
          onClick={() => setOrder(isOrder && order.down ? undefined : { by: id, down: isOrder })}
        >
          {label} {isOrder ? (order.down ? '▾' : '▴') : ''}
        </button>
      </span>
    );
  };
  return (
    <div className="events">
      <div className="events-filter">
        <Input
          type="search"
          value={search}
          placeholder="Find states by name, status or error"
          ariaLabel="Find states"
          onChange={({ detail }) => setSearch(detail.value)}
        />
        <span className="quiet" aria-live="polite">
          {search ? `${steps.length} of ${run.steps.length}` : run.steps.length} states
        </span>
        <details className="chooser">
          <summary>Columns</summary>
          <div>
            {columns.map((c) => (
              <label className="check" key={c.id}>
                <input
                  type="checkbox"
                  checked={chosen.includes(c.id)}
                  onChange={(e) => {
                    const next = e.target.checked
                      ? [...chosen, c.id]
                      : chosen.filter((id) => id !== c.id);
                    setChosen(next);
                    keep(KEY, next);
                  }}
                />
                {c.label}
              </label>
            ))}
          </div>
        </details>
      </div>
      <div
        className="events-box wide"
        ref={box}
        role="table"
        aria-label="States of this execution"
        aria-rowcount={steps.length + 1}
      >
        <div
          className="st-row st-head"
          role="row"
          style={{ gridTemplateColumns: template, minWidth: least }}
        >
          {head('name', 'Name')}
          {shown.map((c) => head(c.id, c.label, c.isNumber))}
        </div>
        <div
          className="events-all"
          role="rowgroup"
          style={{ height: rows.getTotalSize(), minWidth: least }}
        >
          {rows.getVirtualItems().map((item) => {
            const step = steps[item.index]!;
            return (
              <div
                key={step.id}
                role="row"
                aria-rowindex={item.index + 2}
                aria-selected={step.id === selected}
                className={`st-row ${step.status}${step.id === selected ? ' marked' : ''}`}
                style={{ gridTemplateColumns: template, transform: `translateY(${item.start}px)` }}
                onClick={() => onSelect(step)}
              >
                <span
                  role="rowheader"
                  className="st-name"
                  style={{ paddingLeft: order ? 0 : depth(step) * 12 }}
                >
                  <button type="button" title={step.name} onClick={() => onSelect(step)}>
                    {step.name}
                  </button>
                </span>
                {shown.map((c) => (
                  <span role="cell" key={c.id} className={c.isNumber ? 'number' : ''}>
                    {c.id === 'status' ? (
                      <span className="st-status">
                        <Sign status={step.status} /> {c.text(step)}
                      </span>
                    ) : c.id === 'timeline' ? (
                      <span className="tl-track" aria-hidden="true">
                        {barsOf(step, now).map((bar, i) => (
                          <i
                            key={i}
                            className={`tl-bar ${bar.kind} ${bar.status}`}
                            style={{
                              left: `${scale.place(bar.from) * 100}%`,
                              width: `${(scale.place(bar.to) - scale.place(bar.from)) * 100}%`,
                            }}
                          />
                        ))}
                      </span>
                    ) : (
                      <span title={c.text(step)}>{c.text(step)}</span>
                    )}
                  </span>
                ))}
              </div>
            );
          })}
        </div>
        {steps.length === 0 && <p className="quiet centred">No state has these words.</p>}
      </div>
    </div>
  );
}

function depth(step: Step): number {
  let depth = 0;
  for (let s = step.parent; s; s = s.parent) {
    depth++;
  }
  return depth;
}

const short = (resource: string): string =>
  resource.replace(/^arn:[^:]+:states:::/, '').replace(/^arn:.*:(function|activity):/, '') || '–';
