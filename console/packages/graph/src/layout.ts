import {
  innerScopes,
  Outline,
  type EdgeKind,
  type Place,
  type Scope,
  type StateType,
} from './definition.ts';
import { Area } from './area.ts';
import { Detours, Obstacles, type Rect } from './detour.ts';
import { Flow, type FlowEdge } from './flow.ts';

export type Point = [x: number, y: number];

/** A state, or the start or the end, with its place on the plane. */
export interface GraphNode {
  id: string;
  name: string;
  type: StateType | 'Start' | 'End';
  resource: string | undefined;
  x: number;
  y: number;
  width: number;
  height: number;
  depth: number;
  isContainer: boolean;
  parent: string | undefined;
}

/** A way from one node to another: a line of level and upright pieces. */
export interface GraphEdge {
  id: string;
  from: string;
  to: string;
  kind: EdgeKind;
  back: boolean;
  points: Point[];
  label?: { text: string; x: number; y: number };
}

export interface Layout {
  nodes: GraphNode[];
  edges: GraphEdge[];
  width: number;
  height: number;
}

const NODE_WIDTH = 204;
const NODE_HEIGHT = 52;
const ROUND = 42;
const GAP_X = 28;
const GAP_Y = 40;
const PADDING = 20;
const HEAD = 44;
/** Beside a scope, where lines go around all of it. */
const SIDE = 16;
/** How far beside a rectangle a line still is in its way. */
const LANE = 10;

/** A vertex with all it dominates; places are relative to its centre line and top. */
interface Box {
  vertices: [vertex: number, x: number, y: number][];
  boxes: [box: Box, x: number, y: number][];
  area: Area;
  /** The box that this one is in, and where. */
  outer: [box: Box, x: number, y: number] | undefined;
  /** Where edges leave that lead out of the box. */
  exits: [vertex: number, x: number, y: number][];
  /** Verticals that are kept free for an edge. */
  lanes: [edge: FlowEdge, x: number][];
}

/** A line, and where its label is. */
type Way = [points: Point[], label: Point];

interface Drawing {
  nodes: GraphNode[];
  edges: GraphEdge[];
  width: number;
  height: number;
}

/**
 * Lays a definition out, top down: the usual way stays one straight line, rules of a Choice stand
 * side by side, catchers go to the right, loops run left. It uses what the States Language has and
 * a graph has not: an order of exits and scopes; so an added state moves what is below it down and
 * nothing sideways.
 *
 * Each scope is laid out on its own, containers first. In a scope, a vertex and all that it
 * dominates are a box; boxes of exits stand side by side under it, and what two or more of them
 * lead to stands below them, in levels.
 */
export function layout(definition: Scope, outline = new Outline(definition)): Layout {
  return new ScopeLayout(definition, undefined, outline).draw();
}

class ScopeLayout {
  private readonly flow: Flow;
  private readonly inner: (Drawing[] | undefined)[] = [];
  private readonly width: number[] = [];
  private readonly height: number[] = [];
  private readonly lanes = new Map<FlowEdge, number>();
  private readonly x: Float64Array;
  private readonly y: Float64Array;
  /** The box that a vertex is in, and its bottom there. */
  private readonly homes: ([box: Box, bottom: number] | undefined)[] = [];
  private obstacles = new Obstacles([]);
  private detours: Detours | undefined;
  private fullWidth = 0;

  constructor(
    private readonly scope: Scope,
    private readonly parent: Place | undefined,
    private readonly outline: Outline,
  ) {
    this.flow = new Flow(scope, parent === undefined);
    const size = this.flow.names.length + 2;
    this.x = new Float64Array(size);
    this.y = new Float64Array(size);
    this.measure();
  }

  draw(): Drawing {
    const { flow } = this;
    if (flow.names.length === 0) {
      return { nodes: [], edges: [], width: NODE_WIDTH, height: NODE_HEIGHT };
    }
    const single = this.parent && flow.out[flow.root]!.length === 1;
    const root = this.box(single ? flow.out[flow.root]![0]!.target : flow.root);
    const [left, top, right, bottom] = root.area.bounds;
    this.locate(root, -left, -top);
    this.fullWidth = right - left;
    const edgesHere = flow.order
      .flatMap((v) => flow.out[v]!)
      .filter((e) => !e.hidden && (e.source !== flow.root || !this.parent));
    this.setObstacles();
    let ways = edgesHere.map((edge) => this.usual(edge));
    const isCrossed = ways.some(([points]) => this.obstacles.crossedBy(points));
    if (isCrossed) {
      // Room at both sides for ways around everything.
      this.locate(root, SIDE - left, -top);
      this.fullWidth += 2 * SIDE;
      this.setObstacles();
      ways = edgesHere.map((edge) => this.usual(edge));
    }
    const nodes: GraphNode[] = [];
    const edges: GraphEdge[] = [];
    flow.names.forEach((_, v) => this.drawState(v, nodes, edges));
    if (!this.parent) {
      nodes.push(this.round(flow.root, 'Start'));
      if (flow.preds[flow.end]!.length) {
        nodes.push(this.round(flow.end, 'End'));
      }
    }
    edgesHere.forEach((edge, i) => edges.push(this.drawEdge(edge, ways[i]!, isCrossed)));
    return { nodes, edges, width: this.fullWidth, height: bottom - top };
  }

