import { useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

window.addEventListener('popstate', () => {
  if (!mayLeaveFor(address())) {
    history.pushState(null, '', shown);
    return;
  }
  shown = address();
  listeners.forEach((listener) => listener());
});

function address(): string {
  return location.pathname + location.search;
}

/** The path and the query, as they are now. */
export function useAddress(): { path: string; query: URLSearchParams } {
  const [path, query] = useSyncExternalStore(subscribe, address).split('?');
  return { path: path ?? '/', query: new URLSearchParams(query ?? '') };
}

export function navigate(to: string, how: 'push' | 'replace' = 'push'): void {
  if (to !== address() && mayLeaveFor(to)) {
    history[how === 'push' ? 'pushState' : 'replaceState'](null, '', to);
    shown = to;
    listeners.forEach((listener) => listener());
  }
}

let guard: (() => boolean) | undefined;
let shown = address();

/** Asks before another page is shown, as long as it is set. Answers how to take it away. */
export function guardPage(mayLeave: () => boolean): () => void {
  guard = mayLeave;
  return () => {
    guard = guard === mayLeave ? undefined : guard;
  };
}

function mayLeaveFor(to: string): boolean {
  return guard === undefined || to.split('?')[0] === shown.split('?')[0] || guard();
}

/** Changes parts of the query; what is undefined goes. */
export function setQuery(
  change: Record<string, string | undefined>,
  how: 'push' | 'replace' = 'replace',
): void {
  const query = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(change)) {
    if (value === undefined) {
      query.delete(name);
    } else {
      query.set(name, value);
    }
  }
  const text = query.toString();
  navigate(location.pathname + (text ? `?${text}` : ''), how);
}

/** Follows a link within the console without loading the page anew. */
export function followLink(event: MouseEvent): void {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey) {
    return;
  }
  const link = (event.target as Element | null)?.closest?.('a[href]');
  if (!(link instanceof HTMLAnchorElement) || event.shiftKey || link.target === '_blank') {
    return;
  }
  if (link.origin === location.origin && isPage(link.pathname)) {
    event.preventDefault();
    navigate(link.pathname + link.search);
  }
}

const isPage = (path: string): boolean =>
  /^\/($|(state-machines|executions|map-runs|activities|monitoring|test-state)($|\/))/.test(path);

const encoded = (arn: string): string => encodeURIComponent(arn).replaceAll('%3A', ':');

export const paths = {
  machines: () => '/state-machines',
  create: (from?: { blueprint?: string; copy?: string }) => {
    const query = new URLSearchParams(from as Record<string, string> | undefined).toString();
    return `/state-machines/create${query ? `?${query}` : ''}`;
  },
  machine: (arn: string) => `/state-machines/${encoded(arn)}`,
  edit: (arn: string) => `/state-machines/${encoded(arn)}/edit`,
  execution: (arn: string) => `/executions/${encoded(arn)}`,
  mapRun: (arn: string) => `/map-runs/${encoded(arn)}`,
  activities: () => '/activities',
  activity: (arn: string) => `/activities/${encoded(arn)}`,
  monitoring: () => '/monitoring',
  testState: () => '/test-state',
};

/** What follows a prefix in a path, decoded; undefined where it is not there. */
export function after(path: string, prefix: string): string | undefined {
  if (!path.startsWith(prefix) || path.length === prefix.length) {
    return undefined;
  }
  try {
    return decodeURIComponent(path.slice(prefix.length));
  } catch {
    return undefined;
  }
}
