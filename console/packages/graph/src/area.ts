import type { Rect } from './detour.ts';

/**
 * What a box takes of the plane: rectangles, and the areas of boxes inside it, each moved to its
 * place. These are not copied, however deep boxes are nested; questions skip what their bounds rule
 * out.
 */
export class Area {
  private readonly rects: Rect[] = [];
  private readonly parts: [area: Area, x: number, y: number][] = [];
  readonly bounds: Rect = [Infinity, Infinity, -Infinity, -Infinity];

  static of(...rects: Rect[]): Area {
    const area = new Area();
    rects.forEach((rect) => area.add(rect));
    return area;
  }

  add(rect: Rect): this {
    this.rects.push(rect);
    this.widen(rect, 0, 0);
    return this;
  }

  addArea(area: Area, x: number, y: number): this {
    this.parts.push([area, x, y]);
    this.widen(area.bounds, x, y);
    return this;
  }

  private widen(by: Rect, x: number, y: number): void {
    const { bounds } = this;
    bounds[0] = Math.min(bounds[0], by[0] + x);
    bounds[1] = Math.min(bounds[1], by[1] + y);
    bounds[2] = Math.max(bounds[2], by[2] + x);
    bounds[3] = Math.max(bounds[3], by[3] + y);
  }

  /** The least x at which `right`, moved down by `y`, stands clear of this, at its right. */
  clearance(right: Area, y: number, gap: number): number {
    const x = this.clear(0, 0, right, 0, y, gap, -Infinity);
    return x === -Infinity ? 0 : x;
  }

  private clear(
    x: number,
    y: number,
    right: Area,
    rx: number,
    ry: number,
    gap: number,
    least: number,
  ): number {
    if (!isWorth(this.bounds, x, y, right.bounds, rx, ry, gap, least)) {
      return least;
    }
    let best = least;
    for (const rect of this.rects) {
      best = right.clearOf(rect, x, y, rx, ry, gap, best);
    }
    for (const [part, px, py] of this.parts) {
      best = part.clear(x + px, y + py, right, rx, ry, gap, best);
    }
    return best;
  }

  private clearOf(
    left: Rect,
    x: number,
    y: number,
    rx: number,
    ry: number,
    gap: number,
    least: number,
  ): number {
    if (!isWorth(left, x, y, this.bounds, rx, ry, gap, least)) {
      return least;
    }
    let best = least;
    for (const rect of this.rects) {
      if (isWorth(left, x, y, rect, rx, ry, gap, best)) {
        best = left[2] + x + gap - rect[0] - rx;
      }
    }
    for (const [part, px, py] of this.parts) {
      best = part.clearOf(left, x, y, rx + px, ry + py, gap, best);
    }
    return best;
  }

  /** The least y from `least` on at which `lower`, moved by `x`, stands below this. */
  below(lower: Area, x: number, gap: number, least: number): number {
    return this.under(0, 0, lower, x, 0, gap, least);
  }

  private under(
    x: number,
    y: number,
    lower: Area,
    lx: number,
    ly: number,
    gap: number,
    least: number,
  ): number {
    if (!isAbove(this.bounds, x, y, lower.bounds, lx, ly, gap, least)) {
      return least;
    }
    let best = least;
    for (const rect of this.rects) {
      best = lower.underOf(rect, x, y, lx, ly, gap, best);
    }
    for (const [part, px, py] of this.parts) {
      best = part.under(x + px, y + py, lower, lx, ly, gap, best);
    }
    return best;
  }

  private underOf(
    upper: Rect,
    x: number,
    y: number,
    lx: number,
    ly: number,
    gap: number,
    least: number,
  ): number {
    if (!isAbove(upper, x, y, this.bounds, lx, ly, gap, least)) {
      return least;
    }
    let best = least;
    for (const rect of this.rects) {
      if (isAbove(upper, x, y, rect, lx, ly, gap, best)) {
        best = upper[3] + y + gap - rect[1] - ly;
      }
    }
    for (const [part, px, py] of this.parts) {
      best = part.underOf(upper, x, y, lx + px, ly + py, gap, best);
    }
    return best;
  }
}

/** How far above and below each other things still stand side by side. */
const NEAR = 8;

/** Whether two are at the same height, and the left one asks for more room than there is. */
function isWorth(
  l: Rect,
  x: number,
  y: number,
  r: Rect,
  rx: number,
  ry: number,
  gap: number,
  least: number,
): boolean {
  return (
    l[1] + y < r[3] + ry + NEAR && r[1] + ry < l[3] + y + NEAR && l[2] + x + gap - r[0] - rx > least
  );
}

/** Whether two share some x, and the upper one asks for more room than there is. */
function isAbove(
  u: Rect,
  x: number,
  y: number,
  l: Rect,
  lx: number,
  ly: number,
  gap: number,
  least: number,
): boolean {
  return u[0] + x < l[2] + lx && l[0] + lx < u[2] + x && u[3] + y + gap - l[1] - ly > least;
}
