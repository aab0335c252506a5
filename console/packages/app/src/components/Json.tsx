import { useMemo, useRef, useState } from 'react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { jsonLines, type JsonLine } from '../json/lines.ts';
import { Copy } from './Copy.tsx';

const LINE = 19;

interface Props {
  text: string | undefined;
  label: string;
  /** Without its label, where that stands above. */
  bare?: boolean;
}

/** A JSON text, set out, with brackets that fold; any other text as it is. */
export function Json({ text, label, bare = false }: Props) {
  const [isRaw, setIsRaw] = useState(false);
  const [isFinding, setIsFinding] = useState(false);
  const lines = useMemo(() => (text === undefined ? undefined : jsonLines(text)), [text]);
  return (
    <section className="json" aria-label={label}>
      <div className="json-head">
        <span>{bare ? '' : label}</span>
        {text !== undefined && (
          <span className="json-tools">
            {lines && lines.length > 12 && (
              <button
                type="button"
                className="plain"
                aria-pressed={isFinding}
                aria-label={`Find in ${label}`}
                onClick={() => setIsFinding(!isFinding)}
              >
                Find
              </button>
            )}
            {lines && (
              <button
                type="button"
                className="plain"
                aria-pressed={isRaw}
                aria-label={`${isRaw ? 'Set out' : 'Raw'} ${label}`}
                onClick={() => setIsRaw(!isRaw)}
              >
                {isRaw ? 'Set out' : 'Raw'}
              </button>
            )}
            <button
              type="button"
              className="plain"
              aria-label={`Save ${label}`}
              onClick={() => void saveFile(`${label}.json`, text)}
            >
              Save
            </button>
            <Copy text={text} what={label} />
          </span>
        )}
      </div>
      {text === undefined ? (
        <p className="quiet">There is none.</p>
      ) : lines && !isRaw ? (
        <Lines key={text} lines={lines} label={label} isFinding={isFinding} />
      ) : (
        <pre className="json-raw" tabIndex={0}>
          {text}
        </pre>
      )}
    </section>
  );
}

const saveFile = async (name: string, text: string) => {
  const { save } = await import('../export/picture.ts');
  save(name, text, 'application/json');
};

function Lines({
  lines,
  label,
  isFinding,
}: {
  lines: JsonLine[];
  label: string;
  isFinding: boolean;
}) {
  const [folded, setFolded] = useState<ReadonlySet<number>>(new Set());
  const [words, setWords] = useState('');
  const [at, setAt] = useState(0);
  const shown = useMemo(() => visible(lines, folded), [lines, folded]);
  const found = useMemo(() => {
    const wanted = isFinding ? words.toLowerCase() : '';
    return wanted
      ? lines.flatMap((l, i) =>
          `${l.key ?? ''}: ${l.text}`.toLowerCase().includes(wanted) ? [i] : [],
        )
      : [];
  }, [lines, words, isFinding]);
  const box = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: shown.length,
    getScrollElement: () => box.current,
    estimateSize: () => LINE,
    overscan: 20,
  });
  const current = found[at % Math.max(1, found.length)];
  const goTo = (next: number) => {
    setAt(next);
    setFolded(new Set());
    const line = found[next % Math.max(1, found.length)];
    if (line !== undefined) {
      rows.scrollToIndex(line, { align: 'center' });
    }
  };
  const toggle = (line: number) => {
    const next = new Set(folded);
    if (!next.delete(line)) {
      next.add(line);
    }
    setFolded(next);
  };
  return (
    <>
      {isFinding && (
        <div className="json-find">
          <input
            type="search"
            autoFocus
            aria-label={`Words to find in ${label}`}
            placeholder="Find; Enter goes on"
            value={words}
            onChange={(e) => {
              setWords(e.target.value);
              setAt(0);
            }}
            onKeyDown={(e) =>
              e.key === 'Enter' && goTo(e.shiftKey ? at + found.length - 1 : at + 1)
            }
          />
          <span className="quiet" aria-live="polite">
            {words && (found.length ? `${(at % found.length) + 1} of ${found.length}` : 'none')}
          </span>
        </div>
      )}
      <div className="json-box" ref={box} tabIndex={0}>
        <div className="json-all" style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map((row) => {
            const index = shown[row.index]!;
            return (
              <div
                key={index}
                className={`json-line${index === current ? ' found' : ''}`}
                ref={rows.measureElement}
                data-index={row.index}
                style={{ transform: `translateY(${row.start}px)` }}
              >
                <Line
                  line={lines[index]!}
                  folded={folded.has(index)}
                  toggle={() => toggle(index)}
                />
              </div>
            );
          })}
        </div>
      </div>
    </>
  );
}

function Line({ line, folded, toggle }: { line: JsonLine; folded: boolean; toggle: () => void }) {
  const closing = line.text === '{' ? '}' : ']';
  return (
    <div style={{ paddingLeft: line.depth * 14 + 16 }}>
      {line.closes !== undefined && (
        <button
          type="button"
          className="json-fold"
          aria-label={folded ? 'Unfold' : 'Fold'}
          aria-expanded={!folded}
          onClick={toggle}
        >
          {folded ? '▸' : '▾'}
        </button>
      )}
      {line.key !== undefined && (
        <>
          <span className="j-key">{line.key}</span>
          {': '}
        </>
      )}
      <span className={`j-${line.kind}`}>
        {line.text}
        {folded && ` … ${closing}`}
      </span>
      {folded && <span className="quiet"> {line.size}</span>}
      {line.comma ? ',' : ''}
    </div>
  );
}

function visible(lines: JsonLine[], folded: ReadonlySet<number>): number[] {
  const shown: number[] = [];
  for (let i = 0; i < lines.length; i++) {
    shown.push(i);
    if (folded.has(i)) {
      i = lines[i]!.closes ?? i;
    }
  }
  return shown;
}
