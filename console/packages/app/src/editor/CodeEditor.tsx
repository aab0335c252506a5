import { useEffect, useRef } from 'react';
import {
  autocompletion,
  closeBrackets,
  completionKeymap,
  startCompletion,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { json } from '@codemirror/lang-json';
import { yaml } from '@codemirror/lang-yaml';
import {
  bracketMatching,
  foldGutter,
  foldKeymap,
  HighlightStyle,
  indentUnit,
  syntaxHighlighting,
} from '@codemirror/language';
import { lintGutter, lintKeymap, setDiagnostics, type Diagnostic } from '@codemirror/lint';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { Compartment, EditorState, Prec } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  hoverTooltip,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { tags } from '@lezer/highlight';
import type { Spot } from './outline.ts';
import type { Suggestion } from './complete.ts';
import { jsonTree, printJson, type Range } from '../json/tree.ts';
import { printYaml } from '../json/yaml.ts';

export type Language = 'json' | 'yaml';

export interface Mark extends Range {
  severity: 'error' | 'warning';
  message: string;
}

interface Props {
  label: string;
  text: string;
  language: Language;
  marks: readonly Mark[];
  /** What is put in the middle and selected, each time it is another object. */
  reveal: Range | undefined;
  onChange: (text: string) => void;
  onCursor?: (position: number) => void;
  spotAt?: (text: string, position: number) => Spot;
  suggest?: (spot: Spot) => readonly Suggestion[];
  helpAt?: (position: number) => string | undefined;
}

// Colours are those of the console, so that both modes and the contrast rules are kept.
const COLOURS = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--j-key)' },
  { tag: tags.string, color: 'var(--j-string)' },
  { tag: tags.number, color: 'var(--j-number)' },
  { tag: [tags.bool, tags.null, tags.keyword], color: 'var(--j-word)' },
  { tag: tags.comment, color: 'var(--g-quiet)', fontStyle: 'italic' },
]);

// The lint package draws its marks as data: images, which the page's policy forbids.
const LOOK = EditorView.theme({
  '&': { height: '100%', fontSize: '12.5px', color: 'var(--g-text)', background: 'var(--g-bg)' },
  '&.cm-focused': { outline: '2px solid var(--run)', outlineOffset: '-2px' },
  '.cm-scroller': { fontFamily: "'DejaVu Sans Mono', ui-monospace, monospace", lineHeight: '19px' },
  '.cm-content': { caretColor: 'var(--g-text)' },
  '.cm-cursor': { borderLeftColor: 'var(--g-text)' },
  '.cm-gutters': {
    background: 'var(--g-box)',
    color: 'var(--g-quiet)',
    border: 'none',
    borderRight: '1px solid var(--g-line)',
  },
  '.cm-activeLine, .cm-activeLineGutter': { background: 'var(--g-active)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground':
    { background: 'var(--g-chosen)' },
  '.cm-selectionMatch': { background: 'var(--g-tile)' },
  '.cm-matchingBracket, &.cm-focused .cm-matchingBracket': {
    background: 'var(--g-tile)',
    outline: '1px solid var(--g-line)',
  },
  '.cm-lintRange-error': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--bad)',
    textUnderlineOffset: '3px',
  },
  '.cm-lintRange-warning': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--caught)',
    textUnderlineOffset: '3px',
  },
  '.cm-lint-marker': { width: '12px', height: '12px', borderRadius: '50%', margin: '3px 0 0 2px' },
  '.cm-lint-marker-error': { content: 'none', background: 'var(--bad)' },
  '.cm-lint-marker-warning': { content: 'none', background: 'var(--caught)', borderRadius: '2px' },
  '.cm-tooltip': {
    background: 'var(--g-card)',
    color: 'var(--g-text)',
    border: '1px solid var(--g-line)',
    borderRadius: '6px',
    maxWidth: '460px',
  },
  '.cm-tooltip-hover': { padding: '4px 8px', font: '12.5px/1.4 inherit' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { maxHeight: '15em' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': {
    background: 'var(--run-bg)',
    color: 'var(--g-text)',
  },
  '.cm-completionInfo': { padding: '4px 8px', maxWidth: '260px' },
  '.cm-diagnostic': { padding: '4px 8px', whiteSpace: 'pre-wrap' },
  '.cm-diagnostic-error': { borderLeft: '4px solid var(--bad)' },
  '.cm-diagnostic-warning': { borderLeft: '4px solid var(--caught)' },
  '.cm-panels': { background: 'var(--g-box)', color: 'var(--g-text)' },
  '.cm-panel.cm-search input, .cm-panel.cm-search button': {
    background: 'var(--g-card)',
    backgroundImage: 'none',
    color: 'var(--g-text)',
    border: '1px solid var(--g-line)',
    borderRadius: '4px',
  },
  '.cm-searchMatch': { background: 'var(--caught-bg)', outline: '1px solid var(--caught)' },
  '.cm-foldPlaceholder': {
    background: 'var(--g-tile)',
    border: 'none',
    color: 'var(--g-quiet)',
  },
});

/**
 * A text editor for definitions and payloads. It lives in a shadow root: there its styles are style
 * sheets that scripts make, and no element `style`, which the page's policy forbids.
 */
