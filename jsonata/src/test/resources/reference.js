// Evaluates lines {"e": expression, "d": name} with the reference implementation, on an input that a
// line {"name", "data"} gave before.
// Prints a line for each: {"v": value}, {"u": true}, {"f": true},
// {"c": code, "m": message}, or {"budget": true} where it takes too long.
const fs = require('fs');
const Module = require('module');

// All that is wanted otherwise than the reference implementation has it, each with its reason.
// What is compared is a copy with these changes, so that nothing else may differ.
const changes = [
  {
    why: 'parts of an array or object are evaluated side by side, so that of several that fail any' +
      ' may be named: ours are evaluated in turn and the first is',
    from: /Promise\.all\((expr\.expressions|Object\.keys\(groups\))\s*\.map\(/g,
    to: 'inTurn($1, (',
    times: 2,
  },
  {
    why: 'a function remembers by what name and where it was called last, in whichever expression',
    from: /proc\.token = procName;/,
    to: 'proc = { ...proc, token: procName };',
  },
  {
    why: 'the same, of a call that takes the place of its caller',
    from: /if\(result\.body\.procedure\.type === 'variable'\) \{/,
    to: "next = typeof next === 'function' ? next : typeof next === 'object' ? { ...next } : {}; $&",
  },
  {
    why: 'such a call is handed functions in a form that built-in ones fail on, without a code',
    from: /evaluatedArgs\.push\((await evaluate\(result\.body\.arguments\[ii\].*?\))\);/,
    to: `const arg = $1;
      evaluatedArgs.push(!isFunction(arg) ? arg : Object.assign(
        async (...params) => await apply(arg, params, null, environment),
        { arity: getFunctionArity(arg) }));`,
  },
  {
    why: 'what is undefined passes a filter, and makes an array with holes: ours is left out',
    from: /if \((ii === index|fn\.boolean\(res\))\) \{/g,
    to: "if ($1 && typeof item !== 'undefined') {",
    times: 2,
  },
  {
    why: 'whole numbers have all their digits, measured on AWS: $string(2^63) is' +
      ' 9223372036854776000',
    from: /val\.toPrecision && isNumeric\(val\)\) \?/,
    to: 'val.toPrecision && isNumeric(val) && !Number.isInteger(val)) ?',
  },
  {
    why: 'grouping nothing puts an undefined item into the empty array, which may be the input',
    from: /input\.push\(undefined\);/,
    to: 'input = createSequence(undefined);',
  },
  {
    why: 'a transform of what is no object fails without a code: ours leaves it as it is',
    from: /match\[prop\] = update\[prop\];/,
    to: "if (match !== null && typeof match === 'object') $&",
  },
  {
    why: 'messages print what functions are made of inside: ours print what $string does',
    from: /return JSON\.stringify\(err\[arguments\[1\]\]\);/,
    to: "return JSON.stringify(err[arguments[1]], (key, value) => (isFunction(value) ? '' : value));",
  },
  {
    why: 'a date that JavaScript has no number for is written with NaN: ours fails',
    from: /const dateTime = new Date\(millis \+ offsetMillis\);/,
    to: `if (!(Math.abs(Math.floor(millis) + offsetMillis) <= 8.64e15)) {
      throw { code: 'D3110', get message() { return 'The date is out of range'; }, set message(_) {} };
    } $&`,
  },
  {
    why: 'a time zone that is no offset is written with NaN: ours is no offset',
    from: /const offset = parseInt\(timezone\);/,
    to: 'const offset = parseInt(timezone) || 0;',
  },
  {
    why: 'functions have members, by which they are implemented: ours have none',
    from: /if \(input !== null && typeof input === 'object'\) \{/g,
    to: "if (input !== null && typeof input === 'object' && !isFunction(input)) {",
    times: 2,
  },
  {
    why: 'a built-in function that is applied in part no longer looks at its arguments',
    from: /partialApplyNativeFunction\(proc\.implementation, /,
    to: 'partialApplyNativeFunction(looking(proc, evaluatedArgs.length), ',
  },
  {
    why: 'a parameter that has a default keeps a function from being applied in part',
    from: /sigArgs = sigParens\.split\(','\);/,
    to: "sigArgs = sigParens.split(',').map((name) => name.split('=')[0]);",
  },
  {
    why: 'the moment is that of the test',
    from: /timestamp = new Date\(\);(?=\s*exec_env)/,
    to: 'timestamp = new Date(1767323045678);',
  },
  {
    why: 'sorted items forget that they carry variables, and show what carries them',
    from: /result = await fn\.sort\.apply\(focus, \[lhs, comparator\]\);/,
    to: '$& if (isTupleSort) result.tupleStream = true;',
  },
  {
    why: 'a wildcard finds in a sequence the marks that make it one',
    from: /Object\.keys\(input\)(?=\.forEach\(function \(key\) \{\s*var value)/,
    to: '(Array.isArray(input) ? [...input.keys()] : Object.keys(input))',
  },
  {
    why: 'groups that took no part in a match leave holes: ours are null',
    from: /groups: matches\.groups/,
    to: `groups: !Array.isArray(matches.groups) ? matches.groups
      : Array.from(matches.groups, (group) => (group === undefined ? null : group))`,
  },
  {
    why: 'a match of a function of the expression has a member without a value: ours lacks it',
    from: /index: matches\.start,/,
    to: '...(matches.start === undefined ? {} : { index: matches.start }),',
  },
  {
    why: 'what a function is made of updates an object: ours is no object',
    from: /update === null \|\| Array\.isArray\(update\)/,
    to: '$& || isFunction(update)',
  },
  {
    why: 'a regular expression takes anything for a text: ours nothing else',
    from: /re\.lastIndex = fromIndex \|\| 0;/,
    to: "if (typeof str !== 'string') return undefined; $&",
  },
  {
    why: 'a text is replaced by the source of a function: ours fails as if it gave no text',
    from: /result \+= replacement;/,
    to: "if (typeof replacement === 'function') throw { code: 'D3012' }; $&",
  },
  {
    why: "powers of 26 are not rounded as numbers are, and so differ between Node's versions",
    from: /Math\.pow\(26, i\)/,
    to: 'Number(26n ** BigInt(i))',
  },
  {
    why: 'a number with an exponent picture that is zero or less is divided forever: ours ends',
    from: /while \(mantissa < minMantissa\) \{/,
    to: 'while (mantissa < minMantissa && mantissa > 0) {',
  },
];
const helpers = `async function inTurn(list, visit) {
  const results = [];
  for (let i = 0; i < list.length; i++) results.push(await visit(list[i], i));
  return results;
}
function looking(proc, count) {
  const body = function (...args) {
    const given = proc.signature ? proc.signature.validate(taken(args, count), null) : args;
    return proc.implementation.apply(this, given);
  };
  const taken = (args, count) => [
    ...args.slice(0, count), ...Array(Math.max(0, count - args.length)).fill('')];
  body.toString = () => proc.implementation.toString();
  return body;
}\n`;
const file = require.resolve('jsonata');
let source = fs.readFileSync(file, 'utf8');
for (const { why, from, to, times = 1 } of changes) {
  const found = source.match(new RegExp(from.source, 'g')) || [];
  if (found.length !== times) {
    throw new Error(`${found.length} places, not ${times}, to change because ${why}`);
  }
  source = source.replace(from, to);
}
const changed = new Module(file);
changed._compile(helpers + source, file);
const jsonata = changed.exports;

const lines = require('readline').createInterface({ input: process.stdin });
const holdsFunction = (value, depth = 0) =>
  typeof value === 'function' ||
  (value && typeof value === 'object' && depth < 12 &&
    (value._jsonata_lambda || value._jsonata_function ||
      Object.values(value).some((inner) => holdsFunction(inner, depth + 1))));

// A number of operations that no sensible expression needs; those that do are not compared.
const OPERATIONS_MAX = 200000;
const datasets = {};
(async () => {
  for await (const line of lines) {
    const request = JSON.parse(line);
    if (request.data !== undefined) {
      datasets[request.name] = JSON.stringify(JSON.parse(request.data));
      continue;
    }
    const data = datasets[request.d];
    const input = JSON.parse(data);
    let answer;
    let left = OPERATIONS_MAX;
    try {
      const expression = jsonata(request.e);
      expression.assign(Symbol.for('jsonata.__evaluate_entry'), () => {
        if (left-- <= 0) throw { budget: true };
      });
      const value = await expression.evaluate(input === null ? undefined : input);
      answer = value === undefined ? { u: true } : holdsFunction(value) ? { f: true } : { v: value };
    } catch (error) {
      answer = { c: error.code, m: error.message };
    }
    if (left <= 0) {
      answer = { budget: true };
    } else if (JSON.stringify(input) !== data) {
      answer = { m: 'the input was changed' };
    }
    process.stdout.write(JSON.stringify(answer) + '\n');
  }
})();
