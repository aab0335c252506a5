import { useEffect, useMemo, useRef, useState } from 'react';
import { useVirtualizer } from '@tanstack/react-virtual';
import {
  axis,
  timeline,
  type Bar,
  type Fold,
  type Row,
  type Run,
  type Status,
  type Step,
} from '@stepwise/graph';
import { duration, time } from '../format.ts';
import { MARKS } from './look.ts';
import { statusText } from './Status.tsx';

interface Props {
  run: Run;
  now: number;
  selected: number | undefined;
  onSelect: (step: Step, attempt: number | undefined) => void;
}

const ROW = 26;
/** Room for the head, and some below its line; more where it says how long folds are. */
const [HEAD, HEAD_WITH_FOLDS] = [32, 48];
/** Of the axis: what a fold's words take. */
const WORDS = 0.09;
const ZOOMS = [1, 1.5, 2, 3, 5, 8, 13, 20, 35, 60];

/** When each state ran: attempts, waits and iterations on one axis, whose long silences are folded. */
export function Timeline({ run, now, selected, onSelect }: Props) {
  const [zoom, setZoom] = useState(0);
  const [folding, setFolding] = useState(true);
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  // Parallel states are open from the start, Map states and iterations where something is selected.
  const rows = useMemo(() => {
    const shown = new Set<string>();
    for (let s = run.byId.get(selected ?? -1); s; s = s.parent) {
      if (s.parent) {
        shown.add(`s${s.parent.id}`);
        shown.add(`i${s.parent.id}.${s.iteration}`);
      }
    }
    const isOpen = (key: string) => {
      const begins = key.startsWith('s') && run.byId.get(Number(key.slice(1)))?.type === 'Parallel';
      return (begins || shown.has(key)) !== toggled.has(key);
    };
    return timeline(run, now, isOpen);
  }, [run, now, selected, toggled]);
  const scale = useMemo(() => axis(rows, folding), [rows, folding]);
  const head = scale.folds.length ? HEAD_WITH_FOLDS : HEAD;
  const box = useRef<HTMLDivElement>(null);
  const lines = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW,
    getItemKey: (i) => rows[i]!.key,
    overscan: 12,
    scrollMargin: head,
    scrollPaddingStart: head,
  });
  useEffect(() => {
    const index = rows.findIndex((r) => r.kind === 'step' && r.step.id === selected);
    if (index >= 0) {
      lines.scrollToIndex(index, { align: 'auto' });
    }
    // Once for each selection.
  }, [selected]);
  const toggle = (key: string) => {
    const next = new Set(toggled);
    if (!next.delete(key)) {
      next.add(key);
    }
    setToggled(next);
  };
  const told = foldsTold(scale.folds, ZOOMS[zoom]!);
  const left = (t: number) => `${(scale.place(t) * 100).toFixed(3)}%`;
  // Ticks that are milliseconds apart are told to the millisecond.
  const isFine = scale.ticks.some(({ time: t }, i) => i > 0 && t - scale.ticks[i - 1]!.time < 0.01);
  const words = (after: number) =>
    isFine && after >= 1 && after < 60
      ? `${after.toFixed(3)} s`
      : duration(after).replace(/\.0+ s$/, ' s');
  return (
    <div className="timeline">
      <div className="timeline-tools">
        <span className="quiet">
          {duration(scale.to - scale.from)} from {time(scale.from)}
        </span>
        <label className="check">
          <input type="checkbox" checked={folding} onChange={(e) => setFolding(e.target.checked)} />
          Fold long silences
        </label>
        <span className="timeline-key quiet" aria-hidden="true">
          <i className="tl-bar work succeeded" /> work
          <i className="tl-bar wait succeeded" /> wait
          <i className="tl-bar backoff failed" /> back-off
          <i className="tl-critical" /> decided the duration
        </span>
        <span className="timeline-zoom">
          <button
            type="button"
            aria-label="Zoom out in time"
            disabled={zoom === 0}
            onClick={() => setZoom(zoom - 1)}
          >
            −
          </button>
          <button
            type="button"
            aria-label="Zoom in on time"
            disabled={zoom === ZOOMS.length - 1}
            onClick={() => setZoom(zoom + 1)}
          >
            +
          </button>
        </span>
      </div>
      <div className="timeline-box" ref={box} tabIndex={0} aria-label="Timeline">
        <div
          className="timeline-all"
          style={{
            height: lines.getTotalSize() + head,
            width: `calc(var(--tl-names) + (100% - var(--tl-names)) * ${ZOOMS[zoom]})`,
          }}
        >
          <div className="tl-row tl-head" aria-hidden="true">
            <span className="tl-name">State</span>
            <span className="tl-track">
              {scale.ticks.map((tick) => (
                <span key={tick.time} className="tl-tick" style={{ left: `${tick.at * 100}%` }}>
                  {tick.time === scale.from ? '0' : `+${words(tick.time - scale.from)}`}
                </span>
              ))}
            </span>
          </div>
          {scale.folds.map((fold) => (
            <span
              key={fold.from}
              className="tl-fold"
              title={`${duration(fold.to - fold.from)} in which nothing began or ended`}
              style={{
                left: `calc(var(--tl-names) + var(--tl-before) + ${AXIS} * ${fold.at})`,
                width: `calc(${AXIS} * ${fold.until - fold.at})`,
              }}
            >
              {told.has(fold) && <span>{duration(fold.to - fold.from)}</span>}
            </span>
          ))}
          {lines.getVirtualItems().map((item) => {
            const row = rows[item.index]!;
            return (
              <Line
                key={row.key}
                row={row}
                top={item.start}
                isSelected={row.kind === 'step' && row.step.id === selected}
                isOpen={
                  rows[item.index + 1] !== undefined && rows[item.index + 1]!.depth > row.depth
                }
                left={left}
                width={(bar) =>
                  `${Math.max(0.001, (scale.place(bar.to) - scale.place(bar.from)) * 100).toFixed(3)}%`
                }
                toggle={() => toggle(row.key)}
                onSelect={onSelect}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}

/** How much of the timeline's width is the axis, beside names and margins. */
const AXIS = '(100% - var(--tl-names) - var(--tl-before) - var(--tl-after))';

/** The folds whose lengths can be written beside each other; the longest first. */
function foldsTold(folds: readonly Fold[], zoom: number): ReadonlySet<Fold> {
  const told = new Set<Fold>();
  for (const fold of folds.toSorted((a, b) => b.to - b.from - (a.to - a.from))) {
    if ([...told].every((other) => Math.abs(other.at - fold.at) * zoom >= WORDS)) {
      told.add(fold);
    }
  }
  return told;
}

function Line({
  row,
  top,
  isSelected,
  isOpen,
  left,
  width,
  toggle,
  onSelect,
}: {
  row: Row;
  top: number;
  isSelected: boolean;
  isOpen: boolean;
  left: (time: number) => string;
  width: (bar: Bar) => string;
  toggle: () => void;
  onSelect: Props['onSelect'];
}) {
  const name = row.kind === 'step' ? row.step.name : `#${row.index}`;
  const status = row.kind === 'step' ? row.step.status : row.bars[0]!.status;
  const step = row.kind === 'step' ? row.step : row.first;
  return (
    <div
      className={`tl-row${isSelected ? ' marked' : ''}${row.critical ? ' critical' : ''}`}
      style={{ transform: `translateY(${top}px)` }}
    >
      <span className="tl-name" style={{ paddingLeft: 8 + row.depth * 14 }}>
        {row.hasInner ? (
          <button
            type="button"
            className="tl-open"
            aria-expanded={isOpen}
            aria-label={`What is inside ${name}`}
            onClick={toggle}
          >
            {isOpen ? '▾' : '▸'}
          </button>
        ) : (
          <span className="tl-open" />
        )}
        <Sign status={status} />
        <button
          type="button"
          className="tl-label"
          title={name}
          aria-pressed={isSelected}
          onClick={() => onSelect(step, undefined)}
        >
          {name}
          <span className="unseen">
            , {statusText(status)}, {duration(row.to - row.from)}
          </span>
        </button>
      </span>
      <span className="tl-track">
        {row.bars.map((bar, i) => (
          <button
            key={i}
            type="button"
            tabIndex={-1}
            aria-hidden="true"
            className={`tl-bar ${bar.kind} ${bar.status}`}
            style={{ left: left(bar.from), width: width(bar) }}
            title={wordsOf(bar, name)}
            onClick={() => onSelect(step, bar.attempt)}
          />
        ))}
        <span className="tl-took" style={{ left: left(row.to) }}>
          {duration(row.to - row.from)}
        </span>
      </span>
    </div>
  );
}

export function Sign({ status }: { status: Exclude<Status, 'none'> }) {
  return (
    <svg className={`sign ${status}`} viewBox="0 0 16 16" aria-hidden="true">
      <circle cx="8" cy="8" r="8" />
      <path d={MARKS[status]} />
    </svg>
  );
}

function wordsOf(bar: Bar, name: string): string {
  const what =
    bar.kind === 'backoff'
      ? 'waits before the next attempt'
      : bar.kind === 'wait'
        ? 'waits'
        : bar.attempt === undefined
          ? statusText(bar.status).toLowerCase()
          : `attempt ${bar.attempt + 1}, ${statusText(bar.status).toLowerCase()}`;
  return `${name}: ${what}, ${duration(bar.to - bar.from)}, from ${time(bar.from)}`;
}