export default function CodeEditor(props: Props) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  const language = useRef(new Compartment());
  const now = useRef(props);
  now.current = props;
  const { text, language: spoken, marks, reveal, label } = props;

  useEffect(() => {
    const shadow = host.current!.shadowRoot ?? host.current!.attachShadow({ mode: 'open' });
    const editor = new EditorView({
      parent: shadow,
      root: shadow,
      state: EditorState.create({
        doc: now.current.text,
        extensions: [
          lineNumbers(),
          lintGutter(),
          foldGutter({
            markerDOM: (open) => {
              const mark = document.createElement('span');
              mark.textContent = open ? '▾' : '▸';
              return mark;
            },
          }),
          history(),
          drawSelection(),
          indentUnit.of('  '),
          EditorState.tabSize.of(2),
          bracketMatching(),
          closeBrackets(),
          highlightActiveLine(),
          highlightActiveLineGutter(),
          highlightSelectionMatches(),
          search({ top: true }),
          syntaxHighlighting(COLOURS),
          autocompletion({ override: [(context) => complete(context, now.current)], icons: false }),
          hoverTooltip((_, position) => {
            const help = now.current.helpAt?.(position);
            return help === undefined
              ? null
              : {
                  pos: position,
                  create: () => {
                    const dom = document.createElement('div');
                    dom.className = 'cm-tooltip-hover';
                    dom.textContent = help;
                    return { dom };
                  },
                };
          }),
          language.current.of(now.current.language === 'json' ? json() : yaml()),
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
          // Tab moves in, as in every editor; Escape, then Tab leaves.
          Prec.low(keymap.of([indentWithTab])),
          keymap.of([
            ...completionKeymap,
            ...searchKeymap,
            ...lintKeymap,
            ...foldKeymap,
            ...historyKeymap,
            ...defaultKeymap,
          ]),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) {
              now.current.onChange(update.state.doc.toString());
            }
            if (update.selectionSet && update.transactions.some((t) => t.isUserEvent('select'))) {
              now.current.onCursor?.(update.state.selection.main.head);
            }
          }),
          LOOK,
        ],
      }),
    });
    view.current = editor;
    return () => editor.destroy();
  }, []);

  useEffect(() => {
    view.current?.dispatch({
      effects: language.current.reconfigure(spoken === 'json' ? json() : yaml()),
    });
  }, [spoken]);

  useEffect(() => {
    const editor = view.current;
    if (editor && editor.state.doc.toString() !== text) {
      editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: text } });
    }
  }, [text]);

  useEffect(() => {
    const editor = view.current;
    if (editor) {
      const { length } = editor.state.doc;
      const found: Diagnostic[] = marks.map(({ from, to, severity, message }) => ({
        from: Math.min(from, length),
        to: Math.min(Math.max(to, from), length),
        severity,
        message,
      }));
      editor.dispatch(setDiagnostics(editor.state, found));
    }
  }, [marks]);

  useEffect(() => {
    const editor = view.current;
    if (editor && reveal && reveal.from <= editor.state.doc.length) {
      editor.dispatch({
        selection: { anchor: reveal.from, head: reveal.from },
        effects: EditorView.scrollIntoView(reveal.from, { y: 'start', yMargin: 40 }),
      });
    }
  }, [reveal]);

  return <div className="editor" ref={host} />;
}

function complete(context: CompletionContext, props: Props): CompletionResult | null {
  const { spotAt, suggest, language } = props;
  if (!spotAt || !suggest) {
    return null;
  }
  const text = context.state.doc.toString();
  const spot = spotAt(text, context.pos);
  if (!spot.word && !spot.isQuoted && !context.explicit) {
    return null;
  }
  const options = suggest(spot);
  // A word in quotes that is chosen from replaces its closing quote too.
  const to = spot.isQuoted && text[context.pos] === '"' ? context.pos + 1 : context.pos;
  const hasColon = /^\s*:/.test(text.slice(to));
  return options.length === 0
    ? null
    : {
        from: spot.from,
        to,
        filter: false,
        options: options
          .filter((o) => o.label.toLowerCase().includes(spot.word.toLowerCase()))
          .map((option) => ({
            label: option.label,
            type: option.name === undefined ? 'constant' : 'property',
            ...(option.help ? { info: option.help } : {}),
            apply: (editor: EditorView, _: unknown, from: number, end: number) => {
              const indent = /^[ \t]*/.exec(editor.state.doc.lineAt(from).text)![0];
              const insert = written(option, language, indent, hasColon);
              // The cursor goes where something is still to be said.
              const empty = insert.search(/""|\{\}|\[\]/);
              editor.dispatch({
                changes: { from, to: Math.max(end, to), insert },
                selection: { anchor: from + (empty < 0 ? insert.length : empty + 1) },
                userEvent: 'input.complete',
              });
              if (empty >= 0 && option.name !== undefined) {
                startCompletion(editor);
              }
            },
          })),
      };
}

function written(option: Suggestion, language: Language, indent: string, hasColon: boolean) {
  const value = jsonTree(option.value);
  if (language === 'json') {
    const name = option.name === undefined ? '' : JSON.stringify(option.name);
    return hasColon || !name ? name || option.value : `${name}: ${printJson(value, indent)}`;
  }
  const plain = (text: string) => text.trimEnd().replaceAll('\n', `\n${indent}`);
  if (option.name === undefined) {
    return plain(printYaml(value));
  }
  const entry = { key: option.name, at: value, value };
  return hasColon
    ? option.name
    : plain(printYaml({ kind: 'object', entries: [entry], from: 0, to: 0 }));
}
