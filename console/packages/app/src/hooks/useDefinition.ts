import { useEffect, useMemo, useRef, useState } from 'react';
import { call } from '../api/client.ts';
import type { Language, Mark } from '../editor/CodeEditor.tsx';
import { jsonProblemAt } from '../json/problem.ts';
import { patchJson } from '../json/patch.ts';
import { jsonTree, locate, printJson, type Tree } from '../json/tree.ts';
import { patchYaml, printYaml, YamlProblem, yamlTree } from '../json/yaml.ts';
import type { Diagnostic } from '../api/types.ts';

/** A definition that is being written, in one of two languages. */
export interface Draft {
  language: Language;
  text: string;
  /** Of the text, or of the last one that could be read. */
  tree: Tree | undefined;
  /** Why the text can't be read. */
  problem: Mark | undefined;
  /** The text in JSON, as the server takes it; undefined where it can't be read. */
  json: string | undefined;
  setText(text: string): void;
  setLanguage(language: Language): void;
}

/**
 * Keeps a definition in JSON and in YAML. Each text is the other's with what has changed since put
 * in: so blanks, order and comments stay where nobody touched them.
 */
export function useDraft(initial: string): Draft {
  const [language, setLanguage] = useState<Language>('json');
  const [text, setText] = useState(initial);
  const other = useRef<Partial<Record<Language, string>>>({ json: initial });
  const last = useRef<Tree>(undefined);
  const read = useMemo(() => readText(text, language), [text, language]);
  const tree = 'tree' in read ? read.tree : undefined;
  if (tree) {
    last.current = tree;
  }
  const json = useMemo(
    () =>
      !tree ? undefined : language === 'json' ? text : patchJson(other.current.json ?? '{}', tree),
    [tree, text, language],
  );
  return {
    language,
    text,
    tree: tree ?? last.current,
    problem: 'problem' in read ? read.problem : undefined,
    json,
    setText,
    setLanguage: (to) => {
      if (to === language || !tree) {
        return;
      }
      other.current[language] = text;
      const known = other.current[to];
      const next =
        to === 'json'
          ? known === undefined
            ? printJson(tree)
            : patchJson(known, tree)
          : known === undefined
            ? printYaml(tree)
            : patchYaml(known, tree);
      setText(next);
      setLanguage(to);
    },
  };
}

export function readText(text: string, language: Language): { tree: Tree } | { problem: Mark } {
  try {
    return { tree: language === 'json' ? jsonTree(text) : yamlTree(text) };
  } catch (e) {
    if (e instanceof YamlProblem) {
      return { problem: { from: e.from, to: e.to, severity: 'error', message: e.message } };
    }
    const { at, message } = jsonProblemAt(text) ?? { at: 0, message: (e as Error).message };
    return { problem: { from: at, to: at + 1, severity: 'error', message } };
  }
}

/** A diagnostic of the server with its place in the text. */
export interface Placed extends Diagnostic {
  mark: Mark;
}

const PAUSE_MS = 250;

/** What the server says of a definition, once nobody has typed for a moment. */
export function useDiagnostics(
  draft: Draft,
  type: string,
): { placed: Placed[]; state: 'asking' | 'known' | 'unread' | 'unreachable' } {
  const [known, setKnown] = useState<{
    json: string;
    type: string;
    diagnostics?: Diagnostic[];
  }>();
  const { json, tree } = draft;
  useEffect(() => {
    if (json === undefined) {
      return;
    }
    const gone = new AbortController();
    const timer = setTimeout(() => {
      call<{ diagnostics: Diagnostic[] }>(
        'ValidateStateMachineDefinition',
        { definition: json || ' ', type, severity: 'WARNING', maxResults: 100 },
        gone.signal,
      ).then(
        ({ diagnostics }) => setKnown({ json, type, diagnostics }),
        () => !gone.signal.aborted && setKnown({ json, type }),
      );
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      gone.abort();
    };
  }, [json, type]);
  const isCurrent = known !== undefined && known.json === json && known.type === type;
  const placed = useMemo(
    () =>
      (isCurrent && tree && known?.diagnostics ? known.diagnostics : []).map((d): Placed => {
        const { name, value } = locate(tree!, d.location ?? '/');
        // What is inside of an object is not all wrong: its name is marked, or its bracket.
        const range =
          value.kind === 'scalar' ? value : (name ?? { from: value.from, to: value.from + 1 });
        return {
          ...d,
          mark: {
            from: range.from,
            to: range.to,
            severity: d.severity === 'ERROR' ? 'error' : 'warning',
            message: `${d.code}: ${d.message}`,
          },
        };
      }),
    [isCurrent, known, tree],
  );
  return {
    placed,
    state:
      json === undefined
        ? 'unread'
        : !isCurrent
          ? 'asking'
          : known.diagnostics
            ? 'known'
            : 'unreachable',
  };
}
