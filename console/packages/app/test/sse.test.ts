import { expect, it } from 'vitest';
import { StreamReader } from '../src/feed/sse.ts';

it('takes messages apart, however they are cut', () => {
  const text =
    ': hello\n\nid: 7\nevent: decision\ndata: {"a":\ndata: 1}\n\nevent: reset\ndata:\n\n';
  for (const size of [1, 2, 3, 7, 1_000]) {
    const reader = new StreamReader();
    const found = [];
    for (let at = 0; at < text.length; at += size) {
      found.push(...reader.push(text.slice(at, at + size)));
    }
    expect(found).toEqual([
      { id: '7', event: 'decision', data: '{"a":\n1}' },
      { id: '7', event: 'reset', data: '' },
    ]);
  }
});

it('knows every way to end a line', () => {
  const reader = new StreamReader();
  expect(reader.push('data: a\r\n\r')).toEqual([]);
  expect(reader.push('\ndata:b\r\r')).toEqual([{ id: undefined, event: 'message', data: 'a' }]);
  expect(reader.push('x')).toEqual([{ id: undefined, event: 'message', data: 'b' }]);
});

it('learns an id that comes without a message', () => {
  const reader = new StreamReader();
  expect(reader.push('retry: 1000\nid: a.7\n\n')).toEqual([]);
  expect(reader.lastId).toBe('a.7');
});
