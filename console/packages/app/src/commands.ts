import { useEffect, useRef } from 'react';

/** Something that can be done on the page that is shown. */
export interface Command {
  text: string;
  act: () => unknown;
}

const groups = new Set<{ current: readonly Command[] }>();

/** What the page that is shown can do, for the command palette. */
export const pageCommands = (): Command[] => [...groups].flatMap((group) => group.current);

/** Offers commands as long as the component is shown. */
export function useCommands(commands: readonly (Command | false | undefined)[]): void {
  const group = useRef<readonly Command[]>([]);
  group.current = commands.filter((c) => c !== false && c !== undefined);
  useEffect(() => {
    groups.add(group);
    return () => void groups.delete(group);
  }, []);
}
