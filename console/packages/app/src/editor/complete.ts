import { ERROR_NAMES, fieldsAt, isState, RESOURCES, stateOf, TYPES } from './vocabulary.ts';
import type { Spot } from './outline.ts';
import { treeAt, type Path, type Tree } from '../json/tree.ts';

/** Something that may stand at a spot. */
export interface Suggestion {
  label: string;
  /** JSON of what is put there: a name with its value, or a value. */
  name: string | undefined;
  value: string;
  help?: string;
}

/**
 * What may be written at a spot. `tree` is the last text that could be read; the names of states
 * and the fields that are there already come from it.
 */
export function suggestions(
  spot: Spot,
  tree: Tree | undefined,
  resources: readonly string[],
): Suggestion[] {
  const last = spot.path.at(-1);
  const list = typeof last === 'number' ? spot.path.at(-2) : last;
  if (spot.key === undefined && list === 'ErrorEquals') {
    return ERROR_NAMES.map(text);
  }
  if (spot.key === undefined) {
    const there = tree && treeAt(tree, spot.path);
    const names = there?.kind === 'object' ? there.entries.map((e) => e.key) : [];
    return fieldsAt(spot.path, typeAt(tree, spot.path))
      .filter((f) => !names.includes(f.name) || f.name === spot.word)
      .map((f) => ({ label: f.name, name: f.name, value: f.begins, help: f.help }));
  }
  switch (spot.key) {
    case 'Type':
      return TYPES.map(text);
    case 'Next':
    case 'Default':
      return stateNames(tree, stateOf(spot.path)?.slice(0, -1)).map(text);
    case 'StartAt':
      return stateNames(tree, [...spot.path, 'States']).map(text);
    case 'Resource':
      return [...resources, ...RESOURCES].map(text);
    case 'QueryLanguage':
      return ['JSONPath', 'JSONata'].map(text);
    case 'Mode':
      return ['INLINE', 'DISTRIBUTED'].map(text);
    case 'ExecutionType':
      return ['STANDARD', 'EXPRESS'].map(text);
    case 'JitterStrategy':
      return ['FULL', 'NONE'].map(text);
    case 'End':
      return [{ label: 'true', name: undefined, value: 'true' }];
    default:
      return [];
  }
}

const text = (value: string): Suggestion => ({
  label: value,
  name: undefined,
  value: JSON.stringify(value),
});

function stateNames(tree: Tree | undefined, path: Path | undefined): string[] {
  const states = tree && path && treeAt(tree, path);
  return states?.kind === 'object' ? states.entries.map((e) => e.key) : [];
}

/** The Type of the state at a path. */
export function typeAt(tree: Tree | undefined, path: Path): string | undefined {
  const type = tree && isState(path) ? treeAt(tree, [...path, 'Type']) : undefined;
  return type?.kind === 'scalar' && type.json.startsWith('"')
    ? (JSON.parse(type.json) as string)
    : undefined;
}
