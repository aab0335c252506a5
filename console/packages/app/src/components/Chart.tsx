import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import { time } from '../format.ts';

export interface Line {
  name: string;
  /** Names its colour. */
  look: string;
  values: readonly (number | null)[];
}

interface Props {
  title: string;
  from: number;
  stepSeconds: number;
  lines: Line[];
  /** Bars on top of each other, or lines. */
  kind: 'bars' | 'lines';
  show?: (value: number) => string;
  empty?: string;
}

const HEIGHT = 150;
const [TOP, BOTTOM] = [8, 20];

/** Values over time. What is pointed at, or gone to with the arrows, is told in numbers. */
export function Chart({ title, from, stepSeconds, lines, kind, show, empty }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  const [at, setAt] = useState<number>();
  useLayoutEffect(() => {
    const watch = new ResizeObserver(([entry]) => setWidth(Math.floor(entry!.contentRect.width)));
    watch.observe(host.current!);
    return () => watch.disconnect();
  }, []);
  // Words take more room than figures.
  const left = show ? 74 : 52;
  const points = lines[0]?.values.length ?? 0;
  const highest = useMemo(() => {
    const sums = Array.from({ length: points }, (_, i) =>
      kind === 'bars'
        ? lines.reduce((sum, line) => sum + (line.values[i] ?? 0), 0)
        : Math.max(...lines.map((line) => line.values[i] ?? 0)),
    );
    return Math.max(0, ...sums);
  }, [lines, kind, points]);
  const said = show ?? ((value: number) => value.toLocaleString('en'));
  const top = roundUp(highest);
  const step = (width - left) / Math.max(1, points);
  const x = (i: number) => left + i * step;
  const y = (value: number) => TOP + (1 - value / top) * (HEIGHT - TOP - BOTTOM);
  const begin = (i: number) => time(from + i * stepSeconds).replace(/:\d\d\.\d{3}/, '');
  const move = (by: number) =>
    setAt((i) => Math.min(points - 1, Math.max(0, (i ?? (by > 0 ? -1 : points)) + by)));
  const shown = at === undefined || at >= points ? undefined : at;
  const summary = `${title}: ${points} spans from ${begin(0)}, at most ${said(highest)}. Arrows go from span to span.`;
  return (
    <figure className="panel padded chart">
      <figcaption>
        <span>{title}</span>
        <span className="chart-key">
          {(lines.length > 1 ? lines : []).map((line) => (
            <span key={line.name} className={line.look} title={line.name}>
              <i />
              <span>{line.name}</span>
            </span>
          ))}
        </span>
      </figcaption>
      <div
        ref={host}
        className="chart-host"
        tabIndex={highest > 0 ? 0 : undefined}
        role="group"
        aria-label={summary}
        onPointerLeave={() => setAt(undefined)}
        onPointerMove={(e) => {
          const { x: begins } = e.currentTarget.getBoundingClientRect();
          const i = Math.floor((e.clientX - begins - left) / step);
          setAt(i >= 0 && i < points ? i : undefined);
        }}
        onBlur={() => setAt(undefined)}
        onKeyDown={(e) => {
          const by = { ArrowLeft: -1, ArrowRight: 1 }[e.key];
          if (by) {
            e.preventDefault();
            move(by);
          }
        }}
      >
        {highest === 0 ? (
          <p className="chart-empty quiet">{empty ?? 'Nothing in this time'}</p>
        ) : (
          width > 0 && (
            <svg width={width} height={HEIGHT} aria-hidden="true">
              {[0, 0.5, 1].map((share) => (
                <g key={share}>
                  <line
                    className="chart-grid"
                    x1={left}
                    x2={width}
                    y1={y(share * top)}
                    y2={y(share * top)}
                  />
                  <text className="chart-tick" x={left - 6} y={y(share * top) + 4} textAnchor="end">
                    {share === 0.5 && (show ? top < 4 : top % 2) ? '' : said(share * top)}
                  </text>
                </g>
              ))}
              {ticks(points, width).map((i) => (
                <text
                  key={i}
                  className="chart-tick"
                  x={i === 0 ? left : x(i)}
                  y={HEIGHT - 4}
                  textAnchor={i === 0 ? 'start' : 'middle'}
                >
                  {stepSeconds * points > 2 * 86_400 ? begin(i).slice(5) : begin(i).slice(11)}
                </text>
              ))}
              {shown !== undefined && (
                <rect
                  className="chart-at"
                  x={x(shown)}
                  y={TOP}
                  width={Math.max(1, step)}
                  height={HEIGHT - TOP - BOTTOM}
                />
              )}
              {kind === 'bars' ? (
                <Bars lines={lines} x={x} y={y} step={step} />
              ) : (
                lines.map((line) => <Path key={line.name} line={line} x={x} y={y} step={step} />)
              )}
            </svg>
          )
        )}
        {highest > 0 && (
          <div
            className={`chart-said${shown !== undefined && shown > points / 2 ? ' left' : ''}`}
            role="status"
          >
            {shown !== undefined && (
              <>
                <b>{begin(shown)}</b>
                {lines.map((line) => {
                  const value = line.values[shown];
                  return (
                    <span key={line.name} className={line.look}>
                      <i />
                      {line.name} <b>{value === null || value === undefined ? '–' : said(value)}</b>
                    </span>
                  );
                })}
              </>
            )}
          </div>
        )}
      </div>
    </figure>
  );
}

interface Scale {
  x: (i: number) => number;
  y: (value: number) => number;
  step: number;
}

function Bars({ lines, x, y, step }: Scale & { lines: Line[] }) {
  const gap = step > 4 ? 1 : 0;
  const below = lines[0]!.values.map(() => 0);
  return lines.map((line) => (
    <g key={line.name} className={line.look}>
      {line.values.map((value, i) => {
        if (!value) {
          return null;
        }
        const from = below[i]!;
        below[i] = from + value;
        const [high, low] = [y(from + value), y(from)];
        return (
          <rect
            key={i}
            className="bar"
            x={x(i)}
            y={Math.min(high, low - 1)}
            width={Math.max(1, step - gap)}
            height={Math.max(1, low - high)}
          />
        );
      })}
    </g>
  ));
}

/** A line through what there is; a point alone is a dot. */
function Path({ line, x, y, step }: Scale & { line: Line }) {
  let d = '';
  const dots: [number, number][] = [];
  let isOpen = false;
  line.values.forEach((value, i) => {
    if (value === null) {
      isOpen = false;
      return;
    }
    const at: [number, number] = [x(i) + step / 2, y(value)];
    d += `${isOpen ? 'L' : 'M'}${at[0].toFixed(1)} ${at[1].toFixed(1)}`;
    if (!isOpen && (line.values[i + 1] ?? null) === null) {
      dots.push(at);
    }
    isOpen = true;
  });
  return (
    <g className={line.look}>
      <path className="chart-line" d={d} />
      {dots.map(([cx, cy]) => (
        <circle key={cx} className="bar" cx={cx} cy={cy} r={2.5} />
      ))}
    </g>
  );
}

/** The next of 1, 2, 4, 5, 10, 20 … */
function roundUp(value: number): number {
  if (value <= 0) {
    return 1;
  }
  const unit = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 4, 5, 10].map((n) => n * unit).find((n) => n >= value)!;
}

function ticks(points: number, width: number): number[] {
  const count = Math.max(2, Math.min(6, Math.floor(width / 130)));
  return Array.from({ length: count }, (_, i) => Math.floor((i * points) / count));
}