  /** Containers first: a state's size is that of what is in it. */
  private measure(): void {
    const { flow } = this;
    flow.names.forEach((name, v) => {
      const state = this.scope.States[name]!;
      const scopes = innerScopes(state);
      if (scopes.length === 0) {
        this.width[v] = NODE_WIDTH;
        this.height[v] = NODE_HEIGHT;
        return;
      }
      const place = this.outline.of(state);
      const drawings = scopes.map((scope) => new ScopeLayout(scope, place, this.outline).draw());
      this.inner[v] = drawings;
      this.width[v] = Math.max(NODE_WIDTH, side(drawings) + 2 * PADDING);
      this.height[v] = Math.max(...drawings.map((d) => d.height)) + HEAD + PADDING;
    });
    for (const v of [flow.end, flow.root]) {
      this.width[v] = ROUND;
      this.height[v] = ROUND;
    }
  }

  private leadsOut(v: number, box: number): boolean {
    return this.flow.out[v]!.some(
      (e) => !e.back && e.kind !== 'catch' && !this.flow.under(box, e.target),
    );
  }

  private box(head: number): Box {
    const { flow } = this;
    const box: Box = {
      vertices: [],
      boxes: [],
      area: new Area(),
      outer: undefined,
      exits: [],
      lanes: [],
    };
    let last = head;
    let y = 0;
    const put = (v: number) => {
      box.vertices.push([v, 0, y]);
      this.homes[v] = [box, y + this.height[v]!];
      box.area.add([-this.width[v]! / 2, y, this.width[v]! / 2, y + this.height[v]!]);
      if (this.leadsOut(v, head)) {
        box.exits.push([v, 0, y + this.height[v]!]);
      }
      y += this.height[v]!;
    };
    put(head);
    // A row of states that only follow each other, without recursion.
    for (;;) {
      const [only, ...others] = flow.kids[last]!;
      if (only === undefined || others.length || flow.loops[only]!.length) {
        break;
      }
      y += GAP_Y;
      last = only;
      put(last);
    }
    if (flow.kids[last]!.length) {
      this.putColumns(box, last, y);
      this.putMerges(box, last);
      box.exits = box.exits.filter(([v]) => this.leadsOut(v, head));
    }
    for (const loop of flow.loops[head]!) {
      const half = Math.max(8, labelWidth(loop.label) / 2);
      const [left, , , bottom] = box.area.bounds;
      const x = Math.min(0, left) - 16 - half;
      box.area.add([x - half, 0, x + half, bottom]);
      box.lanes.push([loop, x]);
    }
    return box;
  }

  /** What only this vertex leads to, side by side below it; a way to a merge keeps a lane. */
  private putColumns(box: Box, v: number, bottom: number): void {
    const { flow } = this;
    const isChoice = flow.isChoice(v);
    const kids = new Set(flow.kids[v]);
    const columns: { edge: FlowEdge; x: number; box: Box | undefined; area: Area }[] = [];
    const taken = new Area();
    for (const edge of flow.out[v]!) {
      if (edge.back) {
        continue;
      }
      const label = edge.hidden ? 0 : labelWidth(edge.label);
      let inner: Box | undefined;
      let area: Area;
      let exits: Box['exits'];
      if (kids.has(edge.target) && flow.preds[edge.target]!.length === 1) {
        inner = this.box(edge.target);
        area = new Area().addArea(inner.area, 0, 0);
        if (label) {
          area.add([-label / 2, -24, label / 2, 0]);
        }
        exits = inner.exits;
      } else if (edge.kind !== 'catch') {
        const half = Math.max(12, label / 2);
        area = Area.of([-half, -24, half, 16]);
        exits = [[v, 0, 0]];
      } else {
        continue;
      }
      const open = Area.of(...exits.map(([, x, y]): Rect => [x - LANE, y, x + LANE, 1e9]));
      open.addArea(area, 0, 0);
      const x = Math.max(columns.length ? taken.clearance(open, 0, GAP_X) : 0, 0);
      taken.addArea(open, x, 0);
      columns.push({ edge, x, box: inner, area });
    }
    const [first, last] = [columns[0], columns.at(-1)];
    if (!first || !last) {
      return;
    }
    const next =
      columns.find((c) => c.edge.kind === 'next' && c.box) ??
      columns.find((c) => c.edge.kind === 'next');
    const axis = isChoice || !next ? (first.x + last.x) / 2 : next.x;
    const top = bottom + (isChoice ? GAP_Y + 24 : GAP_Y);
    for (const column of columns) {
      const x = column.x - axis;
      box.area.addArea(column.area, x, top);
      if (column.box) {
        box.boxes.push([column.box, x, top]);
        column.box.outer = [box, x, top];
        for (const [e, ex, ey] of column.box.exits) {
          box.exits.push([e, ex + x, ey + top]);
        }
      } else {
        box.lanes.push([column.edge, x]);
        box.exits.push([v, x, top]);
      }
    }
  }

