package io.stepwise.jsonata.regex;

import io.stepwise.jsonata.JsonataException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a pattern as ECMAScript does without the flag {@code u}, web legacy included. */
final class PatternParser {
  private static final int DEPTH_MAX = 250;

  private final String pattern;
  private final String flags;
  private final int groupCount;
  private final Map<String, Integer> names = new HashMap<>();
  private final boolean named;
  private int at;
  private int groups;
  private int depth;

  PatternParser(String pattern, String flags) {
    this.pattern = pattern;
    this.flags = flags;
    this.groupCount = countGroups(pattern);
    this.named = pattern.contains("(?<") && hasNames(pattern);
  }

  private static boolean hasNames(String pattern) {
    for (var i = pattern.indexOf("(?<"); i >= 0; i = pattern.indexOf("(?<", i + 1)) {
      if (i + 3 < pattern.length() && "=!".indexOf(pattern.charAt(i + 3)) < 0) {
        return true;
      }
    }
    return false;
  }

  private static int countGroups(String pattern) {
    var count = 0;
    var inClass = false;
    for (var i = 0; i < pattern.length(); i++) {
      switch (pattern.charAt(i)) {
        case '\\' -> i++;
        case '[' -> inClass = true;
        case ']' -> inClass = false;
        case '(' -> {
          if (!inClass
              && (!pattern.startsWith("?", i + 1)
                  || pattern.startsWith("?<", i + 1)
                      && i + 3 < pattern.length()
                      && "=!".indexOf(pattern.charAt(i + 3)) < 0)) {
            count++;
          }
        }
        default -> {} // counts for nothing
      }
    }
    return count;
  }

  int groupCount() {
    return groupCount;
  }

  Map<String, Integer> names() {
    return names;
  }

  Term parse() {
    var term = choice();
    if (at < pattern.length()) {
      throw invalid(pattern.charAt(at) == ')' ? "Unmatched ')'" : "Nothing to repeat");
    }
    return term;
  }

  private JsonataException invalid(String reason) {
    return JsonataException.withText("S0303", message(pattern, flags, reason));
  }

  /** What an engine of JavaScript says, to which the reference implementation hands it. */
  static String message(String pattern, String flags, String reason) {
    var all = "g" + (flags.contains("i") ? "i" : "") + (flags.contains("m") ? "m" : "");
    return "Invalid regular expression: /%s/%s: %s".formatted(pattern, all, reason);
  }

  private boolean ends() {
    return at >= pattern.length();
  }

  private boolean takes(String text) {
    if (pattern.startsWith(text, at)) {
      at += text.length();
      return true;
    }
    return false;
  }

  private Term choice() {
    if (++depth > DEPTH_MAX) {
      throw invalid("Nested too deeply");
    }
    var terms = new ArrayList<Term>();
    do {
      terms.add(sequence());
    } while (takes("|"));
    depth--;
    return terms.size() == 1 ? terms.getFirst() : new Term.Choice(terms);
  }

  private Term sequence() {
    var terms = new ArrayList<Term>();
    while (!ends() && pattern.charAt(at) != '|' && pattern.charAt(at) != ')') {
      var firstGroup = groups + 1;
      var term = term();
      terms.add(quantified(term, firstGroup));
    }
    return terms.size() == 1 ? terms.getFirst() : new Term.Sequence(List.copyOf(terms));
  }

  private Term quantified(Term term, int firstGroup) {
    var start = at;
    int min;
    int max;
    if (takes("*")) {
      min = 0;
      max = -1;
    } else if (takes("+")) {
      min = 1;
      max = -1;
    } else if (takes("?")) {
      min = 0;
      max = 1;
    } else {
      var bounds = bounds();
      if (bounds == null) {
        return term;
      }
      min = bounds[0];
      max = bounds[1];
      if (max >= 0 && max < min) {
        throw invalid("numbers out of order in {} quantifier");
      }
    }
    if (term instanceof Term.Edge || term instanceof Term.Look look && look.behind()) {
      at = start;
      throw invalid("Nothing to repeat");
    }
    return new Term.Repeat(term, min, max, !takes("?"), firstGroup, groups);
  }

  /** {@code {n}}, {@code {n,}} or {@code {n,m}}; null, and nothing taken, if there is none. */
  private int @Nullable [] bounds() {
    if (!pattern.startsWith("{", at)) {
      return null;
    }
    var start = at++;
    var min = digits();
    var max = min;
    if (min >= 0 && takes(",")) {
      max = digits();
    }
    if (min < 0 || !takes("}")) {
      at = start;
      return null;
    }
    return new int[] {min, max};
  }

