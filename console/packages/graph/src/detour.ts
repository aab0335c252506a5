import type { Point } from './layout.ts';

export type Rect = [left: number, top: number, right: number, bottom: number];

/** How far a line keeps from what it goes around. */
const MARGIN = 12;
/** What a bend costs, in pixels of way. */
const BEND = 40;
const OBSTACLES_MAX = 80;

const enum Direction {
  Across,
  Down,
}

/** Rectangles in the way of lines, in the order of their tops, so that few are looked at. */
export class Obstacles {
  private readonly rects: readonly Rect[];
  private readonly tallest: number;

  constructor(rects: readonly Rect[]) {
    this.rects = rects.toSorted((a, b) => a[1] - b[1]);
    this.tallest = rects.reduce((most, r) => Math.max(most, r[3] - r[1]), 0);
  }

  get all(): readonly Rect[] {
    return this.rects;
  }

  /** One that has something of a window; undefined where none has. */
  within(left: number, top: number, right: number, bottom: number): Rect | undefined {
    for (let i = this.firstFrom(top - this.tallest); i < this.rects.length; i++) {
      const r = this.rects[i]!;
      if (r[1] >= bottom) {
        return undefined;
      }
      if (r[0] < right && left < r[2] && top < r[3]) {
        return r;
      }
    }
    return undefined;
  }

  /** The place of the first whose top is at that height or below it. */
  private firstFrom(top: number): number {
    let [low, high] = [0, this.rects.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.rects[middle]![1] < top) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Whether a line of level and upright pieces goes through one. */
  crossedBy(points: readonly Point[]): boolean {
    return points.some((p, i) => {
      const q = points[i + 1];
      return (
        q !== undefined &&
        this.within(
          Math.min(p[0], q[0]) + 1,
          Math.min(p[1], q[1]) + 1,
          Math.max(p[0], q[0]) - 1,
          Math.max(p[1], q[1]) - 1,
        ) !== undefined
      );
    });
  }
}

/**
 * Ways around obstacles: the shortest with few bends, along lines beside and between them.
 *
 * Limits: up to 80 obstacles; beyond, no way is found.
 */
export class Detours {
  private readonly xs: number[];
  private readonly ys: number[];
  private readonly free: Uint8Array;

  constructor(
    private readonly obstacles: Obstacles,
    centres: readonly number[],
    width: number,
  ) {
    const few = obstacles.all.length <= OBSTACLES_MAX ? obstacles.all : [];
    const sides = few
      .flatMap((r) => [r[0] - MARGIN, r[2] + MARGIN])
      .map((x) => Math.min(Math.max(x, 2), width - 2));
    this.xs = sorted(few.length ? [...centres, ...sides] : []);
    this.ys = sorted(few.flatMap((r) => [r[1] - MARGIN, r[3] + MARGIN]));
    this.free = new Uint8Array(this.xs.length * this.ys.length).fill(1);
    this.ys.forEach((y, j) =>
      this.xs.forEach((x, i) => {
        if (few.some((r) => x > r[0] - 1 && x < r[2] + 1 && y > r[1] - 1 && y < r[3] + 1)) {
          this.free[j * this.xs.length + i] = 0;
        }
      }),
    );
  }

  /** From below one point to above another; undefined where there is no way. */
  find(from: Point, to: Point): Point[] | undefined {
    const start = this.cell(from[0], from[1] + MARGIN);
    const goal = this.cell(to[0], to[1] - MARGIN);
    if (start === undefined || goal === undefined) {
      return undefined;
    }
    const [width, height] = [this.xs.length, this.ys.length];
    const cost = new Float64Array(width * height * 2).fill(Infinity);
    const before = new Int32Array(width * height * 2).fill(-1);
    const queue = new Queue();
    cost[start * 2 + Direction.Down] = 0;
    queue.push(0, start * 2 + Direction.Down);
    for (let state = queue.pop(); state !== undefined; state = queue.pop()) {
      const cell = state >> 1;
      if (cell === goal) {
        return [from, ...this.points(state, before), to];
      }
      const [i, j] = [cell % width, Math.floor(cell / width)];
      for (const [di, dj] of [
        [1, 0],
        [-1, 0],
        [0, 1],
        [0, -1],
      ] as const) {
        const [ni, nj] = [i + di, j + dj];
        if (ni < 0 || nj < 0 || ni >= width || nj >= height || !this.isWay(i, j, ni, nj)) {
          continue;
        }
        const direction = di === 0 ? Direction.Down : Direction.Across;
        const next = (nj * width + ni) * 2 + direction;
        const length = Math.abs(this.xs[ni]! - this.xs[i]!) + Math.abs(this.ys[nj]! - this.ys[j]!);
        const total = cost[state]! + length + (direction === (state & 1) ? 0 : BEND);
        if (total < cost[next]!) {
          cost[next] = total;
          before[next] = state;
          queue.push(total, next);
        }
      }
    }
    return undefined;
  }

  private isWay(i: number, j: number, ni: number, nj: number): boolean {
    const width = this.xs.length;
    return (
      this.free[j * width + i] === 1 &&
      this.free[nj * width + ni] === 1 &&
      !this.obstacles.crossedBy([
        [this.xs[i]!, this.ys[j]!],
        [this.xs[ni]!, this.ys[nj]!],
      ])
    );
  }

  private cell(x: number, y: number): number | undefined {
    const i = this.xs.indexOf(x);
    const j = this.ys.indexOf(y);
    return i < 0 || j < 0 ? undefined : j * this.xs.length + i;
  }

  private points(state: number, before: Int32Array): Point[] {
    const way: Point[] = [];
    for (let s = state; s >= 0; s = before[s]!) {
      const cell = s >> 1;
      const width = this.xs.length;
      way.unshift([this.xs[cell % width]!, this.ys[Math.floor(cell / width)]!]);
    }
    return way;
  }
}

const sorted = (values: number[]): number[] => [...new Set(values)].sort((a, b) => a - b);

/** States by cost, the least first. */
class Queue {
  private readonly heap: [cost: number, state: number][] = [];

  push(cost: number, state: number): void {
    const { heap } = this;
    let i = heap.push([cost, state]) - 1;
    for (let up = (i - 1) >> 1; i > 0 && heap[up]![0] > heap[i]![0]; up = (i - 1) >> 1) {
      [heap[up], heap[i]] = [heap[i]!, heap[up]!];
      i = up;
    }
  }

  pop(): number | undefined {
    const { heap } = this;
    const top = heap[0];
    const last = heap.pop();
    if (!top || !last || heap.length === 0) {
      return top?.[1];
    }
    heap[0] = last;
    for (let i = 0; ; ) {
      let least = i;
      for (const down of [2 * i + 1, 2 * i + 2]) {
        if (down < heap.length && heap[down]![0] < heap[least]![0]) {
          least = down;
        }
      }
      if (least === i) {
        return top[1];
      }
      [heap[least], heap[i]] = [heap[i]!, heap[least]!];
      i = least;
    }
  }
}
