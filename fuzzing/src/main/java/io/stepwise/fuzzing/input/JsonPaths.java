package io.stepwise.fuzzing.input;

/** JSONPath expressions and intrinsic functions, from a grammar. */
final class JsonPaths {
  private static final String[] INTRINSICS = {
    "Array",
    "ArrayPartition",
    "ArrayContains",
    "ArrayRange",
    "ArrayGetItem",
    "ArrayLength",
    "ArrayUnique",
    "Base64Encode",
    "Base64Decode",
    "Hash",
    "JsonMerge",
    "StringToJson",
    "JsonToString",
    "MathRandom",
    "MathAdd",
    "StringSplit",
    "UUID",
    "Format",
    "Unknown"
  };

  private static final String[] PATHS = {
    "$",
    "$",
    "$.a",
    "$.n",
    "$.text",
    "$.items",
    "$.items[0]",
    "$.items[*]",
    "$.items[-1]",
    "$.items[1:]",
    "$.items[?(@ > 1)]",
    "$..n",
    "$.b.c",
    "$['a']",
    "$$.Execution.Input",
    "$$.State.Name",
    "$.items.length()",
    "$..*"
  };

  private final Dice dice;
  private final Texts texts;

  JsonPaths(Dice dice) {
    this.dice = dice;
    this.texts = new Texts(dice);
  }

  /** What may stand where a payload template wants a path: a path or an intrinsic call. */
  String expression() {
    if (dice.chance(75)) {
      return simple();
    }
    var text = dice.chance(50) ? anyPath() : intrinsic(3);
    return dice.chance(5) ? texts.mangled(text) : text;
  }

  /** What people write. */
  private String simple() {
    return dice.from(
        () -> PATHS[dice.below(PATHS.length)],
        () -> "States.Format('{} {}', $.text, " + dice.of(PATHS) + ")",
        () -> "States.Array($.a, " + dice.of(PATHS) + ", 1)",
        () -> "States.MathAdd($.n, " + dice.of("1", "-1", "2147483647") + ")",
        () -> "States.ArrayLength(" + dice.of(PATHS) + ")",
        () ->
            "States.ArrayRange("
                + dice.of("0", "-5", "9")
                + ", 20, "
                + dice.of("1", "-1", "0")
                + ")",
        () -> "States.ArrayGetItem($.items, " + dice.of("0", "$.n", "99") + ")",
        () -> "States.StringSplit($.text, ',')",
        () -> "States.StringToJson(States.JsonToString(" + dice.of(PATHS) + "))",
        () -> "States.JsonMerge($, $, false)",
        () -> "States.Hash($.text, 'SHA-" + dice.of("1", "256", "512", "0") + "')",
        () -> "States.Base64Encode($.text)",
        () -> "States.Base64Decode($.text)",
        () -> "States.ArrayPartition($.items, " + dice.of("1", "2", "0", "-1") + ")",
        () -> "States.ArrayContains($.items, $.n)",
        () -> "States.ArrayUnique($.items)",
        () -> "States.UUID()",
        () -> "States.MathRandom(1, " + dice.of("10", "1", "0") + ")");
  }

  /** A path that names one place, as ResultPath wants it. */
  String reference() {
    return switch (dice.below(6)) {
      case 0 -> "$";
      case 1 -> "$['" + dice.of(Payloads.NAMES) + "']";
      case 2 -> "$.items[" + dice.between(0, 3) + "]";
      case 3 -> dice.chance(20) ? anyPath() : "$.c";
      default -> "$." + dice.of("a", "b", "n", "text", "items", "a.b.c");
    };
  }

  /** A path. */
  String path() {
    return dice.chance(75) ? dice.of(PATHS) : anyPath();
  }

  private String anyPath() {
    var path = new StringBuilder(dice.of("$", "$", "$", "$$", "$v", "$$.Execution", "$$.Map.Item"));
    var steps = dice.chance(2) ? dice.between(50, 300) : dice.below(5);
    for (var i = 0; i < steps; i++) {
      path.append(step());
    }
    return path.toString();
  }

  private String step() {
    return switch (dice.below(12)) {
      case 0 -> "[*]";
      case 1 -> ".*";
      case 2 -> "[" + dice.between(-3, 5) + "]";
      case 3 ->
          "["
              + dice.of("", "1", "-2")
              + ":"
              + dice.of("", "3", "-1")
              + dice.of("", ":2", ":0")
              + "]";
      case 4 -> ".." + dice.of("a", "*", "items", "[0]", "");
      case 5 -> "['" + dice.of(Payloads.NAMES) + "','b']";
      case 6 -> "[?(" + filter(3) + ")]";
      case 7 ->
          "." + dice.of("length", "sum", "min", "max", "avg", "size", "keys", "concat") + "()";
      case 8 -> "[" + dice.of("99999999999", "0,1,2", "0,0", "-0", "1.5", "a") + "]";
      default -> "." + dice.of("a", "b", "c", "items", "n", "text", "ok");
    };
  }

  private String filter(int depth) {
    if (depth > 0 && dice.chance(30)) {
      return "(" + filter(depth - 1) + dice.of(" && ", " || ") + filter(depth - 1) + ")";
    }
    if (dice.chance(15)) {
      return "!(" + filter(depth - 1) + ")";
    }
    var left = dice.of("@", "@.a", "@.n", "@['text']", "$.n", "1", "'x'", "@.items[?(@ > 1)]");
    return switch (dice.below(6)) {
      case 0 -> left;
      case 1 -> left + " =~ /" + pattern() + "/" + dice.of("", "i");
      case 2 -> left + dice.of(" in ", " nin ", " subsetof ", " anyof ") + "[1,'a',true]";
      case 3 -> left + dice.of(" size ", " empty ") + dice.of("1", "true", "'a'");
      default -> left + dice.of("==", "!=", "<", ">=", " > ") + dice.of("1", "'a'", "null", "@.b");
    };
  }

  /** A regular expression, some of which take for ever where nothing bounds them. */
  String pattern() {
    return dice.of(
        "a.*", "(a+)+$", "(a|aa)*b", "[", "(?<n>x)", "\\\\d{1,99999}", "^$", "(.*)*(.*)*c");
  }

  private String intrinsic(int depth) {
    var call = new StringBuilder("States.").append(dice.of(INTRINSICS)).append('(');
    var arguments = dice.chance(2) ? 40 : dice.below(5);
    for (var i = 0; i < arguments; i++) {
      call.append(i == 0 ? "" : dice.of(",", ", ")).append(argument(depth - 1));
    }
    return call.append(')').toString();
  }

  private String argument(int depth) {
    return switch (dice.below(depth > 0 ? 10 : 8)) {
      case 0 -> path();
      case 1 -> dice.of("1", "0", "-1", "2147483648", "1.5", "1e3", "99999999999999999999");
      case 2 -> dice.of("null", "true", "false");
      case 3 ->
          "'"
              + dice.of(
                  "{}", "a,b", "{} {}", "\\'", "\\{", "SHA-256", "MD5", "{\"a\":1}", "YQ==", "")
              + "'";
      case 4 -> "'" + texts.awkward().replace("'", "\\'") + "'";
      case 5 -> "$.items";
      case 6, 7 -> dice.of("$.a", "$.n", "$.text", "$");
      default -> intrinsic(depth);
    };
  }
}
