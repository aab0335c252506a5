package io.stepwise.jsonata.syntax;

import io.stepwise.jsonata.JsonataException;
import io.stepwise.jsonata.syntax.Syntax.Pair;
import io.stepwise.jsonata.syntax.Syntax.Term;
import io.stepwise.jsonata.syntax.Token.Kind;
import io.stepwise.jsonata.value.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Reads an expression by precedence: every token may begin a value, or bind one to its left with
 * some strength.
 *
 * <p>Limits: {@value #DEPTH_MAX} levels, so that nothing that walks the tree runs out of stack.
 *
 * <p>Source: V. Pratt, Top Down Operator Precedence, 1973; docs.jsonata.org for the grammar.
 */
public final class Parser {
  /** The deepest tree. */
  static final int DEPTH_MAX = 500;

  private final Lexer lexer;
  private Token token;
  private int depth;
  private int slots;

  private Parser(String source) {
    this.lexer = new Lexer(source);
    this.token = next(false);
  }

  /** The tree of an expression, shaped. Errors: the S-codes of the reference implementation. */
  public static Syntax parse(String source) {
    var parser = new Parser(source);
    var tree = parser.expression(0);
    if (!parser.token.isEnd()) {
      throw parser.unexpected(JsonataException.of("S0201"));
    }
    return new Shaper().shapeWhole(tree);
  }

  private void advance(boolean infix) {
    token = next(infix);
  }

  /**
   * The next token. Errors: S0204 if it is a character that is no more than part of an operator.
   */
  private Token next(boolean infix) {
    var next = lexer.next(infix);
    if (next.is("!") || next.is("~")) {
      throw JsonataException.of("S0204").at(next.end(), next.text());
    }
    return next;
  }

  /** An error about the present token, shown as the value it is. */
  private JsonataException unexpected(JsonataException e) {
    return switch (token.kind()) {
      case NUMBER -> e.atLiteral(token.end(), Text.script(token.number()));
      case VALUE -> e.atLiteral(token.end(), token.text());
      case REGEX -> e.atLiteral(token.end(), "{}");
      default -> e.at(token.end(), token.text());
    };
  }

  private void expect(String operator, boolean infix) {
    if (!token.is(operator)) {
      var code = token.isEnd() ? "S0203" : "S0202";
      throw unexpected(JsonataException.of(code, JsonNodeFactory.instance.stringNode(operator)));
    }
    advance(infix);
  }

  private boolean takes(String operator) {
    if (token.is(operator)) {
      advance(false);
      return true;
    }
    return false;
  }

  private Syntax expression(int power) {
    if (++depth > DEPTH_MAX) {
      throw tooDeep(token.end());
    }
    var first = token;
    advance(true);
    var left = measured(prefix(first));
    while (power < power(token)) {
      var operator = token;
      advance(false);
      left = measured(infix(left, operator));
    }
    depth--;
    return left;
  }

  private static JsonataException tooDeep(int position) {
    return JsonataException.withText("S0500", "The expression is nested too deeply")
        .at(position, null);
  }

  /** Trees grow deep to the left without any recursion of the parser. */
  private Syntax measured(Syntax tree) {
    var left =
        switch (tree) {
          case Syntax.Raw raw -> raw.left;
          case Syntax.Binary binary -> binary.left;
          case Syntax.Application application -> application.left;
          case Syntax.Call call -> call.callee;
          case Syntax.Partial partial -> partial.callee;
          case Syntax.Condition condition -> condition.condition;
          default -> null;
        };
    tree.height = left == null ? 1 : left.height + 1;
    if (tree.height + depth > 2 * DEPTH_MAX) {
      throw tooDeep(tree.position);
    }
    return tree;
  }

  private static int power(Token token) {
    if (token.kind() != Kind.OPERATOR) {
      return 0;
    }
    return switch (token.text()) {
      case "@", "#", "[", "(" -> 80;
      case "." -> 75;
      case "{" -> 70;
      case "*", "/", "%" -> 60;
      case "+", "-", "&" -> 50;
      case "=", "!=", "<", "<=", ">", ">=", "in", "~>", "^" -> 40;
      case "and" -> 30;
      case "or" -> 25;
      case "?" -> 20;
      case ":=" -> 10;
      default -> 0;
    };
  }

  private Syntax prefix(Token first) {
    var start = first.start();
    var end = first.end();
    var text = first.text();
    return switch (first.kind()) {
      case NAME -> new Syntax.Name(text, start, end);
      case VARIABLE -> new Syntax.Variable(text, start, end);
      case STRING -> new Syntax.Text(text, start, end);
      case NUMBER -> new Syntax.Numeral(first.number(), text, start, end);
      case VALUE -> new Syntax.Value(text, start, end);
      case REGEX -> new Syntax.Regex(Objects.requireNonNull(first.regex()), start, end);
      case END -> new Syntax.End(end);
      case OPERATOR -> prefixOperator(first);
    };
  }

  private Syntax prefixOperator(Token first) {
    var start = first.start();
    var end = first.end();
    return switch (first.text()) {
      case "and", "or", "in" -> new Syntax.Name(first.text(), start, end);
      case "*" -> new Syntax.Wildcard(start, end);
      case "**" -> new Syntax.Descendants(start, end);
      case "%" -> new Syntax.Parent(new Syntax.Slot(slots++), start, end);
      case "-" -> {
        yield new Syntax.Negation(expression(70), start, end);
      }
      case "(" -> block(first);
      case "[" -> elements(first);
      case "{" -> {
        yield new Syntax.Members(new Syntax.Grouping(pairs(), end), start, end);
      }
      case "|" -> transform(first);
      default -> throw JsonataException.of("S0211").at(end, first.text());
    };
  }

  private Syntax block(Token open) {
    var expressions = new ArrayList<Syntax>();
    while (!token.is(")")) {
      expressions.add(expression(0));
      if (!token.is(";")) {
        break;
      }
      advance(false);
    }
    expect(")", true);
    return new Syntax.Block(expressions, open.start(), open.end());
  }

  private Syntax elements(Token open) {
    var items = new ArrayList<Syntax>();
    if (!token.is("]")) {
      do {
        var item = expression(0);
        if (token.is("..")) {
          var range = token;
          advance(false);
          item = new Syntax.Binary("..", item, expression(0), range.start(), range.end());
        }
        items.add(item);
      } while (takes(","));
    }
    expect("]", true);
    return new Syntax.Elements(items, open.start(), open.end());
  }

  private List<Pair> pairs() {
    var pairs = new ArrayList<Pair>();
    if (!token.is("}")) {
      do {
        var key = expression(0);
        expect(":", false);
        pairs.add(new Pair(key, expression(0)));
      } while (takes(","));
    }
    expect("}", true);
    return pairs;
  }

  private Syntax transform(Token open) {
    var pattern = expression(0);
    expect("|", false);
    var update = expression(0);
    var delete = takes(",") ? expression(0) : null;
    expect("|", false);
    return new Syntax.Transform(pattern, update, delete, open.start(), open.end());
  }

  private Syntax infix(Syntax left, Token operator) {
    var start = operator.start();
    var end = operator.end();
    return switch (operator.text()) {
      case "." -> raw('.', left, expression(75), operator);
      case "[" -> predicate(left, operator);
      case "(" -> call(left, operator);
      case "{" -> new Syntax.Raw('{', left, null, null, pairs(), start, end);
      case "^" -> order(left, operator);
      case "@" -> binding('@', left, operator);
      case "#" -> binding('#', left, operator);
      case "?" -> condition(left, operator);
      case ":=" -> {
        if (!(left instanceof Syntax.Variable variable)) {
          throw JsonataException.of("S0212").at(left.position, written(left));
        }
        yield new Syntax.Assignment(variable, expression(9), start, end);
      }
      case "~>" -> new Syntax.Application(left, expression(40), start, end);
      default -> new Syntax.Binary(operator.text(), left, expression(power(operator)), start, end);
    };
  }

  private static Syntax.Raw raw(char operator, Syntax left, Syntax right, Token token) {
    return new Syntax.Raw(operator, left, right, null, null, token.start(), token.end());
  }

  private static String written(Syntax node) {
    return switch (node) {
      case Syntax.Name name -> name.name;
      case Syntax.Text text -> text.text;
      case Syntax.Numeral number -> number.text;
      case Syntax.Value value -> value.word;
      case Syntax.Raw raw -> String.valueOf(raw.operator);
      case Syntax.Binary binary -> binary.operator;
      case Syntax.Call _, Syntax.Partial _, Syntax.Block _ -> "(";
      case Syntax.Elements _ -> "[";
      case Syntax.Members _ -> "{";
      case Syntax.Negation _ -> "-";
      case Syntax.Application _ -> "~>";
      case Syntax.Assignment _ -> ":=";
      case Syntax.Wildcard _ -> "*";
      case Syntax.Descendants _ -> "**";
      case Syntax.Parent _ -> "%";
      case Syntax.Placeholder _ -> "?";
      case Syntax.End _ -> "(end)";
      default -> "";
    };
  }

  private Syntax predicate(Syntax left, Token open) {
    if (token.is("]")) {
      var step = left;
      while (step instanceof Syntax.Raw raw && raw.operator == '[') {
        step = raw.left;
      }
      step.keepArray = true;
      advance(false);
      return left;
    }
    var condition = expression(0);
    expect("]", true);
    return raw('[', left, condition, open);
  }

  private Syntax order(Syntax left, Token operator) {
    expect("(", false);
    var terms = new ArrayList<Term>();
    do {
      var descending = token.is(">");
      if (descending || token.is("<")) {
        advance(false);
      }
      terms.add(new Term(expression(0), descending));
    } while (takes(","));
    expect(")", false);
    return new Syntax.Raw('^', left, null, terms, null, operator.start(), operator.end());
  }

  private Syntax binding(char operator, Syntax left, Token token) {
    var variable = expression(80);
    if (!(variable instanceof Syntax.Variable)) {
      throw JsonataException.of("S0214").at(variable.position, String.valueOf(operator));
    }
    return raw(operator, left, variable, token);
  }

  private Syntax condition(Syntax left, Token operator) {
    var then = expression(0);
    var otherwise = takes(":") ? expression(0) : null;
    return new Syntax.Condition(left, then, otherwise, operator.start(), operator.end());
  }

  private Syntax call(Syntax callee, Token open) {
    var arguments = new ArrayList<Syntax>();
    var partial = false;
    if (!token.is(")")) {
      do {
        if (token.is("?")) {
          partial = true;
          arguments.add(new Syntax.Placeholder(token.start(), token.end()));
          advance(false);
        } else {
          arguments.add(expression(0));
        }
      } while (takes(","));
    }
    expect(")", true);
    if (callee instanceof Syntax.Name name
        && (name.name.equals("function") || name.name.equals("λ"))) {
      return lambda(arguments, open);
    }
    return partial
        ? new Syntax.Partial(callee, arguments, open.start(), open.end())
        : new Syntax.Call(callee, arguments, open.start(), open.end());
  }

  private Syntax lambda(List<Syntax> arguments, Token open) {
    var parameters = new ArrayList<Syntax.Variable>();
    for (var argument : arguments) {
      if (!(argument instanceof Syntax.Variable variable)) {
        throw JsonataException.of("S0208")
            .index(parameters.size() + 1)
            .at(argument.position, written(argument));
      }
      parameters.add(variable);
    }
    var signature = token.is("<") ? signature() : null;
    expect("{", false);
    var body = expression(0);
    expect("}", false);
    return new Syntax.Lambda(parameters, signature, body, open.start(), open.end());
  }

  /** The signature as text: it is made of the tokens of the language, and checked at once. */
  private @Nullable String signature() {
    var position = token.end();
    var text = new StringBuilder("<");
    var nesting = 1;
    while (nesting > 0 && !token.is("{") && !token.isEnd()) {
      advance(false);
      if (token.is(">")) {
        nesting--;
      } else if (token.is("<")) {
        nesting++;
      }
      text.append(token.text());
    }
    expect(">", false);
    var signature = text.toString();
    SignatureCheck.check(signature, position);
    return signature;
  }
}
