package io.stepwise.jsonata.value;

import io.stepwise.jsonata.JsonataException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.NumericNode;
import tools.jackson.databind.node.StringNode;

/**
 * What a function asks of its arguments, e.g. {@code <a<n>s-:n>}: an array of numbers, then a text
 * for which the context may stand in.
 *
 * <p>Arguments are matched like letters by a regular expression: each parameter takes one letter,
 * an optional one as much as it can, and what doesn't fit makes those before give back.
 */
public final class Signature {
  private static final String LETTERS = "asnblfom";
  private static final int ANY = mask("asnblfom");
  private static final int JSON = mask("asnblom");

  private final Parameter[] parameters;

  private Signature(List<Parameter> parameters) {
    this.parameters = parameters.toArray(Parameter[]::new);
  }

  private static final class Parameter {
    final char type;
    final int mask;
    boolean context;
    boolean optional;
    boolean repeated;
    @Nullable String subtype;

    Parameter(char type, int mask) {
      this.type = type;
      this.mask = mask;
    }
  }

  /** Reads a signature. Errors: S0401, S0402, at the offset in it. */
  public static Signature parse(String text) {
    var parameters = new ArrayList<Parameter>();
    Parameter last = null;
    for (var at = 1; at < text.length() && text.charAt(at) != ':'; at++) {
      var c = text.charAt(at);
      switch (c) {
        case 's', 'n', 'b', 'l', 'o' -> last = add(parameters, new Parameter(c, mask(c + "m")));
        case 'a', 'x' -> last = add(parameters, new Parameter(c, ANY));
        case 'f' -> last = add(parameters, new Parameter(c, mask("f")));
        case 'j' -> last = add(parameters, new Parameter(c, JSON));
        case '-' -> {
          if (last != null) {
            last.context = true;
            last.optional = true;
          }
        }
        case '?' -> {
          if (last != null) {
            last.optional = true;
          }
        }
        case '+' -> {
          if (last != null) {
            last.repeated = true;
          }
        }
        case '(' -> {
          var close = closing(text, at, '(', ')');
          var choice = text.substring(at + 1, close);
          if (choice.indexOf('<') >= 0) {
            throw JsonataException.of("S0402").at(at, null);
          }
          last = add(parameters, new Parameter('(', mask(choice + "m")));
          at = close;
        }
        case '<' -> {
          if (last == null || last.type != 'a' && last.type != 'f') {
            throw JsonataException.of("S0401").at(at, null);
          }
          var close = closing(text, at, '<', '>');
          last.subtype = text.substring(at + 1, close);
          at = close;
        }
        default -> {} // a closing bracket, or nothing we know
      }
    }
    return new Signature(parameters);
  }

  private static Parameter add(List<Parameter> parameters, Parameter parameter) {
    parameters.add(parameter);
    return parameter;
  }

  private static int closing(String text, int open, char opening, char closing) {
    var depth = 1;
    var at = open;
    while (depth > 0 && ++at < text.length()) {
      if (text.charAt(at) == closing) {
        depth--;
      } else if (text.charAt(at) == opening) {
        depth++;
      }
    }
    return Math.min(at, text.length() - 1);
  }

  private static int mask(String letters) {
    var mask = 0;
    for (var i = 0; i < letters.length(); i++) {
      var bit = LETTERS.indexOf(letters.charAt(i));
      mask |= bit < 0 ? 0 : 1 << bit;
    }
    return mask;
  }

  private static int letter(@Nullable JsonNode value) {
    return switch (value) {
      case null -> 7;
      case ArrayNode _ -> 0;
      case StringNode _ -> 1;
      case NumericNode _ -> 2;
      case BooleanNode _ -> 3;
      case NullNode _ -> 4;
      case FunctionValue _ -> 5;
      default -> 6;
    };
  }

  /** How many parameters it has. */
  public int size() {
    return parameters.length;
  }

  /**
   * The arguments as the function gets them: the context filled in, single values made arrays.
   * Errors: T0410, T0411, T0412.
   */
  public @Nullable JsonNode[] match(@Nullable JsonNode[] arguments, @Nullable JsonNode context) {
    var taken = takeOneEach(arguments);
    if (taken == null) {
      taken = new int[parameters.length];
      if (!take(arguments, 0, 0, taken)) {
        throw mismatch(arguments);
      }
    }
    return arrange(arguments, context, taken);
  }

  /** The usual case: every argument fits its parameter and the rest may be left out. */
  private int @Nullable [] takeOneEach(@Nullable JsonNode[] arguments) {
    if (arguments.length > parameters.length) {
      return null;
    }
    var taken = new int[parameters.length];
    for (var i = 0; i < parameters.length; i++) {
      var parameter = parameters[i];
      if (i < arguments.length) {
        if (parameter.repeated || (parameter.mask >> letter(arguments[i]) & 1) == 0) {
          return null;
        }
        taken[i] = 1;
      } else if (!parameter.optional) {
        return null;
      }
    }
    return taken;
  }

