package io.stepwise.fuzzing.input;

/** Texts that programs stumble over. */
final class Texts {
  private static final String[] AWKWARD = {
    "",
    " ",
    "\0",
    "\u007f\u0085\u2028\u2029",
    "\uD83D\uDE80",
    "\uFFFE\uFFFF",
    "a\u0308\u202E\u200D",
    "null",
    "true",
    "-0",
    "NaN",
    "1e999",
    "9223372036854775808",
    "${name}",
    "{{7*7}}",
    "%s%n%x",
    "%00%2e%2e",
    "../../etc/passwd",
    "'; DROP TABLE executions;--",
    "<script>alert(1)</script>",
    "\\",
    "\"",
    "'",
    "{%",
    "{% %}",
    "$",
    "$$",
    "$.",
    "arn:",
    "arn:aws:states",
    "[",
    "{\"a\":",
    "\r\nX-Injected: 1",
    "__proto__",
    "constructor",
    "(((((((((((((((((((((",
    "a:b:c:d:e:f:g:h:i:j:k:l",
    "INITIAL",
    "States.ALL",
  };

  private final Dice dice;

  Texts(Dice dice) {
    this.dice = dice;
  }

  /** An awkward text, alone, in company, or long. */
  String awkward() {
    return switch (dice.below(10)) {
      case 0 -> dice.of(AWKWARD) + dice.of(AWKWARD);
      case 1 -> "n" + dice.of(AWKWARD) + "n";
      case 2 -> dice.of(AWKWARD).repeat(dice.between(1, 40));
      case 3 -> "x".repeat(dice.of(79, 80, 81, 128, 129, 256, 257, 1024, 2049));
      case 4 -> "\u00e9".repeat(dice.of(80, 81, 256, 257));
      case 5 -> scrambled();
      default -> dice.of(AWKWARD);
    };
  }

  /** Characters of all planes but lone surrogates, which UTF-8 cannot carry. */
  private String scrambled() {
    var text = new StringBuilder();
    var length = dice.between(1, 30);
    for (var i = 0; i < length; i++) {
      text.appendCodePoint(
          switch (dice.below(4)) {
            case 0 -> dice.between(0, 0x1f);
            case 1 -> dice.between(0x80, 0xd7ff);
            case 2 -> dice.between(0x10000, 0x10ffff);
            default -> dice.between(0x20, 0x7e);
          });
    }
    return text.toString();
  }

  /** {@code text} with a few characters lost, doubled, exchanged or put in. */
  String mangled(String text) {
    var result = new StringBuilder(text);
    var times = dice.between(1, 3);
    for (var i = 0; i < times && !result.isEmpty(); i++) {
      var at = dice.below(result.length());
      switch (dice.below(4)) {
        case 0 -> result.deleteCharAt(at);
        case 1 -> result.insert(at, result.charAt(at));
        case 2 -> result.setCharAt(at, dice.of('(', ')', '[', ']', '{', '}', '"', '\'', '$', '.'));
        default -> result.setLength(at);
      }
    }
    return result.toString();
  }
}
