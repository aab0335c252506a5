import { beforeEach, describe, expect, it, vi } from 'vitest';
import { forgetView, saveView, views } from '../src/views.ts';

describe('views', () => {
  beforeEach(() => {
    const store = new Map<string, string>();
    vi.stubGlobal('localStorage', {
      getItem: (key: string) => store.get(key) ?? null,
      setItem: (key: string, value: string) => void store.set(key, value),
    });
  });

  it('are kept by name, in its order', () => {
    saveView({ name: 'night', query: 'status=FAILED&when=12h' });
    saveView({ name: 'all', query: 'status=RUNNING' });

    expect(views()).toEqual([
      { name: 'all', query: 'status=RUNNING' },
      { name: 'night', query: 'status=FAILED&when=12h' },
    ]);
  });

  it('replace one of the same name, and go when they are forgotten', () => {
    saveView({ name: 'a', query: 'status=FAILED' });
    saveView({ name: ' a\n ', query: 'status=ABORTED' });
    expect(views()).toEqual([{ name: 'a', query: 'status=ABORTED' }]);

    expect(forgetView('a')).toEqual([]);
    expect(views()).toEqual([]);
  });

  it('are none where the browser keeps something else under their key', () => {
    localStorage.setItem('stepwise.views', '{"no": "views"}');

    expect(views()).toEqual([]);
  });
});
