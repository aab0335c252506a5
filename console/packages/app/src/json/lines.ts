import { jsonProblem } from './problem.ts';

/** A line of a JSON text set out, one value or bracket each. */
export interface JsonLine {
  depth: number;
  key: string | undefined;
  /** The value, a bracket, or a bracket with what is inside left out. */
  text: string;
  kind: 'string' | 'number' | 'word' | 'bracket';
  comma: boolean;
  /** Of an opening bracket: the line of its closing one. */
  closes: number | undefined;
  /** Of an opening bracket: how many values are inside. */
  size: number;
}

const isJson = (text: string): boolean => jsonProblem(text) === undefined;

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/**
 * Sets a JSON text out. The text itself is kept: long numbers stay as long, and names that come
 * twice come twice. Undefined for what is not JSON.
 */
export function jsonLines(text: string): JsonLine[] | undefined {
  if (!isJson(text)) {
    return undefined;
  }
  const tokens = text.match(TOKEN) ?? [];
  const lines: JsonLine[] = [];
  const open: number[] = [];
  let key: string | undefined;
  const add = (text: string, kind: JsonLine['kind'], depth: number) => {
    lines.push({ depth, key, text, kind, comma: false, closes: undefined, size: 0 });
    key = undefined;
  };
  const count = () => {
    const container = lines[open.at(-1) ?? -1];
    if (container) {
      container.size++;
    }
  };
  tokens.forEach((token, i) => {
    switch (token) {
      case '{':
      case '[':
        count();
        add(token, 'bracket', open.length);
        open.push(lines.length - 1);
        break;
      case '}':
      case ']': {
        const start = open.pop()!;
        const opening = lines[start]!;
        if (opening.size === 0) {
          opening.text += token;
        } else {
          add(token, 'bracket', open.length);
          opening.closes = lines.length - 1;
        }
        break;
      }
      case ',':
        lines.at(-1)!.comma = true;
        break;
      case ':':
        break;
      default:
        if (tokens[i + 1] === ':') {
          key = token;
        } else {
          count();
          add(token, kindOf(token), open.length);
        }
    }
  });
  return lines;
}

function kindOf(token: string): JsonLine['kind'] {
  return token.startsWith('"') ? 'string' : /^[-\d]/.test(token) ? 'number' : 'word';
}
