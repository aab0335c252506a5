import { useMemo, useRef, useState } from 'react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { jsonLines, type JsonLine } from '../json/lines.ts';
import { Copy } from './Copy.tsx';

const LINE = 19;

/** A JSON text, set out, with brackets that fold; any other text as it is. */
export function Json({ text, label }: { text: string | undefined; label: string }) {
  const lines = useMemo(() => (text === undefined ? undefined : jsonLines(text)), [text]);
  return (
    <section className="json" aria-label={label}>
      <div className="json-head">
        <span>{label}</span>
        {text !== undefined && <Copy text={text} what={label} />}
      </div>
      {text === undefined ? (
        <p className="quiet">There is none.</p>
      ) : lines ? (
        <Lines key={text} lines={lines} />
      ) : (
        <pre className="json-raw" tabIndex={0}>
          {text}
        </pre>
      )}
    </section>
  );
}

function Lines({ lines }: { lines: JsonLine[] }) {
  const [folded, setFolded] = useState<ReadonlySet<number>>(new Set());
  const shown = useMemo(() => visible(lines, folded), [lines, folded]);
  const box = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: shown.length,
    getScrollElement: () => box.current,
    estimateSize: () => LINE,
    overscan: 20,
  });
  const toggle = (line: number) => {
    const next = new Set(folded);
    if (!next.delete(line)) {
      next.add(line);
    }
    setFolded(next);
  };
  return (
    <div className="json-box" ref={box} tabIndex={0}>
      <div className="json-all" style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map((row) => {
          const index = shown[row.index]!;
          return (
            <div
              key={index}
              className="json-line"
              ref={rows.measureElement}
              data-index={row.index}
              style={{ transform: `translateY(${row.start}px)` }}
            >
              <Line line={lines[index]!} folded={folded.has(index)} toggle={() => toggle(index)} />
            </div>
          );
        })}
      </div>
    </div>
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
