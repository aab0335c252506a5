import { memo, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { GraphEdge, GraphNode, Layout, Status, View } from '@stepwise/graph';
import { arrival, GLYPHS, MARKS, path, service, subtitle } from './look.ts';
import { MiniMap } from './MiniMap.tsx';
import { statusText } from './Status.tsx';

interface Props {
  layout: Layout;
  view: View | undefined;
  selected: string | undefined;
  /** In the middle at first, where the whole does not fit. */
  focus: string | undefined;
  onSelect: (id: string) => void;
  note?: (id: string) => string | undefined;
  /** Shown as a whole at first, however small that is. */
  whole?: boolean;
  /** Drawn so that they catch the eye. */
  marked?: ReadonlySet<string>;
  /** How hot a state is drawn, from 0 to 5. */
  heat?: (id: string) => number;
}

interface Camera {
  x: number;
  y: number;
  zoom: number;
}

type Window = [left: number, top: number, right: number, bottom: number];

const EVERYTHING: Window = [-1e9, -1e9, 1e9, 1e9];
/** Below this, names are not readable any more. */
const READABLE = 0.78;
/** A graph of which less is in sight has a map. */
const MAPPED = 0.5;
/** Below this, a name is guessed rather than read. */
const SMALLEST = 0.62;
/** Larger graphs are drawn in part. */
const MANY = 150;

/** A graph that can be moved and zoomed: nodes are buttons, edges one drawing below them. */
export function Graph(props: Props) {
  const { layout, view, selected, focus, onSelect, note, whole = false, marked, heat } = props;
  const host = useRef<HTMLDivElement>(null);
  const plane = useRef<HTMLDivElement>(null);
  const sight = useRef<SVGRectElement>(null);
  const camera = useRef<Camera>({ x: 0, y: 0, zoom: 1 });
  const [shown, setShown] = useState<Window>(EVERYTHING);
  const shownNow = useRef(shown);
  const isLarge = layout.nodes.length > MANY;

  const look = useCallback(
    (to: Camera) => {
      camera.current = to;
      const box = host.current;
      if (!box || !plane.current) {
        return;
      }
      plane.current.style.transform = `translate(${to.x}px,${to.y}px) scale(${to.zoom})`;
      const [w, h] = [box.clientWidth / to.zoom, box.clientHeight / to.zoom];
      const [l, t] = [-to.x / to.zoom, -to.y / to.zoom];
      const seen: Window = [l, t, l + w, t + h];
      box.classList.toggle('in-part', shareIn(layout, seen) < MAPPED);
      frame(sight.current, layout, seen);
      if (!isLarge) {
        return;
      }
      const [sl, st, sr, sb] = shownNow.current;
      if (l < sl || t < st || l + w > sr || t + h > sb || sr - sl > 4 * w) {
        const next: Window = [l - w / 2, t - h / 2, l + 1.5 * w, t + 1.5 * h];
        shownNow.current = next;
        setShown(next);
      }
    },
    [isLarge, layout],
  );

  const fit = useCallback(
    (least: number, on: string | undefined) => {
      const box = host.current;
      if (!box) {
        return;
      }
      const { clientWidth: w, clientHeight: h } = box;
      const whole = Math.min(1, (w - 32) / layout.width, (h - 32) / layout.height);
      const wide = (w - 32) / layout.width;
      // A little smaller, where that shows the whole width.
      const enough = wide >= SMALLEST ? Math.min(least, wide) : least;
      const zoom = Math.max(whole, enough);
      const node = layout.nodes.find((n) => n.id === on) ?? layout.nodes[0];
      const start = layout.nodes.find((n) => n.type === 'Start');
      const middle = node
        ? [node.x + node.width / 2, node.y + node.height / 2]
        : [layout.width / 2, 0];
      look({
        zoom,
        x: placed(layout.width * zoom, w, (on || !start ? middle[0]! : start.x + 21) * zoom),
        y: placed(layout.height * zoom, h, (on ? middle[1]! : 0) * zoom),
      });
    },
    [layout, look],
  );

  useLayoutEffect(() => {
    shownNow.current = EVERYTHING;
    fit(whole ? 0 : READABLE, focus);
    // Only a new graph moves what somebody has put in place.
  }, [layout]);

  useEffect(() => {
    const box = host.current!;
    let grabbed: [number, number] | undefined;
    const wheel = (e: WheelEvent) => {
      e.preventDefault();
      const { left, top } = box.getBoundingClientRect();
      zoomAt(Math.exp(-e.deltaY / 500), e.clientX - left, e.clientY - top);
    };
    const down = (e: PointerEvent) => {
      grabbed = [e.clientX, e.clientY];
    };
    const move = (e: PointerEvent) => {
      if (grabbed) {
        const { x, y, zoom } = camera.current;
        look({ zoom, x: x + e.clientX - grabbed[0], y: y + e.clientY - grabbed[1] });
        grabbed = [e.clientX, e.clientY];
      }
    };
    const up = () => {
      grabbed = undefined;
    };
    box.addEventListener('wheel', wheel, { passive: false });
    box.addEventListener('pointerdown', down);
    window.addEventListener('pointermove', move);
    window.addEventListener('pointerup', up);
    return () => {
      box.removeEventListener('wheel', wheel);
      box.removeEventListener('pointerdown', down);
      window.removeEventListener('pointermove', move);
      window.removeEventListener('pointerup', up);
    };
  }, [look]);

  const zoomAt = (factor: number, x: number, y: number) => {
    const from = camera.current;
    const zoom = Math.min(2, Math.max(0.1, from.zoom * factor));
    const by = zoom / from.zoom;
    look({ zoom, x: x - (x - from.x) * by, y: y - (y - from.y) * by });
  };
  const centre = useCallback(
    (x: number, y: number) => {
      const { clientWidth: w, clientHeight: h } = host.current!;
      const { zoom } = camera.current;
      look({ zoom, x: w / 2 - x * zoom, y: h / 2 - y * zoom });
    },
    [look],
  );
  const zoomMiddle = (factor: number) =>
    zoomAt(factor, host.current!.clientWidth / 2, host.current!.clientHeight / 2);

  const fullScreen = () =>
    document.fullscreenElement
      ? document.exitFullscreen()
      : (host.current!.closest<HTMLElement>('.workspace, .panel') ?? host.current!)
          .requestFullscreen()
          .then(() => requestAnimationFrame(() => fit(READABLE, selected ?? focus)));

  /** A node that is focused by key is brought into sight. */
  const reveal = (node: GraphNode) => {
    const box = host.current!;
    box.scrollTo(0, 0);
    const { x, y, zoom } = camera.current;
    const [l, t] = [node.x * zoom + x, node.y * zoom + y];
    const [w, h] = [node.width * zoom, Math.min(node.height * zoom, 80)];
    if (l < 0 || t < 0 || l + w > box.clientWidth || t + h > box.clientHeight) {
      look({
        zoom,
        x: box.clientWidth / 2 - (node.x + node.width / 2) * zoom,
        y: box.clientHeight / 2 - (node.y + 26) * zoom,
      });
    }
  };

  useEffect(() => {
    const node = layout.nodes.find((n) => n.id === selected);
    if (node) {
      reveal(node);
    }
    // Only a new selection moves what somebody has put in place.
  }, [selected]);

  const nodes = useMemo(
    () => layout.nodes.filter((n) => meets(shown, n.x, n.y, n.x + n.width, n.y + n.height)),
    [layout, shown],
  );
  const edges = useMemo(
    () => layout.edges.filter((e) => meets(shown, ...bounds(e))),
    [layout, shown],
  );

  return (
    <div
      className="graph"
      ref={host}
      onKeyDown={(e) => {
        const factor = { '+': 1.2, '=': 1.2, '-': 1 / 1.2 }[e.key];
        if (factor && !e.ctrlKey && !e.metaKey) {
          zoomMiddle(factor);
        } else if (e.key === '0' && !e.ctrlKey && !e.metaKey) {
          fit(0, undefined);
        }
      }}
    >
      <div className="graph-plane" ref={plane} role="group" aria-label="Graph of states">
        {nodes.filter((n) => n.isContainer).map(draw)}
        <svg aria-hidden="true" width="1" height="1">
          {[false, true].map((taken) =>
            edges
              .filter((e) => (view?.taken.has(e.id) ?? false) === taken)
              .map((e) => <Edge key={e.id} edge={e} taken={taken} />),
          )}
          {edges.map((e) => (
            <Label key={e.id} edge={e} taken={view?.taken.has(e.id) ?? false} />
          ))}
        </svg>
        {nodes.filter((n) => !n.isContainer).map(draw)}
      </div>
      <MiniMap layout={layout} view={view} sight={sight} onLook={centre} />
      <div className="graph-tools">
        <button type="button" aria-label="Zoom in" onClick={() => zoomMiddle(1.2)}>
          +
        </button>
        <button type="button" aria-label="Zoom out" onClick={() => zoomMiddle(1 / 1.2)}>
          −
        </button>
        <button type="button" aria-label="Show the whole graph" onClick={() => fit(0.1, undefined)}>
          ⤢
        </button>
        <button type="button" aria-label="Full screen" onClick={() => void fullScreen()}>
          <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
            <path d="M2 6V2h4M10 2h4v4M14 10v4h-4M6 14H2v-4" />
          </svg>
        </button>
      </div>
    </div>
  );

  function draw(node: GraphNode) {
    return (
      <Node
        key={node.id}
        node={node}
        status={view?.status.get(node.id) ?? 'none'}
        selected={selected === node.id}
        marked={marked?.has(node.id) ?? false}
        note={note?.(node.id)}
        heat={heat?.(node.id) ?? 0}
        onSelect={onSelect}
        reveal={reveal}
      />
    );
  }
}

const Node = memo(
  function Node({
    node,
    status,
    selected,
    marked,
    note,
    heat,
    onSelect,
    reveal,
  }: {
    node: GraphNode;
    status: Status;
    selected: boolean;
    marked: boolean;
    note: string | undefined;
    heat: number;
    onSelect: (id: string) => void;
    reveal: (node: GraphNode) => void;
  }) {
    const place = { left: node.x, top: node.y, width: node.width, height: node.height };
    if (node.type === 'Start' || node.type === 'End') {
      return (
        <div className={`node round ${status}`} style={place}>
          {node.name}
        </div>
      );
    }
    const kind = subtitle(node);
    return (
      <button
        type="button"
        className={`node ${status}${node.isContainer ? ' container' : ''}${selected ? ' selected' : ''}${marked ? ' eyecatcher' : ''}${heat ? ` heat${heat}` : ''}`}
        style={place}
        title={node.name}
        aria-pressed={selected}
        data-state={node.id}
        data-status={status}
        onClick={() => onSelect(node.id)}
        onFocus={(e) => e.target.matches(':focus-visible') && reveal(node)}
      >
        <span className="node-head">
          <svg className="node-glyph" viewBox="0 0 16 16" aria-hidden="true">
            <path d={GLYPHS[service(node)] ?? GLYPHS[node.type]!} />
          </svg>
          <span className="node-text">
            <span className="node-name">{node.name}</span>
            <span className="node-kind">
              {note ? (/^[A-Z]/.test(note) ? note : `${service(node)} · ${note}`) : kind}
            </span>
          </span>
          <span className="unseen">, {statusText(status)}</span>
          {status !== 'none' && (
            <svg className="node-mark" viewBox="0 0 16 16" aria-hidden="true">
              <circle cx="8" cy="8" r="8" />
              <path d={MARKS[status]} />
            </svg>
          )}
        </span>
      </button>
    );
  },
  (a, b) =>
    a.node === b.node &&
    a.status === b.status &&
    a.selected === b.selected &&
    a.marked === b.marked &&
    a.note === b.note &&
    a.heat === b.heat &&
    a.onSelect === b.onSelect,
);

const Edge = memo(function Edge({ edge, taken }: { edge: GraphEdge; taken: boolean }) {
  const [x, y] = edge.points.at(-1)!;
  const look = `${edge.kind}${taken ? ' taken' : ''}`;
  return (
    <>
      <path className={`edge ${look}`} d={path(edge.points)} />
      <path
        className={`arrow ${look}`}
        transform={`translate(${x} ${y}) rotate(${arrival(edge)})`}
        d="M0 0l-8-4.500v9z"
      />
    </>
  );
});

const Label = memo(function Label({ edge, taken }: { edge: GraphEdge; taken: boolean }) {
  if (!edge.label) {
    return null;
  }
  const { text, x, y } = edge.label;
  const width = text.length * 6.2 + 10;
  return (
    <g className={`label${taken ? ' taken' : ''}`} transform={`translate(${x} ${y})`}>
      <rect x={-width / 2} y={-9} width={width} height={18} rx={5} />
      <text y={4}>{text}</text>
    </g>
  );
});

/** Where a length begins in a span: in the middle if it fits, else so that a point is in sight. */
function placed(length: number, span: number, point: number): number {
  if (length <= span - 32) {
    return (span - length) / 2;
  }
  return Math.min(16, Math.max(span - 16 - length, span / 2 - point));
}

/** How much of a graph is in sight, from 0 to 1. */
function shareIn({ width, height }: Layout, [l, t, r, b]: Window): number {
  const [w, h] = [Math.min(r, width) - Math.max(l, 0), Math.min(b, height) - Math.max(t, 0)];
  return (Math.max(0, w) * Math.max(0, h)) / (width * height);
}

/** Draws the frame around what is in sight of a graph, as far as it is on its map. */
function frame(rect: SVGRectElement | null, { width, height }: Layout, seen: Window): void {
  const clip = (value: number, most: number) => Math.min(most, Math.max(0, value));
  const [l, r] = [clip(seen[0], width), clip(seen[2], width)];
  const [t, b] = [clip(seen[1], height), clip(seen[3], height)];
  for (const [name, value] of Object.entries({ x: l, y: t, width: r - l, height: b - t })) {
    rect?.setAttribute(name, String(value));
  }
}

const meets = (w: Window, l: number, t: number, r: number, b: number): boolean =>
  l < w[2] && r > w[0] && t < w[3] && b > w[1];

function bounds({ points }: GraphEdge): Window {
  const xs = points.map((p) => p[0]);
  const ys = points.map((p) => p[1]);
  return [Math.min(...xs), Math.min(...ys) - 1, Math.max(...xs) + 1, Math.max(...ys)];
}