  /** What several ways lead to, below all of them; what only catchers lead to, at the right. */
  private putMerges(box: Box, v: number): void {
    const { flow } = this;
    const merges = flow.kids[v]!.filter((k) => flow.preds[k]!.length > 1);
    for (const row of this.levels(v, merges)) {
      const placed = row.map((m) => {
        const preds = flow.preds[m]!;
        const from = preds.map((p) => this.bottom(p.source, box));
        return {
          m,
          box: this.box(m),
          isSide: preds.every((p) => p.kind === 'catch'),
          x: from.reduce((sum, p) => sum + p[0], 0) / from.length,
          y: Math.max(...from.map((p) => p[1])) + GAP_Y,
          first: Math.min(...from.map((p) => p[1])),
        };
      });
      const normal = placed.filter((p) => !p.isSide).sort((a, b) => a.x - b.x);
      spread(normal);
      for (const p of [...normal, ...placed.filter((q) => q.isSide)]) {
        if (p.isSide) {
          const lane: Rect = [-LANE, p.first - p.y, LANE, 0];
          const all = Area.of(lane).addArea(p.box.area, 0, 0);
          p.x = box.area.clearance(all, p.y, GAP_X);
          box.area.addArea(Area.of(lane), p.x, p.y);
        } else {
          p.y = box.area.below(p.box.area, p.x, GAP_Y, p.y);
        }
        box.area.addArea(p.box.area, p.x, p.y);
        box.boxes.push([p.box, p.x, p.y]);
        p.box.outer = [box, p.x, p.y];
        for (const [e, ex, ey] of p.box.exits) {
          box.exits.push([e, ex + p.x, ey + p.y]);
        }
      }
    }
  }

  /** The bottom of a vertex, as a box around it sees it. */
  private bottom(v: number, within: Box): Point {
    const home = this.homes[v];
    if (!home) {
      return [0, 0];
    }
    let [box, y] = home;
    let x = 0;
    while (box !== within) {
      if (!box.outer) {
        return [0, 0];
      }
      x += box.outer[1];
      y += box.outer[2];
      box = box.outer[0];
    }
    return [x, y];
  }

  /** Merges in levels: one stands below those that lead into it. */
  private levels(v: number, merges: number[]): number[][] {
    const { flow } = this;
    const childOf = (u: number) => {
      while (flow.idom[u] !== v && u !== v) {
        u = flow.idom[u]!;
      }
      return u;
    };
    const level = new Map<number, number>();
    const rows: number[][] = [];
    for (const m of merges) {
      const above = flow.preds[m]!.map((p) => level.get(childOf(p.source)) ?? 0);
      const own = 1 + Math.max(0, ...above);
      level.set(m, own);
      (rows[own - 1] ??= []).push(m);
    }
    return rows.filter((row) => row);
  }

  private locate(box: Box, x: number, y: number): void {
    for (const [v, vx, vy] of box.vertices) {
      this.x[v] = vx + x;
      this.y[v] = vy + y;
    }
    for (const [edge, lx] of box.lanes) {
      this.lanes.set(edge, lx + x);
    }
    for (const [inner, ix, iy] of box.boxes) {
      this.locate(inner, ix + x, iy + y);
    }
  }

