import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  parseDocument,
  type Document,
  type Node,
  type YAMLMap,
} from 'yaml';
import { changes } from './patch.ts';
import type { Entry, Tree } from './tree.ts';

/** Where and why a text is not YAML that JSON could say. */
export class YamlProblem extends Error {
  constructor(
    message: string,
    readonly from: number,
    readonly to: number,
  ) {
    super(message);
  }
}

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
/** Aliases may make a small text a large value. */
const NODES_MAX = 200_000;

/** The tree of a text in YAML; throws a {@link YamlProblem}. */
export function yamlTree(text: string): Tree {
  return treeOf(parsed(text));
}

function parsed(text: string): Document {
  const document = parseDocument(text, {
    version: '1.2',
    schema: 'core',
    merge: false,
    prettyErrors: false,
    logLevel: 'silent',
  });
  const problem = document.errors[0];
  if (problem) {
    throw new YamlProblem(problem.message, problem.pos[0], problem.pos[1]);
  }
  return document;
}

function treeOf(document: Document): Tree {
  let left = NODES_MAX;
  const tree = (node: unknown, from: number): Tree => {
    const range = rangeOf(node, from);
    if (--left < 0) {
      throw new YamlProblem('Expected fewer values: aliases repeat too much', range.from, range.to);
    }
    if (isAlias(node)) {
      const meant = node.resolve(document);
      if (!meant) {
        throw new YamlProblem(`Expected an anchor &${node.source}`, range.from, range.to);
      }
      return { ...tree(meant, from), ...range };
    }
    if (isMap(node)) {
      const entries: Entry[] = node.items.map((pair) => {
        const at = rangeOf(pair.key, range.from);
        if (!isScalar(pair.key)) {
          throw new YamlProblem('Expected a name that is text', at.from, at.to);
        }
        const key =
          typeof pair.key.value === 'string'
            ? pair.key.value
            : (pair.key.source ?? String(pair.key.value));
        return { key, at, value: tree(pair.value, at.to) };
      });
      return { kind: 'object', entries, ...range };
    }
    if (isSeq(node)) {
      return { kind: 'array', items: node.items.map((item) => tree(item, range.from)), ...range };
    }
    return { kind: 'scalar', json: isScalar(node) ? scalarJson(node, range) : 'null', ...range };
  };
  return tree(document.contents, 0);
}

function scalarJson(
  node: { value: unknown; source?: string },
  range: { from: number; to: number },
) {
  const { value, source } = node;
  if (typeof value === 'number' || typeof value === 'bigint') {
    if (source !== undefined && NUMBER.test(source)) {
      return source;
    }
    if (!Number.isFinite(Number(value))) {
      throw new YamlProblem('Expected a number that JSON has', range.from, range.to);
    }
    return String(value);
  }
  return JSON.stringify(value) ?? 'null';
}

function rangeOf(node: unknown, otherwise: number): { from: number; to: number } {
  const range = (node as Node | undefined)?.range;
  return range ? { from: range[0], to: range[1] } : { from: otherwise, to: otherwise };
}

/** A tree as YAML in blocks. */
export function printYaml(tree: Tree): string {
  return tree.kind === 'scalar' || isEmpty(tree)
    ? `${inline(tree, '')}\n`
    : `${block(tree, '').join('\n')}\n`;
}

const isEmpty = (tree: Tree): boolean =>
  tree.kind === 'object' ? tree.entries.length === 0 : tree.kind === 'array' && !tree.items.length;

function block(tree: Tree, indent: string): string[] {
  if (tree.kind === 'object') {
    return tree.entries.flatMap((e) => {
      const name = `${indent}${quoted(e.key)}:`;
      return e.value.kind === 'scalar' || isEmpty(e.value)
        ? [`${name} ${inline(e.value, `${indent}  `)}`]
        : [name, ...block(e.value, `${indent}  `)];
    });
  }
  if (tree.kind === 'array') {
    return tree.items.flatMap((item) => {
      if (item.kind === 'scalar' || isEmpty(item)) {
        return [`${indent}- ${inline(item, `${indent}  `)}`];
      }
      const [first, ...others] = block(item, `${indent}  `);
      return [`${indent}- ${first!.slice(indent.length + 2)}`, ...others];
    });
  }
  return [indent + inline(tree, indent)];
}

function inline(tree: Tree, indent: string): string {
  if (tree.kind !== 'scalar') {
    return tree.kind === 'object' ? '{}' : '[]';
  }
  if (!tree.json.startsWith('"')) {
    return tree.json;
  }
  const text = JSON.parse(tree.json) as string;
  const lines = text.split('\n');
  const isBlock =
    lines.length > 1 &&
    /^\S/.test(text) &&
    /[^\n]$/.test(text) &&
    lines.every((line) => /^[\x20-\x7e\xa0-\ud7ff]*$/.test(line) && !/ $/.test(line));
  return isBlock
    ? `|-\n${lines.map((line) => (line ? indent + line : '')).join('\n')}`
    : quoted(text);
}

const PLAIN = /^[A-Za-z_$/][\w$./()@?!+*=<> -]*(?::[\w$./()@?!+*=<> -]+)*$/;
const WORDS = /^(?:true|false|null|yes|no|on|off|y|n)$/i;

/** A text as it may stand in YAML without being taken for something else. */
function quoted(text: string): string {
  return PLAIN.test(text) && !WORDS.test(text) && !/[ ]$|: | #|^-/.test(text)
    ? text
    : JSON.stringify(text);
}

/** A text in YAML that says what a tree says, with its comments and what is the same kept. */
export function patchYaml(text: string, to: Tree): string {
  const document = parsed(text);
  const found = changes(treeOf(document), to);
  if (found.length === 0) {
    return text;
  }
  for (const change of found) {
    if (change.kind === 'remove') {
      document.deleteIn(change.path);
      continue;
    }
    const node = parsed(printYaml(change.value)).contents;
    const old: unknown = document.getIn(change.path, true);
    if (isScalar(node) && isScalar(old) && old.comment) {
      node.comment = old.comment;
    }
    const parent: unknown = document.getIn(change.path.slice(0, -1), true);
    const next = change.before;
    if (change.path.length === 0) {
      document.contents = node as never;
    } else if (next !== undefined && isMap(parent)) {
      insertBefore(document, parent, next, change.path.at(-1)!, node);
    } else {
      document.setIn(change.path, node);
    }
  }
  const written = document.toString({ lineWidth: 0 });
  // Anchors and tags may have made more of it than was meant.
  return changes(yamlTree(written), to).length ? printYaml(to) : written;
}

function insertBefore(
  document: Document,
  map: YAMLMap,
  next: string,
  key: string | number,
  node: unknown,
): void {
  const at = map.items.findIndex((pair) => isScalar(pair.key) && pair.key.value === next);
  map.items.splice(at < 0 ? map.items.length : at, 0, document.createPair(key, node) as never);
}
