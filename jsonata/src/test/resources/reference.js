// Evaluates lines {"e": expression} on the input given first, with the reference implementation.
// Prints a line for each: {"v": value}, {"u": true}, {"f": true} or {"c": code, "m": message}.
const jsonata = require('jsonata');
const lines = require('readline').createInterface({ input: process.stdin });
const holdsFunction = (value, depth = 0) =>
  typeof value === 'function' ||
  (value && typeof value === 'object' && depth < 12 &&
    (value._jsonata_lambda || value._jsonata_function ||
      Object.values(value).some((inner) => holdsFunction(inner, depth + 1))));
let data;
(async () => {
  for await (const line of lines) {
    const request = JSON.parse(line);
    if (request.data !== undefined) {
      data = request.data;
      continue;
    }
    let answer;
    try {
      const value = await jsonata(request.e).evaluate(JSON.parse(data));
      answer = value === undefined ? { u: true } : holdsFunction(value) ? { f: true } : { v: value };
    } catch (error) {
      answer = { c: error.code, m: error.message };
    }
    process.stdout.write(JSON.stringify(answer) + '\n');
  }
})();
