export interface DiffLine {
  kind: 'same' | 'gone' | 'new';
  text: string;
  /** Its number on the left and on the right, from 1. */
  left: number | undefined;
  right: number | undefined;
}

/** Beyond this many differences what is left is told as gone and new. */
const STEPS_MAX = 4_000;

/**
 * The lines of two texts, with those that are only in one told.
 *
 * Source: E. W. Myers, An O(ND) Difference Algorithm and Its Variations.
 */
export function diffLines(left: readonly string[], right: readonly string[]): DiffLine[] {
  let start = 0;
  while (start < left.length && start < right.length && left[start] === right[start]) {
    start++;
  }
  let [endL, endR] = [left.length, right.length];
  while (endL > start && endR > start && left[endL - 1] === right[endR - 1]) {
    endL--;
    endR--;
  }
  const lines: DiffLine[] = [];
  const same = (l: number, r: number) =>
    lines.push({ kind: 'same', text: left[l]!, left: l + 1, right: r + 1 });
  for (let i = 0; i < start; i++) {
    same(i, i);
  }
  for (const [kind, l, r] of middle(left.slice(start, endL), right.slice(start, endR))) {
    if (kind === 'same') {
      same(start + l, start + r);
    } else if (kind === 'gone') {
      lines.push({ kind, text: left[start + l]!, left: start + l + 1, right: undefined });
    } else {
      lines.push({ kind, text: right[start + r]!, left: undefined, right: start + r + 1 });
    }
  }
  for (let i = 0; endL + i < left.length; i++) {
    same(endL + i, endR + i);
  }
  return lines;
}

type Step = [kind: DiffLine['kind'], left: number, right: number];

function middle(a: readonly string[], b: readonly string[]): Step[] {
  const max = Math.min(a.length + b.length, STEPS_MAX);
  const reach = new Map<number, number>([[1, 0]]);
  const trace: Map<number, number>[] = [];
  for (let d = 0; d <= max; d++) {
    trace.push(new Map(reach));
    for (let k = -d; k <= d; k += 2) {
      const down = k === -d || (k !== d && (reach.get(k - 1) ?? -1) < (reach.get(k + 1) ?? -1));
      let x = down ? (reach.get(k + 1) ?? 0) : (reach.get(k - 1) ?? 0) + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) {
        x++;
      }
      reach.set(k, x);
      if (x >= a.length && x - k >= b.length) {
        return backwards(trace, a.length, b.length);
      }
    }
    // Copies of what was reached grow with the square of the differences.
    if (d > 600) {
      break;
    }
  }
  return [...a.map((_, l): Step => ['gone', l, 0]), ...b.map((_, r): Step => ['new', a.length, r])];
}

function backwards(trace: Map<number, number>[], endX: number, endY: number): Step[] {
  const steps: Step[] = [];
  let [x, y] = [endX, endY];
  for (let d = trace.length - 1; d >= 0; d--) {
    const reach = trace[d]!;
    const k = x - y;
    const down = k === -d || (k !== d && (reach.get(k - 1) ?? -1) < (reach.get(k + 1) ?? -1));
    const before = down ? k + 1 : k - 1;
    const beforeX = reach.get(before) ?? 0;
    const beforeY = beforeX - before;
    while (x > beforeX && y > beforeY && x > 0 && y > 0) {
      steps.push(['same', --x, --y]);
    }
    if (d > 0) {
      steps.push(down ? ['new', x, --y] : ['gone', --x, y]);
    }
  }
  return steps.reverse();
}

/** Lines of JSON set out, with names of objects in order so that only values differ. */
export function jsonDiff(left: string, right: string): DiffLine[] {
  return diffLines(pretty(left), pretty(right));
}

function pretty(text: string): string[] {
  try {
    return JSON.stringify(JSON.parse(text), sorted, 2).split('\n');
  } catch {
    return text.split('\n');
  }
}

function sorted(_: string, value: unknown): unknown {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
    : value;
}
