import { pages } from './client.ts';
import type { AliasItem, Version } from './types.ts';

/** Items of a page; the most there may be. */
const maxResults = 1_000;

/** The published versions of a state machine, newest first. */
export const versionsOf = (machine: string, signal: AbortSignal) =>
  pages<Version>(
    'ListStateMachineVersions',
    { stateMachineArn: machine, maxResults },
    (page) => page['stateMachineVersions']!,
    signal,
  );

/** The aliases of a state machine. */
export const aliasesOf = (machine: string, signal: AbortSignal) =>
  pages<AliasItem>(
    'ListStateMachineAliases',
    { stateMachineArn: machine, maxResults },
    (page) => page['stateMachineAliases']!,
    signal,
  );
