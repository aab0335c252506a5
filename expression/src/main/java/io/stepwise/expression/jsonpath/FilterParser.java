package io.stepwise.expression.jsonpath;

import io.stepwise.expression.InvalidExpressionException;
import io.stepwise.expression.InvalidJsonException;
import io.stepwise.expression.Json;
import io.stepwise.expression.jsonpath.Predicate.Operand;
import java.util.ArrayList;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Reads the condition of a filter: {@code ||} over {@code &&} over {@code !} and comparisons. */
final class FilterParser {
  /** Text without quotes is text all the same. Source: deployed definitions. */
  private static final Pattern UNQUOTED = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_.:-]*");

  private static final Set<String> WORDS = Set.of("true", "false", "null");

  /** Deepest nesting of parentheses and negations. Limits: ours. */
  private static final int DEPTH_MAX = 50;

  private final String text;
  private final int nesting;
  private int at;
  private int depth;

  FilterParser(String text, int at, int nesting) {
    this.text = text;
    this.at = at;
    this.nesting = nesting;
  }

  /** Position after the condition. */
  int position() {
    return at;
  }

  /** Reads one condition. */
  Predicate read() throws InvalidExpressionException {
    var parts = new ArrayList<Predicate>();
    do {
      parts.add(readAnd());
    } while (skip("||"));
    return parts.size() == 1 ? parts.getFirst() : new Predicate.Or(parts);
  }

  private Predicate readAnd() throws InvalidExpressionException {
    var parts = new ArrayList<Predicate>();
    do {
      parts.add(readPart());
    } while (skip("&&"));
    return parts.size() == 1 ? parts.getFirst() : new Predicate.And(parts);
  }

  private Predicate readPart() throws InvalidExpressionException {
    if (++depth > DEPTH_MAX) {
      throw invalid();
    }
    try {
      if (skip("!")) {
        return new Predicate.Not(readPart());
      }
      if (skip("(")) {
        var inner = read();
        if (!skip(")")) {
          throw invalid();
        }
        return inner;
      }
      return readComparison();
    } finally {
      depth--;
    }
  }

  private Predicate readComparison() throws InvalidExpressionException {
    var left = readOperand();
    var operator = readOperator();
    if (operator == null) {
      if (left instanceof Operand.Relative path) {
        return new Predicate.Exists(path);
      }
      throw invalid();
    }
    return new Predicate.Comparison(left, operator, readOperand());
  }

  private @Nullable Operator readOperator() {
    skipSpaces();
    for (var operator : Operator.values()) {
      var length = operator.sign().length();
      if (text.regionMatches(operator.isWord(), at, operator.sign(), 0, length)
          && !(operator.isWord() && continuesWord(at + length))) {
        at += length;
        return operator;
      }
    }
    return null;
  }

  private boolean continuesWord(int position) {
    return position < text.length() && Character.isLetterOrDigit(text.charAt(position));
  }

  private Operand readOperand() throws InvalidExpressionException {
    skipSpaces();
    if (at >= text.length()) {
      throw invalid();
    }
    var c = text.charAt(at);
    return switch (c) {
      case '@', '$' -> {
        var steps = new PathParser(text, at + 1, nesting);
        var path = new Operand.Relative(c == '$', steps.readSteps());
        at = steps.position();
        yield path;
      }
      case '\'', '"' -> {
        var end = endOfQuoted(at);
        var value = Escapes.decode(text.substring(at + 1, end - 1));
        at = end;
        yield new Operand.Literal(Json.nodes().stringNode(value));
      }
      case '/' -> readRegex();
      default -> readJson();
    };
  }

  private int endOfQuoted(int start) throws InvalidExpressionException {
    var quote = text.charAt(start);
    for (var i = start + 1; i < text.length(); i++) {
      if (text.charAt(i) == '\\') {
        i++;
      } else if (text.charAt(i) == quote) {
        return i + 1;
      }
    }
    throw invalid();
  }

  private Operand readRegex() throws InvalidExpressionException {
    var end = endOfQuoted(at); // delimited like a string
    var source = text.substring(at + 1, end - 1).replace("\\/", "/");
    var flags = 0;
    for (; end < text.length() && Character.isLetter(text.charAt(end)); end++) {
      flags |=
          switch (text.charAt(end)) {
            case 'i' -> Pattern.CASE_INSENSITIVE;
            case 'm' -> Pattern.MULTILINE;
            case 's' -> Pattern.DOTALL;
            case 'x' -> Pattern.COMMENTS;
            case 'u' -> Pattern.UNICODE_CASE;
            case 'd' -> Pattern.UNIX_LINES;
            case 'U' -> Pattern.UNICODE_CHARACTER_CLASS;
            default -> throw invalid();
          };
    }
    at = end;
    try {
      return new Operand.Regex(Pattern.compile(source, flags));
    } catch (PatternSyntaxException | StackOverflowError _) {
      throw invalid();
    }
  }

  private Operand readJson() throws InvalidExpressionException {
    var start = at;
    var brackets = 0;
    while (at < text.length()) {
      var c = text.charAt(at);
      if (c == '\'' || c == '"') {
        at = endOfQuoted(at);
        continue;
      }
      if (brackets == 0 && (Character.isWhitespace(c) || ")=<>!&|,]".indexOf(c) >= 0)) {
        break;
      }
      brackets += c == '[' || c == '{' ? 1 : c == ']' || c == '}' ? -1 : 0;
      at++;
    }
    var literal = text.substring(start, at);
    if (UNQUOTED.matcher(literal).matches() && !WORDS.contains(literal)) {
      return new Operand.Literal(Json.nodes().stringNode(literal));
    }
    try {
      return new Operand.Literal(Json.parse(doubleQuoted(literal)));
    } catch (InvalidJsonException _) {
      throw invalid();
    }
  }

  /** JSON whose strings may be in single quotes, with double ones. */
  private static String doubleQuoted(String json) {
    var result = new StringBuilder();
    var quote = 0;
    for (var i = 0; i < json.length(); i++) {
      var c = json.charAt(i);
      if (c == '\\' && i + 1 < json.length()) {
        var escaped = json.charAt(++i);
        result.append(escaped == '\'' ? "'" : "\\" + escaped);
      } else if (quote == 0 && (c == '\'' || c == '"') || c == quote) {
        quote = quote == 0 ? c : 0;
        result.append('"');
      } else {
        result.append(c == '"' ? "\\\"" : String.valueOf(c));
      }
    }
    return result.toString();
  }

  private boolean skip(String sign) {
    skipSpaces();
    var found = text.startsWith(sign, at);
    at += found ? sign.length() : 0;
    return found;
  }

  private void skipSpaces() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private InvalidExpressionException invalid() {
    return new InvalidExpressionException(
        Path.INVALID_CODE, "Value is not a valid JSONPath: " + text, at);
  }
}
