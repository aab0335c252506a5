import { compactJson, jsonTree, printJson, type Tree } from './tree.ts';

const CHANGES_MAX = 300;

/** One difference between two trees. */
export type Change =
  | { kind: 'set'; path: (string | number)[]; value: Tree; before: string | undefined }
  | { kind: 'remove'; path: (string | number)[] };

/** What has to be done to make one tree say what another says; what is the same is left alone. */
export function changes(from: Tree, to: Tree, path: (string | number)[] = []): Change[] {
  if (from.kind === 'object' && to.kind === 'object') {
    const kept = to.entries.filter((e) => from.entries.some((f) => f.key === e.key));
    const keptBefore = from.entries.filter((e) => to.entries.some((t) => t.key === e.key));
    if (kept.every((e, i) => e.key === keptBefore[i]!.key)) {
      const found: Change[] = from.entries
        .filter((e) => !to.entries.some((t) => t.key === e.key))
        .map((e) => ({ kind: 'remove', path: [...path, e.key] }));
      to.entries.forEach((e, i) => {
        const known = from.entries.find((f) => f.key === e.key);
        if (known) {
          found.push(...changes(known.value, e.value, [...path, e.key]));
        } else {
          const before = to.entries
            .slice(i + 1)
            .find((later) => from.entries.some((f) => f.key === later.key))?.key;
          found.push({ kind: 'set', path: [...path, e.key], value: e.value, before });
        }
      });
      return found;
    }
  } else if (
    from.kind === 'array' &&
    to.kind === 'array' &&
    from.items.length === to.items.length
  ) {
    return to.items.flatMap((item, i) => changes(from.items[i]!, item, [...path, i]));
  }
  return compactJson(from) === compactJson(to)
    ? []
    : [{ kind: 'set', path, value: to, before: undefined }];
}

/** A JSON text that says what a tree says, with what is the same left as it was written. */
export function patchJson(text: string, to: Tree): string {
  let now = text;
  for (let i = 0; i < CHANGES_MAX; i++) {
    // One at a time: each moves the places of the others.
    const change = changes(jsonTree(now), to)[0];
    if (!change) {
      return now;
    }
    now = applied(now, change);
  }
  // What has changed that much, or has a name twice, is written anew.
  return printJson(to);
}

function applied(text: string, change: Change): string {
  const tree = jsonTree(text);
  const name = change.path.at(-1);
  let parent: Tree = tree;
  for (const step of change.path.slice(0, -1)) {
    parent =
      parent.kind === 'object'
        ? parent.entries.find((e) => e.key === step)!.value
        : (parent as Extract<Tree, { kind: 'array' }>).items[step as number]!;
  }
  const replace = (from: number, to: number, by: string) =>
    text.slice(0, from) + by + text.slice(to);
  if (name === undefined) {
    return replace(tree.from, tree.to, printJson((change as { value: Tree }).value));
  }
  if (parent.kind === 'array') {
    const item = parent.items[name as number]!;
    const { value } = change as { value: Tree };
    return replace(item.from, item.to, printJson(value, indentOf(text, item.from)));
  }
  const { entries } = parent as Extract<Tree, { kind: 'object' }>;
  const index = entries.findIndex((e) => e.key === name);
  if (change.kind === 'remove') {
    const [before, entry, after] = [entries[index - 1], entries[index]!, entries[index + 1]];
    return after
      ? replace(entry.at.from, after.at.from, '')
      : before
        ? replace(before.value.to, entry.value.to, '')
        : replace(parent.from, parent.to, '{}');
  }
  if (index >= 0) {
    const entry = entries[index]!;
    const indent = indentOf(text, entry.at.from);
    return replace(entry.value.from, entry.value.to, printJson(change.value, indent));
  }
  const key = JSON.stringify(name);
  const first = entries[0];
  if (!first) {
    const indent = indentOf(text, parent.from);
    const value = printJson(change.value, `${indent}  `);
    return replace(parent.from, parent.to, `{\n${indent}  ${key}: ${value}\n${indent}}`);
  }
  const indent = indentOf(text, first.at.from);
  const isOneLine = !text.slice(parent.from, first.at.from).includes('\n');
  const gap = isOneLine ? ' ' : `\n${indent}`;
  const written = isOneLine ? compactJson(change.value) : printJson(change.value, indent);
  const next = entries.find((e) => e.key === change.before);
  return next
    ? replace(next.at.from, next.at.from, `${key}: ${written},${gap}`)
    : replace(entries.at(-1)!.value.to, entries.at(-1)!.value.to, `,${gap}${key}: ${written}`);
}

/** The blanks that the line of a position begins with. */
function indentOf(text: string, position: number): string {
  const start = text.lastIndexOf('\n', position - 1) + 1;
  return /^[ \t]*/.exec(text.slice(start))![0];
}
