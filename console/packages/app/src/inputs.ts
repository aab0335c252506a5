const KEPT = 8;
const LONGEST = 100_000;

const key = (machine: string): string => `stepwise.inputs.${machine}`;

/** The inputs that executions of a state machine were last started with here, the newest first. */
export function lastInputs(machine: string): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key(machine)) ?? '[]');
    return Array.isArray(kept) ? kept.filter((input) => typeof input === 'string') : [];
  } catch {
    return [];
  }
}

/** Keeps an input in this browser. Without room, or without leave, it is not kept. */
export function rememberInput(machine: string, input: string): void {
  if (input.length > LONGEST) {
    return;
  }
  const others = lastInputs(machine).filter((other) => other !== input);
  try {
    localStorage.setItem(key(machine), JSON.stringify([input, ...others].slice(0, KEPT)));
  } catch {
    // The browser keeps nothing for this page.
  }
}
