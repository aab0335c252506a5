package io.stepwise.expression.jsonata;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads a JSONata expression that the engine has already accepted, by operator precedence.
 *
 * <p>The engine keeps its own tree to itself; this one knows just enough to say which names an
 * expression refers to. Source: Pratt, Top Down Operator Precedence, 1973; jsonata.org grammar.
 */
final class SyntaxParser {
  private static final Map<String, Integer> POWERS =
      Map.ofEntries(
          Map.entry(".", 75),
          Map.entry("[", 80),
          Map.entry("{", 70),
          Map.entry("(", 80),
          Map.entry("@", 80),
          Map.entry("#", 80),
          Map.entry("?", 20),
          Map.entry("+", 50),
          Map.entry("-", 50),
          Map.entry("*", 60),
          Map.entry("/", 60),
          Map.entry("%", 60),
          Map.entry("=", 40),
          Map.entry("<", 40),
          Map.entry(">", 40),
          Map.entry("^", 40),
          Map.entry("..", 20),
          Map.entry(":=", 10),
          Map.entry("!=", 40),
          Map.entry("<=", 40),
          Map.entry(">=", 40),
          Map.entry("~>", 40),
          Map.entry("?:", 40),
          Map.entry("??", 40),
          Map.entry("and", 30),
          Map.entry("or", 25),
          Map.entry("in", 40),
          Map.entry("&", 50));

  private final SyntaxTokens tokens;

  SyntaxParser(String text) {
    tokens = new SyntaxTokens(text);
  }

  /** The whole expression. Errors: {@link IllegalStateException} where the grammar differs. */
  Syntax parse() {
    tokens.advance(true);
    var tree = expression(0);
    if (!tokens.atEnd()) {
      throw tokens.unexpected();
    }
    return tree;
  }

  /** Where regular expressions stand in the text. */
  List<ExpressionFacts.Range> regexes() {
    return tokens.regexes();
  }

  private Syntax expression(int power) {
    var left = prefix();
    while (power < power()) {
      left = infix(left);
    }
    return left;
  }

  private int power() {
    return tokens.isOperator() ? POWERS.getOrDefault(tokens.value(), 0) : 0;
  }

  private Syntax prefix() {
    var kind = tokens.kind();
    var value = tokens.value();
    if (kind == SyntaxTokens.Kind.OPERATOR && isWord(value)) {
      kind = SyntaxTokens.Kind.NAME;
    }
    switch (kind) {
      case NAME -> {
        tokens.advance(false);
        return new Syntax.Name(value);
      }
      case VARIABLE -> {
        tokens.advance(false);
        return new Syntax.Variable(value);
      }
      case LITERAL -> {
        tokens.advance(false);
        return plain();
      }
      case OPERATOR, END -> {}
    }
    return switch (value) {
      case "-" -> {
        tokens.advance(true);
        yield plain(expression(70));
      }
      case "*", "**", "%" -> {
        tokens.advance(false);
        yield plain();
      }
      case "(" -> {
        tokens.advance(true);
        yield new Syntax.Block(list(";", ")"));
      }
      case "[" -> {
        tokens.advance(true);
        yield new Syntax.Plain(list(",", "]"));
      }
      case "{" -> {
        tokens.advance(true);
        yield new Syntax.Plain(pairs());
      }
      case "|" -> transform();
      default -> throw tokens.unexpected();
    };
  }

  private Syntax infix(Syntax left) {
    var operator = tokens.value();
    var power = power();
    tokens.advance(true);
    return switch (operator) {
      case "." -> new Syntax.Step(left, List.of(expression(power)));
      case "[" -> {
        if (tokens.is("]")) {
          tokens.advance(false);
          yield left;
        }
        var predicate = expression(0);
        tokens.expect("]", false);
        yield new Syntax.Step(left, List.of(predicate));
      }
      case "{" -> new Syntax.Step(left, pairs());
      case "(" -> call(left);
      case "^" -> {
        tokens.expect("(", true);
        yield new Syntax.Step(left, sortTerms());
      }
      case "@", "#" -> new Syntax.Plain(List.of(left, new Syntax.Assignment(variable(), plain())));
      case ":=" -> {
        if (left instanceof Syntax.Variable variable) {
          yield new Syntax.Assignment(variable.name(), expression(power - 1));
        }
        throw tokens.unexpected();
      }
      case "?" -> {
        var then = expression(0);
        if (!tokens.is(":")) {
          yield plain(left, then);
        }
        tokens.advance(true);
        yield plain(left, then, expression(0));
      }
      case "~>" -> {
        var right = expression(power);
        yield right instanceof Syntax.Variable
            ? new Syntax.Call(right, List.of(left))
            : plain(left, right);
      }
      default -> plain(left, expression(power));
    };
  }

  private Syntax call(Syntax callee) {
    var arguments = list(",", ")");
    if (!(callee instanceof Syntax.Name name)
        || !(name.name().equals("function") || name.name().equals("λ"))) {
      return new Syntax.Call(callee, arguments);
    }
    if (tokens.is("<")) {
      tokens.skipSignature();
    }
    tokens.expect("{", true);
    var body = expression(0);
    tokens.expect("}", false);
    return new Syntax.Lambda(arguments, body);
  }

  private Syntax transform() {
    tokens.advance(true);
    var parts = new ArrayList<Syntax>();
    parts.add(expression(0));
    tokens.expect("|", true);
    parts.add(expression(0));
    if (tokens.is(",")) {
      tokens.advance(true);
      parts.add(expression(0));
    }
    tokens.expect("|", false);
    return new Syntax.Step(plain(), parts);
  }

  private List<Syntax> list(String separator, String end) {
    var items = new ArrayList<Syntax>();
    while (!tokens.is(end)) {
      if (tokens.is("?")) {
        tokens.advance(false); // a place left open by a partial application
      } else {
        items.add(expression(0));
      }
      if (tokens.is("..")) {
        tokens.advance(true);
        items.add(expression(0));
      }
      if (!tokens.is(separator)) {
        break;
      }
      tokens.advance(true);
    }
    tokens.expect(end, false);
    return items;
  }

  private List<Syntax> pairs() {
    var items = new ArrayList<Syntax>();
    while (!tokens.is("}")) {
      items.add(expression(0));
      tokens.expect(":", true);
      items.add(expression(0));
      if (!tokens.is(",")) {
        break;
      }
      tokens.advance(true);
    }
    tokens.expect("}", false);
    return items;
  }

  private List<Syntax> sortTerms() {
    var terms = new ArrayList<Syntax>();
    do {
      if (!terms.isEmpty()) {
        tokens.advance(true);
      }
      if (tokens.is("<") || tokens.is(">")) {
        tokens.advance(true);
      }
      terms.add(expression(0));
    } while (tokens.is(","));
    tokens.expect(")", false);
    return terms;
  }

  private String variable() {
    if (tokens.kind() != SyntaxTokens.Kind.VARIABLE) {
      throw tokens.unexpected();
    }
    var name = tokens.value();
    tokens.advance(false);
    return name;
  }

  private static boolean isWord(String operator) {
    return operator.equals("and") || operator.equals("or") || operator.equals("in");
  }

  private static Syntax plain(Syntax... parts) {
    return new Syntax.Plain(List.of(parts));
  }
}
