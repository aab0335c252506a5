// What a test reads from its disk; the sources of this package know no Node.js.
declare module 'node:fs' {
  export function existsSync(path: string): boolean;
  export function readFileSync(path: string, encoding: 'utf8'): string;
  export function readdirSync(
    path: string,
    options: { recursive: true; encoding: 'utf8' },
  ): string[];
}
declare module 'node:path' {
  export function join(...parts: string[]): string;
}
declare module 'node:process' {
  export const env: Record<string, string | undefined>;
}
interface ImportMeta {
  dirname: string;
}
