import { useEffect, useMemo, useState } from 'react';
import { layout, Outline, type Layout, type Scope } from '@stepwise/graph';

/** A definition with its layout. */
export interface Drawing {
  scope: Scope;
  outline: Outline;
  layout: Layout;
}

/** Smaller ones are laid out faster than a worker could be asked. */
const MANY = 120;

/** Lays a definition out; a large one off the main thread. The one before stays until it is there. */
export function useDrawing(scope: Scope | undefined): Drawing | undefined {
  const outline = useMemo(() => scope && new Outline(scope), [scope]);
  const isLarge = (outline?.places.length ?? 0) > MANY;
  const small = useMemo(
    () =>
      scope && outline && !isLarge ? { scope, outline, layout: layout(scope, outline) } : undefined,
    [scope, outline, isLarge],
  );
  const [large, setLarge] = useState<Drawing>();
  useEffect(() => {
    if (!isLarge || !scope || !outline) {
      return;
    }
    let isWanted = true;
    void layoutElsewhere(scope).then((drawn) => {
      if (isWanted) {
        setLarge({ scope, outline, layout: drawn });
      }
    });
    return () => {
      isWanted = false;
    };
  }, [scope, outline, isLarge]);
  return small ?? (isLarge ? large : undefined);
}

let worker: Worker | undefined;
let asked = 0;
const waiting = new Map<number, (drawn: Layout) => void>();

/** One worker is kept: a text that is being written asks again and again. */
function layoutElsewhere(scope: Scope): Promise<Layout> {
  if (!worker) {
    worker = new Worker(new URL('../workers/layout.ts', import.meta.url), { type: 'module' });
    worker.onmessage = ({ data }: MessageEvent<{ id: number; drawn: Layout }>) => {
      waiting.get(data.id)?.(data.drawn);
      waiting.delete(data.id);
    };
  }
  const id = ++asked;
  worker.postMessage({ id, scope });
  return new Promise((resolve) => waiting.set(id, resolve));
}
