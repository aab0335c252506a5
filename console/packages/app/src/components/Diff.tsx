import { useMemo, useRef, useState } from 'react';
import { useVirtualizer } from '@tanstack/react-virtual';
import type { DiffLine } from '../json/diff.ts';

const LINE = 19;
const AROUND = 3;

type Row = DiffLine | { kind: 'folded'; count: number };

/** Two texts as one: what is gone and what is new, and what is the same left out but around these. */
export function Diff({ lines, label }: { lines: readonly DiffLine[]; label: string }) {
  const [whole, setWhole] = useState(false);
  const rows = useMemo(() => (whole ? [...lines] : folded(lines)), [lines, whole]);
  const box = useRef<HTMLDivElement>(null);
  const shown = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => LINE,
    overscan: 20,
  });
  const changed = lines.filter((l) => l.kind !== 'same').length;
  return (
    <section className="json" aria-label={label}>
      <div className="json-head">
        <span>
          {label}{' '}
          <span className="quiet">{changed ? `${changed} lines differ` : 'no difference'}</span>
        </span>
        <button type="button" className="plain" onClick={() => setWhole(!whole)}>
          {whole ? 'Differences only' : 'All lines'}
        </button>
      </div>
      <div className="json-box diff" ref={box} tabIndex={0}>
        <div className="json-all" style={{ height: shown.getTotalSize() }}>
          {shown.getVirtualItems().map((item) => {
            const row = rows[item.index]!;
            return (
              <div
                key={item.index}
                ref={shown.measureElement}
                data-index={item.index}
                className={`json-line diff-${row.kind}`}
                style={{ transform: `translateY(${item.start}px)` }}
              >
                {row.kind === 'folded' ? (
                  <div className="quiet">… {row.count} lines the same</div>
                ) : (
                  <div>
                    <span className="diff-sign">
                      {row.kind === 'gone' ? '−' : row.kind === 'new' ? '+' : ' '}
                    </span>
                    {row.text}
                  </div>
                )}
              </div>
            );
          })}
        </div>
      </div>
    </section>
  );
}

function folded(lines: readonly DiffLine[]): Row[] {
  const near = new Uint8Array(lines.length);
  lines.forEach((line, i) => {
    if (line.kind !== 'same') {
      near.fill(1, Math.max(0, i - AROUND), i + AROUND + 1);
    }
  });
  const rows: Row[] = [];
  for (let i = 0; i < lines.length; ) {
    if (near[i]) {
      rows.push(lines[i++]!);
      continue;
    }
    const from = i;
    while (i < lines.length && !near[i]) {
      i++;
    }
    rows.push({ kind: 'folded', count: i - from });
  }
  return rows;
}
