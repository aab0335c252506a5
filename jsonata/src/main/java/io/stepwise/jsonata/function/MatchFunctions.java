package io.stepwise.jsonata.function;

import io.stepwise.jsonata.JsonataException;
import io.stepwise.jsonata.regex.RegexFunction;
import io.stepwise.jsonata.value.Evaluation;
import io.stepwise.jsonata.value.FunctionValue;
import io.stepwise.jsonata.value.Items;
import io.stepwise.jsonata.value.Members;
import io.stepwise.jsonata.value.Values;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Functions that search in text, for text or with a matcher. */
final class MatchFunctions {
  private MatchFunctions() {}

  static void define(Library library) {
    library.define("substringBefore", "<s-s:s>", 2, MatchFunctions::before);
    library.define("substringAfter", "<s-s:s>", 2, MatchFunctions::after);
    library.define("contains", "<s-(sf):b>", 2, MatchFunctions::contains);
    library.define("match", "<s-f<s:o>n?:a<o>>", 3, MatchFunctions::match);
    library.define("replace", "<s-(sf)(sf)n?:s>", 4, MatchFunctions::replace);
    library.define("split", "<s-(sf)n?:a<s>>", 3, MatchFunctions::split);
  }

  private static String string(@Nullable JsonNode value) {
    return value == null ? "undefined" : Values.string(value);
  }

  private static @Nullable JsonNode before(Evaluation evaluation, @Nullable JsonNode[] a) {
    if (a[0] == null) {
      return null;
    }
    var text = Values.string(a[0]);
    var at = Search.indexOf(text, string(a[1]), 0);
    return at < 0 ? a[0] : TextFunctions.text(text.substring(0, at), evaluation);
  }

  private static @Nullable JsonNode after(Evaluation evaluation, @Nullable JsonNode[] a) {
    if (a[0] == null) {
      return null;
    }
    var text = Values.string(a[0]);
    var chars = string(a[1]);
    var at = Search.indexOf(text, chars, 0);
    return at < 0 ? a[0] : TextFunctions.text(text.substring(at + chars.length()), evaluation);
  }

  /** A match in progress, of a regular expression or of any function that acts like one. */
  private sealed interface Found {
    int start();

    int end();

    String text();

    /** The text matched, and where, as the match itself has it. */
    @Nullable JsonNode matched(Evaluation evaluation);

    @Nullable JsonNode index();

    JsonNode described(Evaluation evaluation);

    JsonNode groups(Evaluation evaluation);

    @Nullable Found next(Evaluation evaluation);
  }

  private record OfRegex(RegexFunction regex, String source, RegexFunction.Match match)
      implements Found {
    @Override
    public int start() {
      return match.start();
    }

    @Override
    public int end() {
      return match.end();
    }

    @Override
    public String text() {
      return source.substring(match.start(), match.end());
    }

    @Override
    public JsonNode matched(Evaluation evaluation) {
      return TextFunctions.text(text(), evaluation);
    }

    @Override
    public JsonNode index() {
      return Values.number(start());
    }

    @Override
    public JsonNode described(Evaluation evaluation) {
      return regex.describe(source, match, evaluation);
    }

    @Override
    public JsonNode groups(Evaluation evaluation) {
      return RegexFunction.groups(match, evaluation);
    }

    @Override
    public @Nullable Found next(Evaluation evaluation) {
      var next = regex.next(source, match, evaluation);
      return next == null ? null : new OfRegex(regex, source, next);
    }
  }

  private record OfFunction(ObjectNode object) implements Found {
    private int number(String name, int otherwise) {
      var value = object.get(name);
      return Values.isNumber(value) ? (int) Values.toDouble(value) : otherwise;
    }

    @Override
    public int start() {
      return number("start", 0);
    }

    @Override
    public int end() {
      return number("end", start() + text().length());
    }

    @Override
    public String text() {
      return object.get("match") instanceof StringNode text ? text.stringValue() : "";
    }

    @Override
    public @Nullable JsonNode matched(Evaluation evaluation) {
      return object.get("match");
    }

    @Override
    public @Nullable JsonNode index() {
      return object.get("start");
    }

    @Override
    public JsonNode described(Evaluation evaluation) {
      return object;
    }

    @Override
    public JsonNode groups(Evaluation evaluation) {
      return object.get("groups") instanceof ArrayNode groups ? groups : Items.array(0);
    }

