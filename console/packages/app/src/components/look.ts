import type { GraphEdge, GraphNode, Point, Status } from '@stepwise/graph';

/** A line with round corners. */
export function path(points: Point[], radius = 8): string {
  const first = points[0]!;
  const last = points.at(-1)!;
  let d = `M${first[0]} ${first[1]}`;
  for (let i = 1; i < points.length - 1; i++) {
    const [before, corner, next] = [points[i - 1]!, points[i]!, points[i + 1]!];
    const r = Math.min(radius, distance(before, corner) / 2, distance(corner, next) / 2);
    d += `L${towards(corner, before, r)}Q${corner[0]} ${corner[1]} ${towards(corner, next, r)}`;
  }
  return `${d}L${last[0]} ${last[1]}`;
}

const distance = (a: Point, b: Point): number => Math.hypot(a[0] - b[0], a[1] - b[1]);

function towards(from: Point, to: Point, by: number): string {
  const length = distance(from, to) || 1;
  return `${from[0] + ((to[0] - from[0]) / length) * by} ${from[1] + ((to[1] - from[1]) / length) * by}`;
}

/** Signs of states and services, for a field of 16 by 16. */
export const GLYPHS: Record<string, string> = {
  Task: 'M3 4.5h10v7H3zM6 8h4',
  Pass: 'M3 8h9M9 5l3 3-3 3',
  Choice: 'M8 2.5 13.5 8 8 13.5 2.5 8z',
  Wait: 'M8 2.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 0 0 0-11M8 5v3l2 2',
  Parallel: 'M4 3v10M8 3v10M12 3v10',
  Map: 'M3 5h7v7H3zM6 5V3h7v7h-3',
  Succeed: 'M3 8.5l3.5 3.5L13 5',
  Fail: 'M4 4l8 8M12 4l-8 8',
  lambda: 'M4 13 8 5M5 3h2l5 10h1',
  dynamodb: 'M3 4.5c0-2 10-2 10 0v7c0 2-10 2-10 0zM3 4.5c0 2 10 2 10 0M3 8c0 2 10 2 10 0',
  sns: 'M2.5 4h11v8h-11zM2.5 4.5 8 9l5.5-4.5',
  sqs: 'M2.5 4h11v8h-11zM5.5 4v8M8 4v8M10.500 4v8',
  http: 'M8 2.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 0 0 0-11M2.5 8h11M8 2.5c3 3 3 8 0 11c-3-3-3-8 0-11',
  batch: 'M3 3h4v4H3zM9 3h4v4H9zM3 9h4v4H3zM9 9h4v4H9z',
  states: 'M3 13h3.500v-3.500H10V6h3.500',
  activity: 'M2.500 8h3l2-4.500 2 9 2-4.500h2',
};

/** Marks of a status, for a circle of 16. */
export const MARKS: Record<Exclude<Status, 'none'>, string> = {
  running: 'M8 3.500a4.500 4.500 0 1 1-4.500 4.500',
  succeeded: 'M4.5 8.2l2.3 2.3L11.5 5.8',
  failed: 'M5.3 5.3l5.4 5.4M10.7 5.3l-5.400 5.4',
  caught: 'M8 4.2v4.6M8 11.300v.2',
  aborted: 'M5.5 5.5h5v5h-5z',
};

/** The service a task calls; else its type. */
export function service(node: GraphNode): string {
  if (node.type !== 'Task') {
    return node.type;
  }
  const resource = node.resource ?? '';
  if (/:lambda:[^:]*:\d+:function:/.test(resource)) {
    return 'lambda';
  }
  if (/:states:[^:]*:\d+:activity:/.test(resource)) {
    return 'activity';
  }
  const found = /:::(?:aws-sdk:)?([a-z0-9-]+)/.exec(resource)?.[1];
  return found ?? 'Task';
}

/** What a state does, in few words. */
export function subtitle(node: GraphNode): string {
  if (node.type !== 'Task') {
    return node.type;
  }
  const resource = node.resource ?? '';
  const integration = /:::(.+)$/.exec(resource)?.[1];
  if (integration) {
    return integration.replace(/^aws-sdk:/, '').replace(':', ' · ');
  }
  const [, kind, name] = /:(function|activity):(.+)$/.exec(resource) ?? [];
  return name === undefined ? 'Task' : `${kind === 'function' ? 'lambda' : 'activity'} · ${name}`;
}

/** The direction in which an edge arrives. Units: degrees. */
export function arrival(edge: GraphEdge): number {
  const [x, y] = edge.points.at(-1)!;
  const [px, py] = edge.points.at(-2)!;
  return (Math.atan2(y - py, x - px) * 180) / Math.PI;
}