  private drawState(v: number, nodes: GraphNode[], edges: GraphEdge[]): void {
    const place = this.outline.of(this.scope.States[this.flow.names[v]!]!);
    const rect = this.rect(v);
    const [x, y] = rect;
    const width = this.width[v]!;
    const height = this.height[v]!;
    const drawings = this.inner[v];
    nodes.push({
      id: place.id,
      name: place.name,
      type: place.state.Type,
      resource: place.state.Resource,
      x,
      y,
      width,
      height,
      depth: place.depth,
      isContainer: drawings !== undefined,
      parent: place.parent?.id,
    });
    if (!drawings) {
      return;
    }
    let left = x + (width - side(drawings)) / 2;
    for (const drawing of drawings) {
      const [dx, dy] = [left, y + HEAD];
      for (const node of drawing.nodes) {
        nodes.push({ ...node, x: node.x + dx, y: node.y + dy });
      }
      for (const { label, ...edge } of drawing.edges) {
        edges.push({
          ...edge,
          points: edge.points.map(([px, py]): Point => [px + dx, py + dy]),
          ...(label ? { label: { ...label, x: label.x + dx, y: label.y + dy } } : {}),
        });
      }
      left += drawing.width + GAP_X;
    }
  }

  private round(v: number, type: 'Start' | 'End'): GraphNode {
    return {
      id: `#${type}`,
      name: type,
      type,
      resource: undefined,
      x: this.x[v]! - ROUND / 2,
      y: this.y[v]!,
      width: ROUND,
      height: ROUND,
      depth: 0,
      isContainer: false,
      parent: undefined,
    };
  }

  private id(v: number): string {
    return v === this.flow.root
      ? '#Start'
      : v === this.flow.end
        ? '#End'
        : this.outline.of(this.scope.States[this.flow.names[v]!]!).id;
  }

  private drawEdge(edge: FlowEdge, [usual, at]: Way, isCrossed: boolean): GraphEdge {
    const points =
      isCrossed && this.obstacles.crossedBy(usual) ? (this.detour(edge) ?? usual) : usual;
    const [from, to] = [this.id(edge.source), this.id(edge.target)];
    return {
      id: `${from} → ${to}`,
      from,
      to,
      kind: edge.kind,
      back: edge.back,
      points: straightened(points),
      ...(edge.label
        ? { label: { text: edge.label, ...(points === usual ? place(at) : place(middle(points))) } }
        : {}),
    };
  }

  /** The way an edge of its kind goes, and the place of its label. */
  private usual(edge: FlowEdge): Way {
    return edge.back
      ? this.backEdge(edge)
      : edge.kind === 'catch'
        ? this.catchEdge(edge)
        : this.forwardEdge(edge);
  }

  private setObstacles(): void {
    const { flow } = this;
    const all = flow.names.map((_, v) => v);
    if (!this.parent) {
      all.push(flow.root, ...(flow.preds[flow.end]!.length ? [flow.end] : []));
    }
    this.obstacles = new Obstacles(all.map((v) => this.rect(v)));
  }

  /** Around everything, where the usual way leads through a state. */
  private detour({ source, target }: FlowEdge): Point[] | undefined {
    this.detours ??= new Detours(this.obstacles, [...this.x], this.fullWidth);
    return this.detours.find(
      [this.x[source]!, this.y[source]! + this.height[source]!],
      [this.x[target]!, this.y[target]!],
    );
  }

  private rect(v: number): Rect {
    const [x, y, w, h] = [this.x[v]!, this.y[v]!, this.width[v]!, this.height[v]!];
    return [x - w / 2, y, x + w / 2, y + h];
  }

  /** Out at the left, up in the lane that was kept, into the head of the loop. */
  private backEdge({ source, target, ...rest }: FlowEdge): Way {
    const edge = this.flow.loops[target]!.find((e) => e.source === source)!;
    const x = this.lanes.get(edge) ?? 0;
    const toSelf = source === target && !rest.hidden ? 12 : 0;
    const from = this.y[source]! + Math.min(this.height[source]!, NODE_HEIGHT) / 2 + toSelf;
    const to = this.y[target]! + Math.min(this.height[target]!, NODE_HEIGHT) / 2 - toSelf;
    const points: Point[] = [
      [this.x[source]! - this.width[source]! / 2, from],
      [x, from],
      [x, to],
      [this.x[target]! - this.width[target]! / 2, to],
    ];
    return [points, [x, (from + to) / 2]];
  }

  /** Out at the right, if its target is there. */
  private catchEdge({ source, target }: FlowEdge): Way {
    const right = this.x[source]! + this.width[source]! / 2;
    const top = this.y[target]!;
    const x = this.x[target]!;
    if (x <= right) {
      const bottom = this.y[source]! + this.height[source]!;
      return [this.route(this.x[source]!, bottom, x, top), [this.x[source]!, bottom + 14]];
    }
    const y = this.y[source]! + Math.min(this.height[source]!, NODE_HEIGHT) / 2;
    const points: Point[] = [
      [right, y],
      [x, y],
      [x, top],
    ];
    const isShared = this.flow.preds[target]!.length > 1;
    return [points, isShared ? [right + 40, y] : [x, Math.max(y + 16, top - 20)]];
  }

