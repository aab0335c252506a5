package io.stepwise.expression.jsonata;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Jsonata.Frame;
import com.dashjoin.jsonata.Utils;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The text functions of JSONata that could otherwise run or grow without bounds in one call. */
final class TextFunctions {
  private final Guard guard;

  TextFunctions(Guard guard) {
    this.guard = guard;
  }

  /** Binds what this class knows under {@code name}, if anything. */
  void bind(String name, Frame frame) {
    switch (name) {
      case "pad" -> Functions.define(frame, name, "<s-ns?:s>", this::pad);
      case "join" -> Functions.define(frame, name, "<a<s>s?:s>", this::join);
      case "contains" -> Functions.define(frame, name, "<s-(sf):b>", this::contains);
      case "match" -> Functions.define(frame, name, "<s-f<s:o>n?:a<o>>", this::match);
      case "split" -> Functions.define(frame, name, "<s-(sf)n?:a<s>>", this::split);
      case "replace" -> Functions.define(frame, name, "<s-(sf)(sf)n?:s>", this::replace);
      default -> {} // the engine's own
    }
  }

  private @Nullable Object pad(List<?> arguments) {
    if (!(Functions.argument(arguments, 0) instanceof String text)
        || !(Functions.argument(arguments, 1) instanceof Number width)) {
      return null;
    }
    guard.require((long) (2 * Math.abs(width.doubleValue()))); // a long would overflow first
    var fill = Functions.argument(arguments, 2) instanceof String s && !s.isEmpty() ? s : " ";
    var missing = Math.abs(width.intValue()) - text.codePointCount(0, text.length());
    if (missing <= 0) {
      return text;
    }
    var symbols = fill.codePoints().toArray();
    var padding = new StringBuilder(missing);
    for (var i = 0; i < missing; i++) {
      padding.appendCodePoint(symbols[i % symbols.length]);
    }
    return width.intValue() > 0 ? text + padding : padding + text;
  }

  private @Nullable Object join(List<?> arguments) {
    if (!(Functions.argument(arguments, 0) instanceof List<?> list)) {
      return null;
    }
    var separator = Functions.argument(arguments, 1) instanceof String s ? s : "";
    var text = new StringBuilder();
    for (var i = 0; i < list.size(); i++) {
      text.append(i == 0 ? "" : separator).append(list.get(i));
      guard.require(2L * text.length());
    }
    return text.toString();
  }

  private @Nullable Object contains(List<?> arguments) {
    return Functions.argument(arguments, 0) instanceof String text
        ? matcher(text, Functions.argument(arguments, 1)).find()
        : null;
  }

  private @Nullable Object match(List<?> arguments) {
    if (!(Functions.argument(arguments, 0) instanceof String text)) {
      return null;
    }
    var limit = limit(arguments, 2, "D3040");
    var matcher = matcher(text, Functions.argument(arguments, 1));
    var matches = Utils.createSequence();
    while (matches.size() < limit && matcher.find()) {
      requireProgress(matcher);
      var match = new LinkedHashMap<String, Object>();
      match.put("match", matcher.group());
      match.put("index", matcher.start());
      match.put("groups", groups(matcher));
      matches.add(match);
      guard.require(64L * matches.size());
    }
    return matches;
  }

  private @Nullable Object split(List<?> arguments) {
    if (!(Functions.argument(arguments, 0) instanceof String text)) {
      return null;
    }
    var limit = limit(arguments, 2, "D3020");
    var separator = Functions.argument(arguments, 1);
    var pieces = new ArrayList<Object>();
    if ("".equals(separator)) {
      text.codePoints().limit(limit).forEach(c -> pieces.add(Character.toString(c)));
      return pieces;
    }
    var matcher = matcher(text, separator);
    var from = 0;
    while (pieces.size() < limit && matcher.find()) {
      requireProgress(matcher);
      pieces.add(text.substring(from, matcher.start()));
      guard.require(4L * pieces.size());
      from = matcher.end();
    }
    if (pieces.size() < limit) {
      pieces.add(text.substring(from));
    }
    return pieces;
  }

  private @Nullable Object replace(List<?> arguments) {
    if (!(Functions.argument(arguments, 0) instanceof String text)) {
      return null;
    }
    var pattern = Functions.argument(arguments, 1);
    if ("".equals(pattern)) {
      throw new JException("D3010", -1);
    }
    var replacement = Functions.argument(arguments, 2);
    var limit = limit(arguments, 3, "D3011");
    var matcher = matcher(text, pattern);
    var result = new StringBuilder();
    var from = 0;
    for (var count = 0L; count < limit && matcher.find(); count++) {
      requireProgress(matcher);
      result.append(text, from, matcher.start());
      result.append(replacement(matcher, pattern instanceof String, replacement));
      guard.require(2L * result.length());
      from = matcher.end();
    }
    return result.append(text, from, text.length()).toString();
  }

  private static String replacement(Matcher matcher, boolean plain, @Nullable Object replacement) {
    if (replacement instanceof String text) {
      return plain ? text : expand(matcher, text);
    }
    var match = new LinkedHashMap<String, Object>();
    match.put("match", matcher.group());
    match.put("start", matcher.start());
    match.put("end", matcher.end());
    match.put("groups", groups(matcher));
    try {
      if (com.dashjoin.jsonata.Functions.funcApply(replacement, List.of(match))
          instanceof String text) {
        return text;
      }
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e); // the engine declares Throwable but throws unchecked
    }
    throw new JException("D3012", -1);
  }

  /** {@code $1} is a group, {@code $$} a dollar sign; of several digits as many as make a group. */
  private static String expand(Matcher matcher, String template) {
    var text = new StringBuilder();
    for (var i = 0; i < template.length(); i++) {
      var c = template.charAt(i);
      if (c != '$' || i + 1 == template.length()) {
        text.append(c);
      } else if (template.charAt(i + 1) == '$') {
        text.append('$');
        i++;
      } else if (Character.isDigit(template.charAt(i + 1))) {
        var end = i + 2;
        var group = Character.digit(template.charAt(i + 1), 10);
        while (end < template.length() && Character.isDigit(template.charAt(end))) {
          var longer = group * 10 + Character.digit(template.charAt(end), 10);
          if (longer > matcher.groupCount()) {
            break;
          }
          group = longer;
          end++;
        }
        var value = group <= matcher.groupCount() ? matcher.group(group) : null;
        text.append(value == null ? "" : value);
        i = end - 1;
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }

  private Matcher matcher(String text, @Nullable Object pattern) {
    var compiled =
        switch (pattern) {
          case BoundedRegex regex -> regex.pattern();
          case Pattern regex -> regex;
          case String literal -> Pattern.compile(Pattern.quote(literal));
          case null, default -> throw new JException("T1010", -1, "match");
        };
    return compiled.matcher(pattern instanceof String ? text : guard.metered(text));
  }

  private static List<Object> groups(Matcher matcher) {
    var groups = new ArrayList<Object>();
    for (var i = 1; i <= matcher.groupCount(); i++) {
      var group = matcher.group(i);
      groups.add(group == null ? Jsonata.NULL_VALUE : group);
    }
    return groups;
  }

  private static void requireProgress(Matcher matcher) {
    if (matcher.end() == matcher.start()) {
      throw new JException("D1004", -1, matcher.pattern().pattern());
    }
  }

  private static long limit(List<?> arguments, int position, String code) {
    if (!(Functions.argument(arguments, position) instanceof Number limit)) {
      return Long.MAX_VALUE;
    }
    if (limit.doubleValue() < 0) {
      throw new JException(code, -1, limit);
    }
    return (long) Math.ceil(limit.doubleValue());
  }
}
