package io.stepwise.fuzzing.input;

/** JSONata expressions, from a grammar. */
final class Jsonata {
  private static final String[] FUNCTIONS = {
    "string",
    "length",
    "substring",
    "substringBefore",
    "uppercase",
    "trim",
    "pad",
    "contains",
    "split",
    "join",
    "match",
    "replace",
    "base64encode",
    "base64decode",
    "encodeUrl",
    "decodeUrl",
    "number",
    "abs",
    "floor",
    "round",
    "power",
    "sqrt",
    "random",
    "formatNumber",
    "formatBase",
    "formatInteger",
    "parseInteger",
    "sum",
    "max",
    "average",
    "boolean",
    "not",
    "exists",
    "count",
    "append",
    "sort",
    "reverse",
    "shuffle",
    "distinct",
    "zip",
    "keys",
    "lookup",
    "spread",
    "merge",
    "each",
    "sift",
    "error",
    "assert",
    "type",
    "now",
    "millis",
    "fromMillis",
    "toMillis",
    "map",
    "filter",
    "single",
    "reduce",
    "partition",
    "range",
    "hash",
    "uuid",
    "parse",
    "eval",
    "clone"
  };

  private final Dice dice;
  private final Texts texts;
  private final JsonPaths paths;

  Jsonata(Dice dice) {
    this.dice = dice;
    this.texts = new Texts(dice);
    this.paths = new JsonPaths(dice);
  }

  /** An expression between its signs. */
  String embedded() {
    var text = dice.chance(75) ? simple() : expression(dice.between(1, 5));
    return dice.of("{% ", "{%")
        + (dice.chance(5) ? texts.mangled(text) : text)
        + dice.of(" %}", "%}");
  }

  /** What people write. */
  String simple() {
    return dice.from(
        () -> "$states.input." + dice.of("a", "n", "text", "items", "items[0]", "`x y`"),
        () -> "$states.input",
        () -> "$states.context.Execution.Name",
        () -> "$states.input.n + 1",
        () -> "$count($states.input.items)",
        () -> "$sum($states.input.items)",
        () -> "$map($states.input.items, function($i){$i * 2})",
        () -> "{'a': $states.input.a, 'n': $states.input.n}",
        () -> "$states.input.text & 'x'",
        () -> "$v",
        () -> dice.of("1", "'x'", "true", "null", "[1,2,3]", "{}"));
  }

  /** Any expression. */
  String expression(int depth) {
    if (depth <= 0) {
      return leaf();
    }
    var d = depth - 1;
    return switch (dice.below(18)) {
      case 0 -> expression(d) + dice.of(" + ", " - ", " * ", " / ", " % ", " & ") + expression(d);
      case 1 ->
          expression(d)
              + dice.of(" = ", " != ", " < ", " >= ", " in ", " and ", " or ")
              + expression(d);
      case 2 -> "(" + expression(d) + " ? " + expression(d) + " : " + expression(d) + ")";
      case 3 -> "[" + expression(d) + ", " + expression(d) + "]";
      case 4 -> "{" + expression(d) + ": " + expression(d) + "}";
      case 5 ->
          "("
              + expression(d)
              + ")."
              + dice.of("a", "*", "**", "`x y`", "$", "($x; b)", dice.chance(10) ? "%" : "n");
      case 6 -> "(" + expression(d) + ")[" + expression(d) + "]";
      case 7 -> "($x := " + expression(d) + "; " + expression(d) + ")";
      case 8 ->
          "function($x"
              + dice.of("", ", $y")
              + ")"
              + dice.of("", "<n:n>")
              + "{"
              + expression(d)
              + "}";
      case 9 -> "(" + expression(d) + ")^(" + dice.of("", "<", ">") + expression(d) + ")";
      case 10 -> expression(d) + " ~> " + dice.of("$sum", "$count", "|$|{'a':1}|", "$string");
      case 11 ->
          "["
              + dice.of("0", "1", "-5", "n")
              + ".."
              + dice.of("3", "10", "1000", dice.chance(10) ? "10000000" : "5", expression(0))
              + "]";
      case 12 -> dice.chance(4) ? runaway() : recursion();
      case 13 ->
          "$"
              + dice.of("match", "replace", "split", "contains")
              + "("
              + expression(d)
              + ", /"
              + paths.pattern()
              + "/"
              + dice.of("", ", 'x'", ", 3")
              + ")";
      default -> call(d);
    };
  }

  private String call(int depth) {
    var call = new StringBuilder("$").append(dice.of(FUNCTIONS)).append('(');
    var arguments = dice.below(4);
    for (var i = 0; i < arguments; i++) {
      call.append(i == 0 ? "" : ", ")
          .append(dice.chance(15) ? "function($i){$i}" : expression(depth));
    }
    return call.append(')').toString();
  }

  private String recursion() {
    return dice.of(
        "($f := function($n){$n <= 0 ? 0 : $f($n - 1)}; $f(20))",
        "($f := function($n){1 + $f($n + 1)}; $f(1))",
        "$reduce([1..10], function($a, $i){$append($a, $a)}, [1])",
        "$sort([3, 1, 2], function($l, $r){$l < $r})",
        "[1..9].[1..9]");
  }

  /** What runs until a bound stops it; each costs seconds, so they are rare. */
  private String runaway() {
    return dice.of(
        "($f := function($n){$f($n)}; $f(1))",
        "($f := function($s){$f($s & $s)}; $f('ab'))",
        "$reduce([1..500], function($a, $i){$append($a, $a)}, [1])",
        "$pad('', 100000000, 'ab')",
        "$map([1..2000], function($i){[1..2000]})",
        "$sort([1..300], function($l, $r){$l < $r})",
        "[1..1000].[1..1000]");
  }

  private String leaf() {
    return switch (dice.below(8)) {
      case 0 ->
          dice.of(
              "0", "1", "-1", "1.5", "1e308", "9007199254740993", dice.chance(10) ? "1e400" : "7");
      case 1 ->
          dice.of(
              "'a'", "\"\"", "'\\u0000'", "'\\uD83D'", "'a,b'", "'#,##0.00'", "'[Y0001]-[M01]'");
      case 2 ->
          dice.of(
              "true",
              "null",
              "[]",
              "{}",
              "$states.input.*",
              "$states.input.**",
              dice.chance(20) ? dice.of("$", "$$", "*", "**", "%") : "1");
      case 3 ->
          dice.of(
              "$v",
              "$undefined",
              "$states",
              dice.chance(10) ? "$states.result" : "$v",
              "$states.context");
      case 4 -> "'" + texts.awkward().replace("\\", "\\\\").replace("'", "\\'") + "'";
      default -> simple();
    };
  }
}
