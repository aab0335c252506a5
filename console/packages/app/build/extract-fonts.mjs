// Cloudscape's global styles carry Open Sans as base64. Written out as files, the style sheet is a
// third of its size, only the faces in use are loaded, and the policy needs no data: addresses.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const source = createRequire(import.meta.url).resolve('@cloudscape-design/global-styles/index.css');
const vendor = new URL('../src/vendor/', import.meta.url);
mkdirSync(new URL('fonts/', vendor), { recursive: true });

let count = 0;
const css = readFileSync(source, 'utf8').replace(/@font-face\s*{[^}]*}/g, (face) => {
  const weight = /font-weight:\s*(\w+)/.exec(face)?.[1];
  const style = /font-style:\s*(\w+)/.exec(face)?.[1] ?? 'normal';
  return face
    .replace(/url\(['"]?data:[^,]*,([^'")]+)['"]?\)/, (_, base64) => {
      const name = `open-sans-${weight}-${style}-${count++}.woff2`;
      writeFileSync(new URL(`fonts/${name}`, vendor), Buffer.from(base64, 'base64'));
      return `url(./fonts/${name})`;
    })
    .replace('}', 'font-display:swap;}');
});
writeFileSync(new URL('global.css', vendor), css);
