// Packs what is worth it, so that the server need not.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const dist = new URL('../dist/', import.meta.url);
let [script, style] = [0, 0];
for (const name of readdirSync(dist, { recursive: true })) {
  if (!/\.(html|js|css|svg)$/.test(name)) {
    continue;
  }
  const file = new URL(name, dist);
  const packed = gzipSync(readFileSync(file), { level: 9 });
  writeFileSync(new URL(`${name}.gz`, dist), packed);
  script += name.endsWith('.js') ? packed.length : 0;
  style += name.endsWith('.css') ? packed.length : 0;
  console.log(`${String(Math.round(packed.length / 1024)).padStart(6)} KiB packed  ${name}`);
}
console.log(`all scripts ${script >> 10} KiB, all styles ${style >> 10} KiB`);
