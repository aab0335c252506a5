import { exits, type Exit, type Scope } from './definition.ts';

/** An edge between two vertices of a scope. */
export interface FlowEdge extends Exit {
  source: number;
  target: number;
  /** Leads back to a state on the way to its source. */
  back: boolean;
  /** Not drawn: holds an unreachable state in its place. */
  hidden: boolean;
}

/**
 * A scope as a graph of numbers: its states in their order, then the end, then the start; with the
 * edges that lead back told from the others, and the dominators of the rest.
 *
 * Source: Cooper, Harvey, Kennedy, A Simple, Fast Dominance Algorithm.
 */
export class Flow {
  readonly names: string[];
  readonly end: number;
  readonly root: number;
  readonly out: FlowEdge[][] = [];
  /** Edges that lead on, by target. */
  readonly preds: FlowEdge[][];
  /** Edges that lead back, by target. */
  readonly loops: FlowEdge[][];
  /** Every vertex but those nothing leads to, an order in which edges lead on. */
  readonly order: number[] = [];
  readonly idom: Int32Array;
  /** The vertices that each dominates directly. */
  readonly kids: number[][];
  private readonly enter: Int32Array;
  private readonly leave: Int32Array;

  constructor(
    readonly scope: Scope,
    withEnd: boolean,
  ) {
    this.names = Object.keys(scope.States);
    const n = this.names.length;
    this.end = n;
    this.root = n + 1;
    const size = n + 2;
    this.preds = Array.from({ length: size }, () => []);
    this.loops = Array.from({ length: size }, () => []);
    this.kids = Array.from({ length: size }, () => []);
    this.idom = new Int32Array(size).fill(-1);
    this.enter = new Int32Array(size);
    this.leave = new Int32Array(size);
    this.readEdges(withEnd);
    this.search();
    this.dominate();
    this.number();
    for (const v of this.order) {
      for (const edge of this.out[v]!) {
        if (edge.back) {
          this.loops[edge.target]!.push(edge);
        }
      }
    }
  }

  /** Whether every way to `v` passes `d`. */
  under(d: number, v: number): boolean {
    return this.enter[d]! <= this.enter[v]! && this.leave[v]! <= this.leave[d]!;
  }

  isChoice(v: number): boolean {
    return this.scope.States[this.names[v] ?? '']?.Type === 'Choice';
  }

  /** Several rules to one target are one edge. */
  private readEdges(withEnd: boolean): void {
    const index = new Map(this.names.map((name, i) => [name, i]));
    this.names.forEach((name, v) => {
      const state = this.scope.States[name]!;
      const byTarget = new Map<number, FlowEdge>();
      const more = new Map<FlowEdge, number>();
      const isLast = state.End || state.Type === 'Succeed' || state.Type === 'Fail';
      if (withEnd && isLast) {
        byTarget.set(this.end, edge({ to: 'End', kind: 'next' }, v, this.end));
      }
      for (const exit of exits(state)) {
        const target = index.get(exit.to);
        if (target === undefined) {
          continue;
        }
        const known = byTarget.get(target);
        if (known) {
          more.set(known, (more.get(known) ?? 0) + 1);
        } else {
          byTarget.set(target, edge(exit, v, target));
        }
      }
      for (const [found, count] of more) {
        found.label = `${found.label ?? ''} +${count}`.trim();
      }
      this.out[v] = [...byTarget.values()];
    });
    this.out[this.end] = [];
    const first = index.get(this.scope.StartAt) ?? 0;
    this.out[this.root] =
      this.names.length === 0
        ? []
        : [edge({ to: this.names[first]!, kind: 'next' }, this.root, first)];
  }

  /** Depth first: edges to what is on the way are back edges; the rest in reverse post-order. */
  private search(): void {
    const seen = new Uint8Array(this.names.length + 2);
    const from = (root: number) => {
      const stack: [vertex: number, left: number][] = [[root, this.out[root]!.length]];
      seen[root] = 1;
      for (let top = stack.at(-1); top; top = stack.at(-1)) {
        if (--top[1] < 0) {
          seen[top[0]] = 2;
          this.order.push(top[0]);
          stack.pop();
          continue;
        }
        const next = this.out[top[0]]![top[1]]!;
        if (seen[next.target] === 1) {
          next.back = true;
        } else if (seen[next.target] === 0) {
          seen[next.target] = 1;
          stack.push([next.target, this.out[next.target]!.length]);
        }
      }
    };
    from(this.root);
    this.names.forEach((name, v) => {
      if (!seen[v]) {
        this.order.pop();
        from(v);
        this.order.push(this.root);
        const held = edge({ to: name, kind: 'next' }, this.root, v);
        held.hidden = true;
        this.out[this.root]!.push(held);
      }
    });
    this.order.reverse();
  }

  private dominate(): void {
    const position = new Int32Array(this.names.length + 2);
    this.order.forEach((v, i) => {
      position[v] = i;
      for (const edge of this.out[v]!) {
        if (!edge.back) {
          this.preds[edge.target]!.push(edge);
        }
      }
    });
    this.idom[this.root] = this.root;
    for (const v of this.order) {
      if (v === this.root) {
        continue;
      }
      let d = -1;
      for (const pred of this.preds[v]!) {
        let a = pred.source;
        if (d < 0) {
          d = a;
          continue;
        }
        while (a !== d) {
          if (position[a]! > position[d]!) {
            a = this.idom[a]!;
          } else {
            d = this.idom[d]!;
          }
        }
      }
      this.idom[v] = d;
      this.kids[d]!.push(v);
    }
  }

  private number(): void {
    let clock = 0;
    const stack: [vertex: number, next: number][] = [[this.root, 0]];
    this.enter[this.root] = clock++;
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const kid = this.kids[top[0]]![top[1]++];
      if (kid === undefined) {
        this.leave[top[0]] = clock++;
        stack.pop();
      } else {
        this.enter[kid] = clock++;
        stack.push([kid, 0]);
      }
    }
  }
}

function edge(exit: Exit, source: number, target: number): FlowEdge {
  return { ...exit, source, target, back: false, hidden: false };
}
