import { useEffect, useRef, useState } from 'react';
import { keep, kept } from '../kept.ts';

const KEY = 'stepwise.panel';
/** The share of the width that the right side has. Units: percent. */
const [LEAST, FIRST, MOST, STEP] = [22, 40, 65, 2];

/** The bar between a view and its panel: it is dragged, or moved by arrows; the browser keeps it. */
export function Splitter({ label }: { label: string }) {
  const bar = useRef<HTMLDivElement>(null);
  const [share, setShare] = useState(() => limited(Number(kept(KEY, [String(FIRST)])[0])));
  useEffect(() => {
    bar.current!.parentElement!.style.setProperty('--panel', `${share}%`);
    keep(KEY, [String(share)]);
  }, [share]);
  const drag = (e: React.PointerEvent) => {
    if (e.buttons === 1) {
      const { left, width } = bar.current!.parentElement!.getBoundingClientRect();
      setShare(limited(Math.round(100 - ((e.clientX - left) / width) * 100)));
    }
  };
  return (
    <div
      ref={bar}
      className="splitter"
      role="separator"
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={share}
      aria-valuemin={LEAST}
      aria-valuemax={MOST}
      tabIndex={0}
      onPointerDown={(e) => e.currentTarget.setPointerCapture(e.pointerId)}
      onPointerMove={drag}
      onDoubleClick={() => setShare(FIRST)}
      onKeyDown={(e) => {
        const by = { ArrowLeft: STEP, ArrowRight: -STEP }[e.key];
        if (by) {
          e.preventDefault();
          setShare(limited(share + by));
        }
      }}
    />
  );
}

const limited = (share: number): number =>
  Number.isFinite(share) ? Math.min(MOST, Math.max(LEAST, share)) : FIRST;