  private int digits() {
    var value = -1L;
    while (!ends() && isDigit(pattern.charAt(at))) {
      value = Math.min(Integer.MAX_VALUE, Math.max(value, 0) * 10 + pattern.charAt(at++) - '0');
    }
    return (int) value;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private Term term() {
    var c = pattern.charAt(at);
    switch (c) {
      case '^', '$' -> {
        at++;
        return new Term.Edge(c);
      }
      case '(' -> {
        return group();
      }
      case '.' -> {
        at++;
        return new Term.Any();
      }
      case '[' -> {
        at++;
        return new Term.Set(charClass());
      }
      case '\\' -> {
        at++;
        return escape();
      }
      case '*', '+', '?' -> throw invalid("Nothing to repeat");
      case '{' -> {
        if (bounds() != null) {
          throw invalid("Nothing to repeat");
        }
        at++;
        return new Term.Char(c);
      }
      default -> {
        at++;
        return new Term.Char(c);
      }
    }
  }

  private Term group() {
    at++;
    Term term;
    if (takes("?:")) {
      term = choice();
    } else if (takes("?=")) {
      term = new Term.Look(choice(), false, true);
    } else if (takes("?!")) {
      term = new Term.Look(choice(), false, false);
    } else if (takes("?<=")) {
      term = new Term.Look(choice(), true, true);
    } else if (takes("?<!")) {
      term = new Term.Look(choice(), true, false);
    } else {
      if (takes("?<")) {
        var name = groupName();
        if (names.put(name, groups + 1) != null) {
          throw invalid("Duplicate capture group name");
        }
      } else if (pattern.startsWith("?", at)) {
        throw invalid("Invalid group");
      }
      var number = ++groups;
      term = new Term.Group(number, choice());
    }
    if (!takes(")")) {
      throw invalid("Unterminated group");
    }
    return term;
  }

  private String groupName() {
    var close = pattern.indexOf('>', at);
    var name = close < 0 ? "" : pattern.substring(at, close);
    if (name.isEmpty()
        || !Character.isJavaIdentifierStart(name.charAt(0))
        || !name.chars().allMatch(Character::isJavaIdentifierPart)) {
      throw invalid("Invalid capture group name");
    }
    at = close + 1;
    return name;
  }

  private Term escape() {
    if (ends()) {
      throw invalid("\\ at end of pattern");
    }
    var c = pattern.charAt(at);
    switch (c) {
      case 'b', 'B' -> {
        at++;
        return new Term.Edge(c);
      }
      case 'd', 'D', 'w', 'W', 's', 'S' -> {
        at++;
        return new Term.Set(new CharSet().addClass(c));
      }
      case 'k' -> {
        at++;
        if (named) {
          if (!takes("<")) {
            throw invalid("Invalid named reference");
          }
          return new Term.Back(0, groupName());
        }
        return new Term.Char('k');
      }
      default -> {
        if (c >= '1' && c <= '9') {
          var start = at;
          var number = digits();
          if (number <= groupCount) {
            return new Term.Back(number, null);
          }
          at = start;
        }
        return new Term.Char(characterEscape());
      }
    }
  }

  /** The character that what follows a backslash stands for, in a class or outside. */
  private char characterEscape() {
    var c = pattern.charAt(at++);
    switch (c) {
      case 't' -> {
        return '\t';
      }
      case 'n' -> {
        return '\n';
      }
      case 'v' -> {
        return '\u000b';
      }
      case 'f' -> {
        return '\f';
      }
      case 'r' -> {
        return '\r';
      }
      case 'c' -> {
        if (!ends() && Character.isLetter(pattern.charAt(at)) && pattern.charAt(at) < 128) {
          return (char) (pattern.charAt(at++) % 32);
        }
        at--;
        return '\\';
      }
      case 'x' -> {
        return hex(2, c);
      }
      case 'u' -> {
        return hex(4, c);
      }
      case '0', '1', '2', '3', '4', '5', '6', '7' -> {
        var value = c - '0';
        while (!ends()
            && pattern.charAt(at) >= '0'
            && pattern.charAt(at) <= '7'
            && value * 8 + pattern.charAt(at) - '0' <= 255) {
          value = value * 8 + pattern.charAt(at++) - '0';
        }
        return (char) value;
      }
      default -> {
        return c;
      }
    }
  }

  private char hex(int length, char otherwise) {
    var value = 0;
    for (var i = 0; i < length; i++) {
      var digit = at + i < pattern.length() ? Character.digit(pattern.charAt(at + i), 16) : -1;
      if (digit < 0) {
        return otherwise;
      }
      value = value * 16 + digit;
    }
    at += length;
    return (char) value;
  }

  private CharSet charClass() {
    var set = new CharSet();
    var negated = takes("^");
    while (!ends() && pattern.charAt(at) != ']') {
      var from = classAtom(set);
      if (pattern.startsWith("-", at)
          && at + 1 < pattern.length()
          && pattern.charAt(at + 1) != ']') {
        at++;
        var to = classAtom(set);
        if (from < 0 || to < 0) {
          set.add('-', '-');
          addOne(set, from);
          addOne(set, to);
        } else if (from > to) {
          throw invalid("Range out of order in character class");
        } else {
          set.add((char) from, (char) to);
        }
      } else {
        addOne(set, from);
      }
    }
    if (!takes("]")) {
      throw invalid("Unterminated character class");
    }
    if (negated) {
      set.negate();
    }
    return set;
  }

  private static void addOne(CharSet set, int c) {
    if (c >= 0) {
      set.add((char) c, (char) c);
    }
  }

  /** A character of a class; -1 for a class within, which is added at once. */
  private int classAtom(CharSet set) {
    var c = pattern.charAt(at++);
    if (c != '\\') {
      return c;
    }
    if (ends()) {
      throw invalid("\\ at end of pattern");
    }
    var escaped = pattern.charAt(at);
    if ("dDwWsS".indexOf(escaped) >= 0) {
      at++;
      set.addClass(escaped);
      return -1;
    }
    if (escaped == 'b') {
      at++;
      return '\b';
    }
    return characterEscape();
  }
}
