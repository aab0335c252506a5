/**
 * A value with its places in a text, JSON or YAML alike. Scalars keep the JSON they are written as,
 * so that no number changes on its way.
 */
export type Tree = ObjectTree | ArrayTree | ScalarTree;

export interface Range {
  from: number;
  to: number;
}

export interface Entry {
  key: string;
  at: Range;
  value: Tree;
}

export interface ObjectTree extends Range {
  kind: 'object';
  entries: Entry[];
}

export interface ArrayTree extends Range {
  kind: 'array';
  items: Tree[];
}

export interface ScalarTree extends Range {
  kind: 'scalar';
  json: string;
}

export type Path = readonly (string | number)[];

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/** The tree of a text that is JSON; throws where it is not. */
export function jsonTree(text: string): Tree {
  JSON.parse(text);
  const tokens = [...text.matchAll(TOKEN)];
  let at = 0;
  const range = (): Range => {
    const token = tokens[at]!;
    return { from: token.index, to: token.index + token[0].length };
  };
  const value = (): Tree => {
    const token = tokens[at]![0];
    const { from, to } = range();
    at++;
    if (token === '{') {
      const entries: Entry[] = [];
      while (tokens[at]![0] !== '}') {
        const key = JSON.parse(tokens[at]![0]) as string;
        const place = range();
        at += 2;
        entries.push({ key, at: place, value: value() });
        at += tokens[at]![0] === ',' ? 1 : 0;
      }
      const end = range().to;
      at++;
      return { kind: 'object', entries, from, to: end };
    }
    if (token === '[') {
      const items: Tree[] = [];
      while (tokens[at]![0] !== ']') {
        items.push(value());
        at += tokens[at]![0] === ',' ? 1 : 0;
      }
      const end = range().to;
      at++;
      return { kind: 'array', items, from, to: end };
    }
    return { kind: 'scalar', json: token, from, to };
  };
  return value();
}

/** The value of a tree; numbers as JavaScript has them. */
export function valueOf(tree: Tree): unknown {
  switch (tree.kind) {
    case 'object': {
      const value: Record<string, unknown> = {};
      for (const entry of tree.entries) {
        Object.defineProperty(value, entry.key, {
          value: valueOf(entry.value),
          enumerable: true,
          configurable: true,
          writable: true,
        });
      }
      return value;
    }
    case 'array':
      return tree.items.map(valueOf);
    case 'scalar':
      return JSON.parse(tree.json);
  }
}

/** JSON, set out with two blanks a level. */
export function printJson(tree: Tree, indent = ''): string {
  const deeper = `${indent}  `;
  switch (tree.kind) {
    case 'object':
      return tree.entries.length === 0
        ? '{}'
        : `{\n${tree.entries
            .map((e) => `${deeper}${JSON.stringify(e.key)}: ${printJson(e.value, deeper)}`)
            .join(',\n')}\n${indent}}`;
    case 'array':
      return tree.items.length === 0
        ? '[]'
        : `[\n${tree.items.map((item) => deeper + printJson(item, deeper)).join(',\n')}\n${indent}]`;
    case 'scalar':
      return tree.json;
  }
}

/** JSON without blanks: two trees with the same are the same value, written the same. */
export function compactJson(tree: Tree): string {
  switch (tree.kind) {
    case 'object':
      return `{${tree.entries.map((e) => `${JSON.stringify(e.key)}:${compactJson(e.value)}`).join(',')}}`;
    case 'array':
      return `[${tree.items.map(compactJson).join(',')}]`;
    case 'scalar':
      return tree.json.startsWith('"') ? JSON.stringify(JSON.parse(tree.json)) : tree.json;
  }
}

/** What is at a path; undefined where nothing is. */
export function treeAt(tree: Tree, path: Path): Tree | undefined {
  let found: Tree | undefined = tree;
  for (const step of path) {
    found =
      found?.kind === 'object'
        ? found.entries.findLast((e) => e.key === step)?.value
        : found?.kind === 'array' && typeof step === 'number'
          ? found.items[step]
          : undefined;
  }
  return found;
}

/** The path of the innermost value, or name, that a position is in. */
export function pathAt(tree: Tree, position: number): (string | number)[] {
  const path: (string | number)[] = [];
  let here: Tree | undefined = tree;
  while (here) {
    let next: Tree | undefined;
    if (here.kind === 'object') {
      const entry: Entry | undefined = here.entries.find(
        (e) => e.at.from <= position && position <= e.value.to,
      );
      if (entry) {
        path.push(entry.key);
        next = entry.value;
      }
    } else if (here.kind === 'array') {
      const index = here.items.findIndex((i) => i.from <= position && position <= i.to);
      if (index >= 0) {
        path.push(index);
        next = here.items[index];
      }
    }
    here = next;
  }
  return path;
}

/** A place that the server names, as in /States/A/Choices[0]/Next: names may hold any sign. */
export interface Located {
  path: (string | number)[];
  /** The name it has, where it has one, and its value. */
  name: Range | undefined;
  value: Tree;
}

/** Where in a text a location is; as far as it leads. */
export function locate(tree: Tree, location: string): Located {
  const found: Located = { path: [], name: undefined, value: tree };
  let here = tree;
  let rest = location.replace(/^\//, '');
  while (rest) {
    const index = /^\[(\d+)\]\/?/.exec(rest);
    if (index && here.kind === 'array') {
      const item: Tree | undefined = here.items[Number(index[1])];
      if (!item) {
        break;
      }
      found.path.push(Number(index[1]));
      found.name = undefined;
      here = item;
      rest = rest.slice(index[0].length);
    } else if (here.kind === 'object') {
      const text = rest;
      const entry = here.entries
        .filter((e) => text.startsWith(e.key) && /^(\/|\[|$)/.test(text.slice(e.key.length)))
        .sort((a, b) => b.key.length - a.key.length)[0];
      if (!entry) {
        break;
      }
      found.path.push(entry.key);
      found.name = entry.at;
      here = entry.value;
      rest = rest.slice(entry.key.length).replace(/^\//, '');
    } else {
      break;
    }
    found.value = here;
  }
  return found;
}
