package io.stepwise.jsonata.regex;

import io.stepwise.jsonata.JsonataException;
import io.stepwise.jsonata.value.Evaluation;
import io.stepwise.jsonata.value.FunctionValue;
import io.stepwise.jsonata.value.Items;
import io.stepwise.jsonata.value.Members;
import io.stepwise.jsonata.value.Values;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.StringNode;

/** A regular expression as a function: of a text, the first match and the way to the next. */
public final class RegexFunction extends FunctionValue {
  private static final long serialVersionUID = 1L;

  private final transient Program program;
  private final int position;

  private RegexFunction(Program program, int position) {
    this.program = program;
    this.position = position;
  }

  /** Compiles a literal that stands at a position. Errors: S0303 with the reason. */
  public static RegexFunction compile(String pattern, String flags, int position) {
    try {
      return new RegexFunction(Program.compile(pattern, flags), position);
    } catch (JsonataException e) {
      e.moveTo(position, null);
      throw e;
    }
  }

  /** A match: where, and what its groups matched (null: nothing). */
  public record Match(int start, int end, @Nullable String[] groups) {}

  /** The first match at or after an offset, or null. */
  public @Nullable Match find(String text, int from, Evaluation evaluation) {
    if (from > text.length()) {
      return null;
    }
    var matcher = new Matcher(program, text, evaluation);
    if (!matcher.find(from)) {
      return null;
    }
    var groups = new String[program.groups];
    for (var i = 0; i < groups.length; i++) {
      var start = matcher.start(i + 1);
      groups[i] = start < 0 ? null : text.substring(start, matcher.end(i + 1));
    }
    return new Match(matcher.start(0), matcher.end(0), groups);
  }

  /** Whether there is a match. */
  public boolean isIn(String text, Evaluation evaluation) {
    return new Matcher(program, text, evaluation).find(0);
  }

  /** The match after another, or null. Errors: D1004 if it is empty. */
  public @Nullable Match next(String text, Match match, Evaluation evaluation) {
    if (match.end >= text.length()) {
      return null;
    }
    var next = find(text, match.end, evaluation);
    if (next != null && next.start == next.end) {
      throw JsonataException.of("D1004").at(position, null);
    }
    return next;
  }

  @Override
  public boolean isTrue() {
    return false;
  }

  @Override
  public int arity() {
    return 2;
  }

  @Override
  protected @Nullable JsonNode invoke(
      Evaluation evaluation, @Nullable JsonNode[] arguments, @Nullable JsonNode context) {
    if (arguments.length == 0 || !(arguments[0] instanceof StringNode text)) {
      return null;
    }
    var from =
        arguments.length > 1 && Values.isNumber(arguments[1])
            ? (int) Values.toDouble(java.util.Objects.requireNonNull(arguments[1]))
            : 0;
    var match = find(text.stringValue(), Math.max(0, from), evaluation);
    return match == null ? null : describe(text.stringValue(), match, evaluation);
  }

  /** A match as functions of the language see it. */
  public JsonNode describe(String text, Match match, Evaluation evaluation) {
    var object = new Members();
    evaluation.text(match.end - match.start);
    object.put("match", Values.text(text.substring(match.start, match.end)), evaluation);
    object.put("start", Values.number(match.start), evaluation);
    object.put("end", Values.number(match.end), evaluation);
    object.put("groups", groups(match, evaluation), evaluation);
    object.put("next", new Next(text, match), evaluation);
    return object;
  }

  /** What the groups of a match matched; null for those that took no part. */
  public static Items groups(Match match, Evaluation evaluation) {
    var groups = Items.array(match.groups.length);
    for (var group : match.groups) {
      groups.push(group == null ? NullNode.getInstance() : Values.text(group), evaluation);
    }
    return groups;
  }

  private final class Next extends FunctionValue {
    private static final long serialVersionUID = 1L;

    private final String text;
    private final transient Match match;

    Next(String text, Match match) {
      this.text = text;
      this.match = match;
    }

    @Override
    public int arity() {
      return 0;
    }

    @Override
    protected @Nullable JsonNode invoke(
        Evaluation evaluation, @Nullable JsonNode[] arguments, @Nullable JsonNode context) {
      var next = RegexFunction.this.next(text, match, evaluation);
      return next == null ? null : describe(text, next, evaluation);
    }
  }
}
