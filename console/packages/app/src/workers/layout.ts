import { layout, type Scope } from '@stepwise/graph';

// In a worker: a definition comes, its layout goes, with how long it took.
self.onmessage = ({ data }: MessageEvent<{ id: number; scope: Scope }>) => {
  const started = performance.now();
  const drawn = layout(data.scope);
  self.postMessage({ id: data.id, drawn, took: performance.now() - started });
};
