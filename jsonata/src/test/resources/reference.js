// Evaluates lines {"e": expression} on the input given first, with the reference implementation.
// Prints a line for each: {"v": value}, {"u": true}, {"f": true} or {"c": code, "m": message}.
const jsonata = require('jsonata');
const lines = require('readline').createInterface({ input: process.stdin });
const holdsFunction = (value, depth = 0) =>
  typeof value === 'function' ||
  (value && typeof value === 'object' && depth < 12 &&
    (value._jsonata_lambda || value._jsonata_function ||
      Object.values(value).some((inner) => holdsFunction(inner, depth + 1))));
const names =
  'sum count max min average string substring substringBefore substringAfter lowercase uppercase length trim pad match contains replace split join formatNumber formatBase formatInteger parseInteger number floor ceil round abs sqrt power random boolean not map zip filter single reduce sift keys lookup append exists spread merge reverse each error assert type sort shuffle distinct base64encode base64decode encodeUrlComponent encodeUrl decodeUrlComponent decodeUrl toMillis fromMillis clone now millis';
let data;
(async () => {
  const functions = [];
  for (const name of names.split(' ')) {
    functions.push(await jsonata('$' + name).evaluate());
  }
  for await (const line of lines) {
    const request = JSON.parse(line);
    if (request.data !== undefined) {
      data = request.data;
      continue;
    }
    let answer;
    const input = JSON.parse(data);
    const before = JSON.stringify(input);
    // What a function remembers of its last call would show in the errors of the next expression.
    for (const known of functions) {
      delete known.token;
      delete known.position;
    }
    try {
      const value = await jsonata(request.e).evaluate(input);
      answer = value === undefined ? { u: true } : holdsFunction(value) ? { f: true } : { v: value };
    } catch (error) {
      answer = { c: error.code, m: error.message };
    }
    if (JSON.stringify(input) !== before) {
      answer = { m: 'the input was changed' };
    }
    process.stdout.write(JSON.stringify(answer) + '\n');
  }
})();
