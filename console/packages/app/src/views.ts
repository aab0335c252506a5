import { keep, kept } from './kept.ts';

/** Filters of a list of executions under a name of somebody's choice. */
export interface View {
  name: string;
  /** As the address holds them. */
  query: string;
}

const KEY = 'stepwise.views';
const KEPT_MAX = 50;
export const NAME_MAX = 60;

/** The views this browser keeps, by name. */
export function views(): View[] {
  return kept(KEY, []).flatMap((line) => {
    const at = line.indexOf('\n');
    return at > 0 ? [{ name: line.slice(0, at), query: line.slice(at + 1) }] : [];
  });
}

/** Keeps a view; one of that name goes. */
export function saveView(view: View): View[] {
  const name = view.name.replace(/\s+/g, ' ').trim().slice(0, NAME_MAX);
  const others = views().filter((known) => known.name !== name);
  return put([...others, { name, query: view.query }]);
}

export const forgetView = (name: string): View[] =>
  put(views().filter((known) => known.name !== name));

function put(all: View[]): View[] {
  const some = all.sort((a, b) => a.name.localeCompare(b.name)).slice(0, KEPT_MAX);
  keep(
    KEY,
    some.map((view) => `${view.name}\n${view.query}`),
  );
  return some;
}
