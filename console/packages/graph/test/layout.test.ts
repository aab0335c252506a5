import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  exits,
  innerScopes,
  layout,
  Outline,
  type GraphNode,
  type Point,
  type Scope,
} from '../src/index.ts';
import type { Rect } from '../src/detour.ts';
import { definitions } from './definitions.ts';

const chain = (names: string[]): Scope => ({
  StartAt: names[0]!,
  States: Object.fromEntries(
    names.map((name, i) => [
      name,
      i + 1 < names.length ? { Type: 'Pass', Next: names[i + 1]! } : { Type: 'Pass', End: true },
    ]),
  ),
});

const area = (n: GraphNode): Rect => [n.x, n.y, n.x + n.width, n.y + n.height];

/** Whether a line of level and upright pieces goes through one of the rectangles. */
const crosses = (points: readonly Point[], rects: readonly Rect[]): boolean =>
  points.slice(1).some((q, i) => {
    const p = points[i]!;
    const [left, right] = [Math.min(p[0], q[0]), Math.max(p[0], q[0])];
    const [top, bottom] = [Math.min(p[1], q[1]), Math.max(p[1], q[1])];
    return rects.some(
      (r) => left < r[2] - 1 && right > r[0] + 1 && top < r[3] - 1 && bottom > r[1] + 1,
    );
  });

const overlap = (a: GraphNode, b: GraphNode): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

type Area = Pick<GraphNode, 'x' | 'y' | 'width' | 'height'>;

const touches = ([x, y]: Point, area: Area): boolean =>
  x >= area.x - 0.01 &&
  x <= area.x + area.width + 0.01 &&
  y >= area.y - 0.01 &&
  y <= area.y + area.height + 0.01;

const within = (inner: Area, outer: Area): boolean =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height;

/** Pairs of states that an edge must join, at the end of a scope at the top the end itself. */
function pairs(scope: Scope, outline: Outline, found: string[] = [], isTop = true): string[] {
  const id = (name: string) => outline.of(scope.States[name]!).id;
  if (isTop) {
    found.push(`#Start → ${id(scope.StartAt)}`);
  }
  for (const [name, state] of Object.entries(scope.States)) {
    const own = new Set(exits(state).map((e) => `${id(name)} → ${id(e.to)}`));
    if (isTop && (state.End || state.Type === 'Succeed' || state.Type === 'Fail')) {
      own.add(`${id(name)} → #End`);
    }
    found.push(...own);
    for (const inner of innerScopes(state)) {
      pairs(inner, outline, found, false);
    }
  }
  return found;
}

describe('layout', () => {
  it('keeps a chain on one straight line', () => {
    const { nodes } = layout(chain(['A', 'B', 'C', 'D']));

    expect(new Set(nodes.map((n) => n.x + n.width / 2)).size).toBe(1);
  });

  it('moves nothing sideways when a state is added', () => {
    const before = layout(chain(['A', 'B', 'C']));
    const after = layout(chain(['A', 'New', 'B', 'C']));

    for (const node of before.nodes) {
      expect(after.nodes.find((n) => n.id === node.id)!.x).toBe(node.x);
    }
  });

  it('names rules that lead to one state on one edge', () => {
    const { edges } = layout({
      StartAt: 'Which?',
      States: {
        'Which?': {
          Type: 'Choice',
          Choices: [
            { Variable: '$.size', NumericGreaterThanEquals: 3, Next: 'Done' },
            { Variable: '$.size', IsPresent: true, Next: 'Done' },
          ],
          Default: 'Done',
        },
        Done: { Type: 'Succeed' },
      },
    });

    expect(edges.find((e) => e.from === 'Which?')!.label!.text).toBe('$.size ≥ 3 +2');
  });

  it('lays out definitions that are not finished', () => {
    expect(layout({ StartAt: 'Gone', States: {} }).nodes).toEqual([]);
    const { nodes } = layout({ StartAt: 'Gone', States: { A: { Type: 'Pass', Next: 'Gone' } } });

    expect(nodes.map((n) => n.id)).toContain('A');
  });

  it('draws every edge, through no state, and lets nothing overlap', () => {
    fc.assert(
      fc.property(definitions(), (definition) => {
        const outline = new Outline(definition);
        const { nodes, edges, width, height } = layout(definition, outline);
        const whole = { x: -0.01, y: -0.01, width: width + 0.02, height: height + 0.02 };
        const byId = new Map(nodes.map((n) => [n.id, n]));

        expect(edges.map((e) => e.id).sort()).toEqual(pairs(definition, outline).sort());
        for (const edge of edges) {
          for (const [id, point] of [
            [edge.from, edge.points[0]!],
            [edge.to, edge.points.at(-1)!],
          ] as const) {
            const node = byId.get(id)!;
            expect(touches(point, node)).toBe(true);
          }
          const slanted = edge.points.slice(1).some((p, i) => {
            const q = edge.points[i]!;
            return p[0] !== q[0] && p[1] !== q[1];
          });
          expect(slanted).toBe(false);
          const { parent } = byId.get(edge.from)!;
          const others = nodes.filter(
            (n) => n.parent === parent && n.id !== edge.from && n.id !== edge.to,
          );
          if (crosses(edge.points, others.map(area))) {
            throw new Error(`${edge.id} goes through a state`);
          }
        }
        nodes.forEach((a, i) => {
          const outer = a.parent === undefined ? whole : byId.get(a.parent)!;
          if (!within(a, outer)) {
            throw new Error(`${a.id} is not within ${a.parent ?? 'the graph'}`);
          }
          for (const b of nodes.slice(i + 1)) {
            if (a.parent === b.parent && overlap(a, b)) {
              throw new Error(`${a.id} and ${b.id} overlap`);
            }
          }
        });
      }),
      { numRuns: 300 },
    );
  }, 60_000);

  it('lays out a chain of 5,000 states', () => {
    const long = chain(Array.from({ length: 5_000 }, (_, i) => `State ${i}`));

    expect(layout(long).nodes).toHaveLength(5_002);
  });
});
