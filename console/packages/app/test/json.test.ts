import { describe, expect, it } from 'vitest';
import { jsonLines } from '../src/json/lines.ts';
import { jsonProblem } from '../src/json/problem.ts';

const set = (text: string) =>
  jsonLines(text)?.map(
    (l) => `${' '.repeat(l.depth)}${l.key ? `${l.key}: ` : ''}${l.text}${l.comma ? ',' : ''}`,
  );

describe('jsonLines', () => {
  it('sets a text out', () => {
    expect(set('{"a":[1,true,"x,{y}"],"b":{},"c":[]}')).toEqual([
      '{',
      ' "a": [',
      '  1,',
      '  true,',
      '  "x,{y}"',
      ' ],',
      ' "b": {},',
      ' "c": []',
      '}',
    ]);
  });

  it('keeps numbers, and names that come twice', () => {
    expect(set('{"n":12345678901234567890,"n":1.0}')).toEqual([
      '{',
      ' "n": 12345678901234567890,',
      ' "n": 1.0',
      '}',
    ]);
  });

  it('takes single values, and refuses what is not JSON', () => {
    expect(set(' "a" ')).toEqual(['"a"']);
    expect(set('no')).toBeUndefined();
  });

  it('knows where brackets close', () => {
    expect(jsonLines('{"a":[1,2]}')!.map((l) => [l.closes, l.size])).toEqual([
      [5, 1],
      [4, 2],
      [undefined, 0],
      [undefined, 0],
      [undefined, 0],
      [undefined, 0],
    ]);
  });
});

describe('jsonProblem', () => {
  it.each([
    ['{"a": 1}', undefined],
    ['', 'Line 1, column 1: expected a value, found the end'],
    ['{"a": }', 'Line 1, column 7: expected a value, found "}"'],
    ['{\n "a": 1,\n}', 'Line 3, column 1: expected a name in quotes, found "}"'],
    ['{"a" 1}', 'Line 1, column 6: expected a colon, found "1"'],
    ['[1 2]', 'Line 1, column 4: expected a comma or ], found "2"'],
    ["{'a': 1}", 'Line 1, column 2: expected a name in quotes or }, found "\'"'],
    ['{} {}', 'Line 1, column 4: expected the end, found "{"'],
    ['[01]', 'Line 1, column 2: expected a value or ], found "0"'],
    ['{"a": [1, 2', 'Line 1, column 12: expected a comma or ], found the end'],
  ])('finds the place in %j', (text, problem) => {
    expect(jsonProblem(text)).toBe(problem);
  });
});