    @Override
    public @Nullable Found next(Evaluation evaluation) {
      return object.get("next") instanceof FunctionValue next
          ? checked(Values.unwrap(next.call(evaluation)))
          : null;
    }
  }

  private static @Nullable Found checked(@Nullable JsonNode result) {
    if (result == null) {
      return null;
    }
    if (result instanceof ObjectNode object
        && (Values.isNumber(object.get("start"))
            || Values.isNumber(object.get("end"))
            || object.get("groups") instanceof ArrayNode
            || object.get("next") instanceof FunctionValue)) {
      return new OfFunction(object);
    }
    throw JsonataException.of("T1010");
  }

  private static @Nullable Found first(
      @Nullable JsonNode matcher, String text, Evaluation evaluation) {
    if (matcher instanceof RegexFunction regex) {
      var match = regex.find(text, 0, evaluation);
      return match == null ? null : new OfRegex(regex, text, match);
    }
    var function = (FunctionValue) Objects.requireNonNull(matcher);
    return checked(Values.unwrap(function.call(evaluation, Values.text(text))));
  }

  /** How often at most; fractions count as one more, no limit is infinite. */
  private static double limit(@Nullable JsonNode limit, String code) {
    if (limit == null) {
      return Double.POSITIVE_INFINITY;
    }
    var value = Values.toDouble(limit);
    if (value < 0) {
      throw JsonataException.of(code, limit);
    }
    return value;
  }

  private static @Nullable JsonNode contains(Evaluation evaluation, @Nullable JsonNode[] a) {
    if (a[0] == null) {
      return null;
    }
    var text = Values.string(a[0]);
    evaluation.steps(text.length() >> 5);
    return Values.bool(
        switch (a[1]) {
          case StringNode part -> Search.holds(text, part.stringValue());
          case RegexFunction regex -> regex.isIn(text, evaluation);
          case null -> text.contains("undefined");
          default -> first(a[1], text, evaluation) != null;
        });
  }

  private static void put(
      Members object, String name, @Nullable JsonNode value, Evaluation evaluation) {
    if (value != null) {
      object.put(name, value, evaluation);
    }
  }

  private static @Nullable JsonNode match(Evaluation evaluation, @Nullable JsonNode[] a) {
    if (a[0] == null) {
      return null;
    }
    var limit = limit(a[2], "D3040");
    var matches = Items.sequence();
    if (limit == 0) {
      return matches;
    }
    var found = first(a[1], Values.string(a[0]), evaluation);
    for (var count = 0; found != null && count < limit; count++) {
      var match = new Members();
      put(match, "match", found.matched(evaluation), evaluation);
      put(match, "index", found.index(), evaluation);
      match.put("groups", found.groups(evaluation), evaluation);
      matches.push(match, evaluation);
      found = found.next(evaluation);
    }
    return matches;
  }

  private static @Nullable JsonNode split(Evaluation evaluation, @Nullable JsonNode[] a) {
    if (a[0] == null) {
      return null;
    }
    var text = Values.string(a[0]);
    var limit = limit(a[2], "D3020");
    var parts = Items.array(8);
    if (limit == 0) {
      return parts;
    }
    if (!(a[1] instanceof FunctionValue)) {
      splitByText(text, a[1] == null ? null : Values.string(a[1]), limit, parts, evaluation);
      return parts;
    }
    var found = first(a[1], text, evaluation);
    var from = 0;
    var count = 0;
    for (; found != null && count < limit; count++) {
      parts.push(part(text, from, found.start(), evaluation), evaluation);
      from = found.end();
      found = found.next(evaluation);
    }
    if (count < limit) {
      parts.push(part(text, from, text.length(), evaluation), evaluation);
    }
    return parts;
  }

  private static JsonNode part(String text, int from, int to, Evaluation evaluation) {
    var start = Math.max(0, Math.min(from, text.length()));
    return TextFunctions.text(
        text.substring(start, Math.max(start, Math.min(to, text.length()))), evaluation);
  }

  private static void splitByText(
      String text, @Nullable String separator, double limit, Items parts, Evaluation evaluation) {
    var most = Double.isInfinite(limit) ? limit : Math.floor(limit);
    if (separator == null) {
      parts.push(TextFunctions.text(text, evaluation), evaluation);
    } else if (separator.isEmpty()) {
      for (var i = 0; i < text.length() && i < most; i++) {
        parts.push(TextFunctions.text(text.substring(i, i + 1), evaluation), evaluation);
        evaluation.step();
      }
    } else {
      var from = 0;
      for (var at = Search.indexOf(text, separator, 0);
          at >= 0;
          at = Search.indexOf(text, separator, from)) {
        if (parts.size() >= most) {
          return;
        }
        parts.push(part(text, from, at, evaluation), evaluation);
        evaluation.step();
        from = at + separator.length();
      }
      if (parts.size() < most) {
        parts.push(part(text, from, text.length(), evaluation), evaluation);
      }
    }
  }