  private forwardEdge(edge: FlowEdge): Way {
    const { source, target } = edge;
    const [sx, tx, top] = [this.x[source]!, this.x[target]!, this.y[target]!];
    const bottom = this.y[source]! + this.height[source]!;
    const lane = this.lanes.get(edge);
    if (lane !== undefined && Math.abs(lane - sx) > 1) {
      const points: Point[] = [
        [sx, bottom],
        [sx, bottom + 20],
        [lane, bottom + 20],
        [lane, top - 20],
        [tx, top - 20],
        [tx, top],
      ];
      return [points, [lane, bottom + 52]];
    }
    const points = this.route(sx, bottom, tx, top);
    if (lane !== undefined) {
      return [points, [lane, bottom + 52]];
    }
    return [points, this.flow.preds[target]!.length === 1 ? [tx, top - 20] : [sx, bottom + 14]];
  }

  private obstacleAt(x: number, top: number, bottom: number): Rect | undefined {
    return this.obstacles.within(x - 4, top, x + 4, bottom);
  }

  /** Down at the source's x, else at the target's, else at the nearest vertical that is free. */
  private route(sx: number, bottom: number, tx: number, top: number): Point[] {
    const isStraight = Math.abs(sx - tx) < 1;
    const [high, low] = [bottom + 20, top - 20];
    if (top - bottom < 90 && !isStraight && top - bottom > GAP_Y + 10) {
      return [
        [sx, bottom],
        [sx, high],
        [tx, high],
        [tx, top],
      ];
    }
    if (top - bottom < 90 || !this.obstacleAt(sx, bottom + 2, top - 22)) {
      return [
        [sx, bottom],
        [sx, low],
        [tx, low],
        [tx, top],
      ];
    }
    if (!this.obstacleAt(tx, bottom + 22, top - 2)) {
      return [
        [sx, bottom],
        [sx, high],
        [tx, high],
        [tx, top],
      ];
    }
    let best = Number.NaN;
    for (const direction of [1, -1]) {
      let x = sx;
      for (let tries = 0; tries < 400; tries++) {
        const obstacle = this.obstacleAt(x, bottom + 22, top - 22);
        if (!obstacle) {
          if (!(Math.abs(x - sx) >= Math.abs(best - sx))) {
            best = x;
          }
          break;
        }
        x = direction > 0 ? obstacle[2] + 14 : obstacle[0] - 14;
      }
    }
    return [
      [sx, bottom],
      [sx, high],
      [best, high],
      [best, low],
      [tx, low],
      [tx, top],
    ];
  }
}

const place = ([x, y]: Point) => ({ x, y });

/** The middle of the longest piece of a line. */
function middle(points: Point[]): Point {
  let best: Point = points[0]!;
  let length = -1;
  points.slice(1).forEach((p, i) => {
    const q = points[i]!;
    const l = Math.abs(p[0] - q[0]) + Math.abs(p[1] - q[1]);
    if (l > length) {
      length = l;
      best = [(p[0] + q[0]) / 2, (p[1] + q[1]) / 2];
    }
  });
  return best;
}

const labelWidth = (label: string | undefined): number => (label ? label.length * 6.4 + 16 : 0);

const side = (drawings: Drawing[]): number =>
  drawings.reduce((sum, d) => sum + d.width, 0) + GAP_X * (drawings.length - 1);

/** Pushes a row apart; one alone stands on the axis. */
function spread(row: { x: number; box: Box }[]): void {
  if (row.length === 1) {
    row[0]!.x = 0;
    return;
  }
  const wanted = row.map((p) => p.x);
  row.forEach((p, i) => {
    const before = row[i - 1];
    if (before) {
      p.x = Math.max(p.x, before.x + before.box.area.clearance(p.box.area, 0, GAP_X));
    }
  });
  const shift = row.reduce((sum, p, i) => sum + p.x - wanted[i]!, 0) / (row.length || 1);
  for (const p of row) {
    p.x -= shift;
  }
}

/** Without points in the middle of a line. */
function straightened(points: Point[]): Point[] {
  return points.filter((p, i) => {
    const [before, after] = [points[i - 1], points[i + 1]];
    if (!before || !after) {
      return true;
    }
    return !(before[0] === p[0] && after[0] === p[0]) && !(before[1] === p[1] && after[1] === p[1]);
  });
}
