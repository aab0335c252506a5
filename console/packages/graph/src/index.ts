export * from './definition.ts';
export * from './facts.ts';
export * from './history.ts';
export * from './layout.ts';
export * from './read.ts';
export * from './timeline.ts';
export * from './view.ts';
export * from './waiting.ts';