  private boolean take(@Nullable JsonNode[] arguments, int argument, int index, int[] taken) {
    if (index == parameters.length) {
      return argument == arguments.length;
    }
    var parameter = parameters[index];
    var most = most(parameter, arguments, argument);
    for (var count = most; count >= (parameter.optional ? 0 : 1); count--) {
      taken[index] = count;
      if (take(arguments, argument + count, index + 1, taken)) {
        return true;
      }
    }
    return false;
  }

  private static int most(Parameter parameter, @Nullable JsonNode[] arguments, int from) {
    var limit = parameter.repeated ? arguments.length : Math.min(arguments.length, from + 1);
    var at = from;
    while (at < limit && (parameter.mask >> letter(arguments[at]) & 1) == 1) {
      at++;
    }
    return at - from;
  }

  /** Says how far the arguments fit. */
  private JsonataException mismatch(@Nullable JsonNode[] arguments) {
    var good = 0;
    for (var count = 1; count <= parameters.length; count++) {
      var fits = longest(arguments, count);
      if (fits < 0) {
        break;
      }
      good = fits;
    }
    var value = good < arguments.length ? arguments[good] : null;
    return JsonataException.of("T0410", value).index(good + 1);
  }

  /** How many arguments the first parameters take, with no regard to the others; -1 if none fit. */
  private int longest(@Nullable JsonNode[] arguments, int count) {
    var at = 0;
    var ends = new int[count];
    for (var i = 0; i < count; i++) {
      var most = most(parameters[i], arguments, at);
      if (most == 0 && !parameters[i].optional) {
        // Whoever took an argument it could do without gives it back.
        var back = i - 1;
        while (back >= 0
            && !(parameters[back].optional && ends[back] > 0
                || parameters[back].repeated && ends[back] > 1)) {
          back--;
        }
        if (back < 0) {
          return -1;
        }
        for (var k = back; k < i; k++) {
          at -= ends[k];
        }
        var fewer = ends[back] - 1;
        ends[back] = fewer;
        at += fewer;
        for (i = back + 1; i < count; i++) {
          most = most(parameters[i], arguments, at);
          if (most == 0 && !parameters[i].optional) {
            return -1;
          }
          ends[i] = most;
          at += most;
        }
        return at;
      }
      ends[i] = most;
      at += most;
    }
    return at;
  }

  private @Nullable JsonNode[] arrange(
      @Nullable JsonNode[] arguments, @Nullable JsonNode context, int[] taken) {
    var room = 0;
    for (var count : taken) {
      room += Math.max(1, count);
    }
    var result = new JsonNode[room];
    var count = 0;
    var argument = 0;
    for (var i = 0; i < parameters.length; i++) {
      var parameter = parameters[i];
      if (taken[i] == 0) {
        if (parameter.context) {
          if ((parameter.mask >> letter(context) & 1) == 0) {
            throw JsonataException.of("T0411", context).index(argument + 1);
          }
          result[count++] = context;
        } else {
          result[count++] = at(arguments, argument);
          argument++;
        }
        continue;
      }
      var first = argument;
      for (var k = 0; k < taken[i]; k++) {
        var value = at(arguments, parameter.type == 'a' ? argument : first);
        result[count++] = parameter.type == 'a' ? asArray(value, parameter, argument) : value;
        argument++;
      }
    }
    return result;
  }

  /** None where one that was left out before has shifted them. */
  private static @Nullable JsonNode at(@Nullable JsonNode[] arguments, int index) {
    return index < arguments.length ? arguments[index] : null;
  }

  private static @Nullable JsonNode asArray(
      @Nullable JsonNode value, Parameter parameter, int argument) {
    if (value == null) {
      return null;
    }
    var subtype = parameter.subtype;
    if (value instanceof ArrayNode array) {
      if (subtype != null && !array.isEmpty()) {
        var wanted = subtype.isEmpty() ? -1 : LETTERS.indexOf(subtype.charAt(0));
        var size = array.size();
        for (var i = 0; i < size; i++) {
          if (letter(array.get(i)) != wanted) {
            throw notOf(value, subtype, argument);
          }
        }
      }
      return value;
    }
    if (subtype != null
        && !(subtype.length() == 1 && LETTERS.indexOf(subtype.charAt(0)) == letter(value))) {
      throw notOf(value, subtype, argument);
    }
    var array = Items.array(1);
    array.add(value);
    return array;
  }

  private static JsonataException notOf(JsonNode value, String subtype, int argument) {
    var name =
        switch (subtype) {
          case "a" -> "arrays";
          case "b" -> "booleans";
          case "f" -> "functions";
          case "n" -> "numbers";
          case "o" -> "objects";
          case "s" -> "strings";
          default -> null;
        };
    return JsonataException.of("T0412", value, name == null ? null : Values.text(name))
        .index(argument + 1);
  }
}
