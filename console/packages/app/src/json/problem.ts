/** Where and why a text is not JSON, in words; undefined if it is. */
export function jsonProblem(text: string): string | undefined {
  const problem = jsonProblemAt(text);
  return problem && `Line ${problem.line}, column ${problem.column}: ${problem.message}`;
}

/** Where and why a text is not JSON; undefined if it is. */
export function jsonProblemAt(
  text: string,
): { at: number; line: number; column: number; message: string } | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch {
    // Browsers word it each their own way, and some without a place.
    const { at, expected } = new Scanner(text).firstProblem();
    const before = text.slice(0, at).split('\n');
    const found = at < text.length ? `found ${JSON.stringify(text[at])}` : 'found the end';
    return {
      at,
      line: before.length,
      column: before.at(-1)!.length + 1,
      message: `expected ${expected}, ${found}`,
    };
  }
}

const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const SCALAR = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])/y;

/** Goes through a text until JSON's grammar is broken. Source: RFC 8259. */
class Scanner {
  private at = 0;

  constructor(private readonly text: string) {}

  firstProblem(): { at: number; expected: string } {
    const open: string[] = [];
    let expected = 'a value';
    for (;;) {
      this.space();
      const container = open.at(-1);
      const c = this.text[this.at];
      if (expected === 'a name in quotes' || expected === 'a name in quotes or }') {
        if (c === '}' && expected.endsWith('}')) {
          this.at++;
          open.pop();
          expected = after(open);
        } else if (this.skip(STRING)) {
          this.space();
          if (this.text[this.at] !== ':') {
            return { at: this.at, expected: 'a colon' };
          }
          this.at++;
          expected = 'a value';
        } else {
          return { at: this.at, expected };
        }
      } else if (expected.startsWith('a value')) {
        if (c === '{' || c === '[') {
          this.at++;
          open.push(c);
          expected = c === '{' ? 'a name in quotes or }' : 'a value or ]';
        } else if (c === ']' && expected.endsWith(']')) {
          this.at++;
          open.pop();
          expected = after(open);
        } else if (this.skip(STRING) || this.skip(SCALAR)) {
          expected = after(open);
        } else {
          return { at: this.at, expected };
        }
      } else if (container === undefined || this.at >= this.text.length) {
        return { at: this.at, expected };
      } else if (c === ',') {
        this.at++;
        expected = container === '{' ? 'a name in quotes' : 'a value';
      } else if (c === (container === '{' ? '}' : ']')) {
        this.at++;
        open.pop();
        expected = after(open);
      } else {
        return { at: this.at, expected };
      }
    }
  }

  private space(): void {
    while (/^[ \t\r\n]$/.test(this.text[this.at] ?? '')) {
      this.at++;
    }
  }

  private skip(pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    const found = pattern.test(this.text);
    if (found) {
      this.at = pattern.lastIndex;
    }
    return found;
  }
}

function after(open: string[]): string {
  const container = open.at(-1);
  return container === undefined ? 'the end' : container === '{' ? 'a comma or }' : 'a comma or ]';
}
