import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffLines } from '../src/json/diff.ts';
import { patchJson } from '../src/json/patch.ts';
import { compactJson, jsonTree, locate, pathAt, printJson, valueOf } from '../src/json/tree.ts';
import { patchYaml, printYaml, yamlTree } from '../src/json/yaml.ts';
import { jsonSpot, yamlSpot } from '../src/editor/outline.ts';
import { suggestions } from '../src/editor/complete.ts';

const names = fc.oneof(
  fc.constantFrom(
    'a',
    'b',
    'Next',
    'x.$',
    'yes',
    '1',
    '- a',
    'a: b',
    '#',
    '',
    ' ',
    '<<',
    '__proto__',
  ),
  fc.string(),
);
const json = fc
  .letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      fc.string({ unit: 'grapheme' }),
      names,
      fc.constantFrom('one\ntwo', 'one\n  two\n', ' ', '~', 'null', '1e3', '0x1f', '2026-01-01'),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('value'), { maxLength: 4 }),
      fc
        .uniqueArray(fc.tuple(names, tie('value')), { maxLength: 4, selector: ([name]) => name })
        .map((entries) => ({ entries })),
    ),
  }))
  .value.map(function text(value: unknown): string {
    if (Array.isArray(value)) {
      return `[${value.map(text).join(', ')}]`;
    }
    if (typeof value === 'object' && value !== null) {
      const { entries } = value as { entries: [string, unknown][] };
      return `{${entries.map(([name, v]) => `${JSON.stringify(name)}: ${text(v)}`).join(',\n')}}`;
    }
    return JSON.stringify(value);
  });

const compact = (text: string) => compactJson(jsonTree(text));

describe('a tree', () => {
  it('says what its text says, however it is written again', () => {
    fc.assert(
      fc.property(json, (text) => {
        const tree = jsonTree(text);
        expect(valueOf(tree)).toEqual(JSON.parse(text));
        expect(compact(printJson(tree))).toBe(compact(text));
        expect(compactJson(yamlTree(printYaml(tree)))).toBe(compact(text));
      }),
      { numRuns: 400 },
    );
  });

  it('keeps numbers as they are written', () => {
    const text = '{"long": 12345678901234567890, "exact": 1.50, "power": 1E5}';
    expect(compactJson(yamlTree(printYaml(jsonTree(text))))).toBe(text.replaceAll(' ', ''));
  });

  it('finds what the server names', () => {
    const text = '{"States": {"A/B": {"Choices": [{"Next": "C"}]}, "A": {"Type": "Pass"}}}';
    const tree = jsonTree(text);
    const value = (location: string) => {
      const { from, to } = locate(tree, location).value;
      return text.slice(from, to);
    };
    expect(value('/States/A/B/Choices[0]/Next')).toBe('"C"');
    expect(value('/States/A/Type')).toBe('"Pass"');
    expect(value('/States/A/Gone')).toBe('{"Type": "Pass"}');
    expect(pathAt(tree, text.indexOf('"C"'))).toEqual(['States', 'A/B', 'Choices', 0, 'Next']);
  });
});

describe('a change made elsewhere', () => {
  it('makes one text say what another says, in JSON and in YAML', () => {
    fc.assert(
      fc.property(json, json, (from, to) => {
        expect(compact(patchJson(from, jsonTree(to)))).toBe(compact(to));
        const yaml = patchYaml(printYaml(jsonTree(from)), jsonTree(to));
        expect(compactJson(yamlTree(yaml))).toBe(compact(to));
      }),
      { numRuns: 400 },
    );
  });

  it('leaves alone what it does not touch', () => {
    const text = '{\n  "StartAt":"A",\n  "States": { "A": {"Type":"Pass",   "End":true} }\n}';
    const to = jsonTree(
      '{"StartAt": "A", "TimeoutSeconds": 5, "States": {"A": {"Type": "Pass", "Next": "B"}}}',
    );
    expect(patchJson(text, to)).toBe(
      '{\n  "StartAt":"A",\n  "TimeoutSeconds": 5,\n  "States": { "A": {"Type":"Pass", "Next": "B"} }\n}',
    );
  });

  it('keeps comments of YAML', () => {
    const text =
      '# first\nStartAt: A # here\nStates:\n  A:\n    Type: Wait\n    Seconds: 1 # one\n';
    const to = jsonTree('{"StartAt": "A", "States": {"A": {"Type": "Wait", "Seconds": 2}}}');
    expect(patchYaml(text, to)).toBe(text.replace('Seconds: 1', 'Seconds: 2'));
  });
});

describe('differences', () => {
  it('lead from the left to the right', () => {
    const lines = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 30 });
    fc.assert(
      fc.property(lines, lines, (left, right) => {
        const found = diffLines(left, right);
        expect(found.filter((l) => l.kind !== 'new').map((l) => l.text)).toEqual(left);
        expect(found.filter((l) => l.kind !== 'gone').map((l) => l.text)).toEqual(right);
      }),
    );
    expect(diffLines(['a', 'b', 'c'], ['a', 'c']).map((l) => l.kind)).toEqual([
      'same',
      'gone',
      'same',
    ]);
  });

  it('are told within bounds, however many there are', () => {
    const left = Array.from({ length: 20_000 }, (_, i) => `l${i}`);
    const right = Array.from({ length: 20_000 }, (_, i) => `r${i}`);
    expect(diffLines(left, right)).toHaveLength(40_000);
  });
});

describe('suggestions', () => {
  const DEFINITION = `{
  "StartAt": "A",
  "States": {
    "A": { "Type": "Task", "Resource": "", "Next": "", "Retry": [{ "ErrorEquals": [""] }], "" },
    "B": { "Type": "Succeed" }
  }
}`;
  const tree = jsonTree(DEFINITION.replace(', "" }', ' }'));
  const at = (text: string, cursor: number) =>
    suggestions(jsonSpot(text, cursor), tree, ['arn:of:mine']).map((s) => s.label);
  const behind = (word: string) => DEFINITION.indexOf(word) + word.length;

  it('are fields that the state has not, names of states, errors, resources', () => {
    expect(at(DEFINITION, behind('}], "'))).toContain('Catch');
    expect(at(DEFINITION, behind('}], "'))).not.toContain('Retry');
    expect(at(DEFINITION, behind('"Next": "'))).toEqual(['A', 'B']);
    expect(at(DEFINITION, behind('"StartAt": "'))).toEqual(['A', 'B']);
    expect(at(DEFINITION, behind('"ErrorEquals": ["'))).toContain('States.Timeout');
    expect(at(DEFINITION, behind('"Resource": "'))).toContain('arn:of:mine');
  });

  it('are the same in YAML', () => {
    const yaml =
      'StartAt: A\nStates:\n  A:\n    Type: Task\n    Next: \n    Retry:\n      - Err\n  B:\n    Type: Succeed\n';
    const of = (cursor: number) =>
      suggestions(yamlSpot(yaml, cursor), tree, []).map((s) => s.label);
    expect(of(yaml.indexOf('Next: ') + 6)).toEqual(['A', 'B']);
    expect(of(yaml.indexOf('- Err') + 5)).toContain('BackoffRate');
    expect(of(yaml.indexOf('Type: ') + 6)).toContain('Parallel');
  });

  it('never fail, wherever the cursor is', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), json, fc.nat(60), (junk, text, at) => {
        const half = text.slice(0, at) + junk + text.slice(at);
        suggestions(jsonSpot(half, at), undefined, []);
        suggestions(yamlSpot(half, at), undefined, []);
      }),
    );
  });
});
