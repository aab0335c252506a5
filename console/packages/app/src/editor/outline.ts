import { isMap, isScalar, isSeq, parseDocument } from 'yaml';

/** Where a position is in a text that may be half written. */
export interface Spot {
  /** Of the object or list that the position is in. */
  path: (string | number)[];
  /** The name in front of the position, where a value is to be written. */
  key: string | undefined;
  /** What stands there already, from the beginning of the word, without quotes. */
  word: string;
  from: number;
  isQuoted: boolean;
}

/** Goes through JSON up to a position, whatever is wrong with it. */
export function jsonSpot(text: string, position: number): Spot {
  const open: { path: (string | number)[]; list: boolean; key?: string; index: number }[] = [];
  let expectsValue = true;
  let last: { from: number; text: string; quoted: boolean } | undefined;
  const token = /"(?:[^"\\\n]|\\.)*("|$|(?=\n))|[{}[\],:]|[^\s{}[\],:"]+/gm;
  for (let m = token.exec(text); m && m.index < position; m = token.exec(text)) {
    const top = open.at(-1);
    const [word] = m;
    last = undefined;
    if (m.index + word.length >= position && !/^[{}[\],:]$/.test(word)) {
      last = {
        from: m.index,
        text: word.slice(0, position - m.index).replace(/^"/, ''),
        quoted: word.startsWith('"'),
      };
      break;
    }
    switch (word) {
      case '{':
      case '[': {
        const path = !top ? [] : [...top.path, top.list ? top.index : (top.key ?? '')];
        open.push({ path, list: word === '[', index: 0 });
        expectsValue = word === '[';
        break;
      }
      case '}':
      case ']':
        open.pop();
        expectsValue = false;
        break;
      case ',':
        if (top?.list) {
          top.index++;
        }
        expectsValue = top?.list ?? false;
        break;
      case ':':
        expectsValue = true;
        break;
      default:
        if (top && !top.list && !expectsValue) {
          top.key = word.replace(/^"|"$/g, '');
        }
    }
  }
  const top = open.at(-1);
  return {
    path: top?.path ?? [],
    key: top && !top.list && expectsValue ? top.key : undefined,
    word: last?.text ?? '',
    from: last?.from ?? position,
    isQuoted: last?.quoted ?? false,
    ...(top?.list ? { path: top.path, key: undefined } : {}),
  };
}

const HERE = '__here__';

/** The same for YAML in blocks: a word is put where one is to be written, and looked for. */
export function yamlSpot(text: string, position: number): Spot {
  const start = text.lastIndexOf('\n', position - 1) + 1;
  const end = text.indexOf('\n', position);
  const before = text.slice(start, position);
  const pair = /^(\s*(?:- +)*)([^:#]+?):\s+(["']?)(.*)$/.exec(before);
  const [, lead = '', quote = '', word = ''] = pair
    ? [undefined, pair[1], pair[3], pair[4]]
    : (/^(\s*(?:- +)*)(["']?)(.*)$/.exec(before) ?? []);
  const line = pair ? `${lead}${pair[2]}: ${HERE}` : `${lead}${HERE}: 0`;
  const tried = text.slice(0, start) + line + (end < 0 ? '' : text.slice(end));
  const { contents } = parseDocument(tried, { logLevel: 'silent', prettyErrors: false });
  const path = find(contents, []) ?? [];
  const from = position - word.length - quote.length;
  return pair
    ? {
        path: path.slice(0, -1),
        key: pair[2]!.replace(/^["']|["']$/g, ''),
        word,
        from,
        isQuoted: !!quote,
      }
    : { path, key: undefined, word, from, isQuoted: !!quote };
}

/** The path of the object that has the word, or of the value that is it. */
function find(node: unknown, path: (string | number)[]): (string | number)[] | undefined {
  if (isScalar(node)) {
    return node.value === HERE ? path : undefined;
  }
  if (isSeq(node)) {
    for (const [i, item] of node.items.entries()) {
      const found = find(item, [...path, i]);
      if (found) {
        return found;
      }
    }
  }
  if (isMap(node)) {
    for (const { key, value } of node.items) {
      const name = isScalar(key) ? String(key.value) : '';
      if (name === HERE) {
        return path;
      }
      const found = find(value, [...path, name]);
      if (found) {
        return found;
      }
    }
  }
  return undefined;
}
