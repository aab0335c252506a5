import { layout, type Scope } from '@stepwise/graph';

// In a worker: a definition comes, its layout goes.
self.onmessage = ({ data }: MessageEvent<Scope>) => self.postMessage(layout(data));
