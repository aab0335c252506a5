// Prints, for each size and expression, the microseconds of an evaluation by the reference.
// Arguments: the file of the expressions, milliseconds to warm up and to measure.
const jsonata = require('jsonata');
const [, , file, warm, measured] = process.argv;
const bench = JSON.parse(require('fs').readFileSync(file, 'utf8'));
const orders = (n) => ({
  customer: { name: 'Ada', tier: 'GOLD', address: { city: 'Paris', zip: '75001' } },
  items: Array.from({ length: n }, (_, i) => ({
    sku: 'A-' + i, name: 'Item ' + i, price: (i % 97) + 0.25, qty: (i % 7) + 1,
    status: i % 3 === 0 ? 'OPEN' : 'DONE',
    at: '2026-01-' + String((i % 28) + 1).padStart(2, '0') + 'T08:00:00Z',
    tags: ['t' + (i % 5), 't' + (i % 11)],
  })),
});
const run = async (action, millis) => {
  const start = process.hrtime.bigint();
  let count = 0;
  let elapsed = 0n;
  do {
    await action();
    count++;
    elapsed = process.hrtime.bigint() - start;
  } while (elapsed < BigInt(millis) * 1000000n);
  return Number(elapsed) / 1000 / count;
};
(async () => {
  for (const n of bench.sizes) {
    const data = orders(n);
    for (const [name, text] of Object.entries(bench.expressions)) {
      const expression = jsonata(text);
      await run(() => expression.evaluate(data), warm);
      console.log(n + '\t' + name + '\t' + (await run(() => expression.evaluate(data), measured)));
    }
  }
})();