  private static @Nullable JsonNode replace(Evaluation evaluation, @Nullable JsonNode[] a) {
    if (a[0] == null) {
      return null;
    }
    var text = Values.string(a[0]);
    if (a[1] instanceof StringNode part && part.stringValue().isEmpty()) {
      throw JsonataException.of("D3010", a[1]);
    }
    var limit = limit(a[3], "D3011");
    if (limit == 0) {
      return a[0];
    }
    if (!(a[1] instanceof FunctionValue)) {
      if (a[2] instanceof FunctionValue && Search.holds(text, string(a[1]))) {
        throw JsonataException.of("D3012", a[2]);
      }
      return replaceText(text, string(a[1]), string(a[2]), limit, evaluation);
    }
    var found = first(a[1], text, evaluation);
    if (found == null) {
      return a[0];
    }
    var result = new StringBuilder();
    var from = 0;
    for (var count = 0; found != null && count < limit; count++) {
      result.append(text, Math.min(from, found.start()), found.start());
      result.append(replacement(found, a[2], evaluation));
      evaluation.require(2.0 * result.length());
      from = Math.min(text.length(), found.start() + found.text().length());
      found = found.next(evaluation);
    }
    return TextFunctions.text(result.append(text, from, text.length()).toString(), evaluation);
  }

  private static JsonNode replaceText(
      String text, String part, String replacement, double limit, Evaluation evaluation) {
    var result = new StringBuilder();
    var from = 0;
    var at = Search.indexOf(text, part, 0);
    for (var count = 0; at >= 0 && count < limit; count++) {
      evaluation.step();
      result.append(text, from, at).append(replacement);
      evaluation.require(2.0 * result.length());
      from = at + part.length();
      at = Search.indexOf(text, part, from);
    }
    return TextFunctions.text(result.append(text, from, text.length()).toString(), evaluation);
  }

  private static String replacement(
      Found found, @Nullable JsonNode replacement, Evaluation evaluation) {
    if (replacement instanceof StringNode template) {
      var text = template.stringValue();
      return text.indexOf('$') < 0
          ? text
          : expand(found.text(), (ArrayNode) found.groups(evaluation), text);
    }
    if (!(replacement instanceof FunctionValue function)) {
      throw JsonataException.of("D3012", replacement);
    }
    var value = Values.unwrap(function.call(evaluation, found.described(evaluation)));
    if (!(value instanceof StringNode text)) {
      throw JsonataException.of("D3012", value);
    }
    return text.stringValue();
  }

  /**
   * {@code $0} is the match, {@code $1} a group, {@code $$} a dollar sign; a number has no more
   * digits than the number of groups, and one less where there is no such group.
   */
  private static String expand(String match, ArrayNode groups, String template) {
    var result = new StringBuilder();
    var digitsMax = Integer.toString(Math.max(1, groups.size())).length();
    var from = 0;
    for (var at = template.indexOf('$'); at >= 0; at = template.indexOf('$', from)) {
      result.append(template, from, at);
      from = at + 1;
      if (template.startsWith("$", from)) {
        result.append('$');
        from++;
      } else if (template.startsWith("0", from)) {
        result.append(match);
        from++;
      } else {
        var number = number(template, from, digitsMax);
        if (digitsMax > 1 && number > groups.size()) {
          number = number(template, from, digitsMax - 1);
        }
        if (number < 0) {
          result.append('$');
          continue;
        }
        if (number >= 1 && number <= groups.size()) {
          var group = groups.get(number - 1);
          result.append(group instanceof StringNode text ? text.stringValue() : "");
        }
        from += Integer.toString(number).length();
      }
    }
    return result.append(template, from, template.length()).toString();
  }

  private static int number(String text, int from, int digitsMax) {
    var value = -1;
    for (var i = from; i < Math.min(text.length(), from + digitsMax); i++) {
      var digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        break;
      }
      value = Math.max(value, 0) * 10 + digit;
    }
    return value;
  }
}
