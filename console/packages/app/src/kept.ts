/** What this browser keeps of somebody's choices. */
export function kept(key: string, otherwise: string[]): string[] {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(key) ?? 'null');
    return Array.isArray(value) ? value.filter((v) => typeof v === 'string') : otherwise;
  } catch {
    return otherwise;
  }
}

export function keep(key: string, value: string[]): void {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // The browser keeps nothing for this page.
  }
}
