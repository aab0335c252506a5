import { useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('popstate', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('popstate', listener);
  };
}

const address = () => location.pathname + location.search;

/** The path and the query, as they are now. */
export function useAddress(): { path: string; query: URLSearchParams } {
  const [path, query] = useSyncExternalStore(subscribe, address).split('?');
  return { path: path ?? '/', query: new URLSearchParams(query ?? '') };
}

export function navigate(to: string, how: 'push' | 'replace' = 'push'): void {
  if (to !== address()) {
    history[how === 'push' ? 'pushState' : 'replaceState'](null, '', to);
    listeners.forEach((listener) => listener());
  }
}

/** Changes parts of the query; what is undefined goes. */
export function setQuery(change: Record<string, string | undefined>): void {
  const query = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(change)) {
    if (value === undefined) {
      query.delete(name);
    } else {
      query.set(name, value);
    }
  }
  const text = query.toString();
  navigate(location.pathname + (text ? `?${text}` : ''), 'replace');
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

const isPage = (path: string): boolean => /^\/($|state-machines($|\/)|executions\/)/.test(path);

const encoded = (arn: string): string => encodeURIComponent(arn).replaceAll('%3A', ':');

export const paths = {
  machines: () => '/state-machines',
  machine: (arn: string) => `/state-machines/${encoded(arn)}`,
  execution: (arn: string) => `/executions/${encoded(arn)}`,
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
