package io.stepwise.jsonata;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Pattern;

/**
 * Expressions made of others, from a seed: parts are left out, doubled, exchanged, put into each
 * other. Most are nearly right, as what people write.
 */
final class Mutator {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s+|/\\*.*?\\*/|\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*'|`[^`]*`"
              + "|\\$?\\w+|\\d+(?:\\.\\d+)?|:=|!=|<=|>=|\\.\\.|\\*\\*|~>|.",
          Pattern.DOTALL);

  /** What an expression is put into; the mark stands for it. */
  private static final List<String> FRAMES =
      List.of(
          "(_)",
          "[_]",
          "_[0]",
          "_[-1]",
          "_[]",
          "_[[0, 1]]",
          "{'a': _}",
          "_{'k': $}",
          "$string(_)",
          "$count(_)",
          "$type(_)",
          "$exists(_)",
          "$not(_)",
          "$keys(_)",
          "$reverse(_)",
          "$distinct(_)",
          "$sort(_)",
          "$spread(_)",
          "$merge(_)",
          "$boolean(_)",
          "$number(_)",
          "$sum(_)",
          "$length(_)",
          "$uppercase(_)",
          "$map(_, $string)",
          "$filter(_, function($v) { $v })",
          "$map(_, function($v, $i) { [$i, $v] })",
          "(_) ~> $count",
          "(_) ~> $string",
          "(_) ~> $map(function($v) { $v })",
          "_ ? 1 : 2",
          "-(_)",
          "(_) & 'x'",
          "(_) + 1",
          "(_) = (_)",
          "(_) in [1, 'a']",
          "($x := _; $x)",
          "($x := _; [$x, $x])",
          "function($x) { $x }(_)",
          "(_)^($)",
          "(_).*",
          "(_).**",
          "(_).$",
          "(_)#$i.[$i, $]",
          "(_)@$v.$v",
          "$clone(_)",
          "$append(_, 1)",
          "$zip(_, [1, 2])",
          "[1, _, 3]",
          "$each(_, function($v, $k) { $k })",
          "$lookup(_, 'a')",
          "$join(_)",
          "$split(_, ' ')",
          "$single(_, function() { true })",
          "$reduce(_, function($a, $b) { $a & $b })");

  private static final List<String> EXTRA =
      List.of(
          "$",
          "$$",
          "%",
          "*",
          "**",
          "@$a",
          "#$b",
          "[",
          "]",
          "(",
          ")",
          "{",
          "}",
          "^",
          "~>",
          ":=",
          "?",
          ":",
          ";",
          ",",
          ".",
          "..",
          "=",
          "!=",
          "<",
          ">",
          "&",
          "+",
          "-",
          "/",
          "|",
          "!",
          "~",
          "and",
          "or",
          "in",
          "null",
          "true",
          "0",
          "1",
          "-1",
          "1.5",
          "1e3",
          "1e400",
          "''",
          "'a'",
          "\"\\u00e9\"",
          "[]",
          "{}",
          "function",
          "λ",
          "?",
          "`a b`",
          "/a/",
          "/a/i",
          "\\",
          "\"",
          "'");

  private final List<List<String>> sources = new ArrayList<>();
  private final List<String> expressions;
  private final SplittableRandom random;

  Mutator(List<String> expressions, long seed) {
    this.expressions = expressions;
    this.random = new SplittableRandom(seed);
    for (var expression : expressions) {
      sources.add(tokens(expression));
    }
  }

  private static List<String> tokens(String expression) {
    var tokens = new ArrayList<String>();
    var matcher = TOKEN.matcher(expression);
    while (matcher.find()) {
      tokens.add(matcher.group());
    }
    return tokens;
  }

  /** Which of the expressions is next. */
  int next() {
    return random.nextInt(expressions.size());
  }

  /** That expression, changed. */
  String mutate(int index) {
    var tokens = new ArrayList<>(sources.get(index));
    for (var changes = random.nextInt(3); changes >= 0; changes--) {
      change(tokens);
    }
    var text = String.join("", tokens);
    for (var frames = random.nextInt(6) - 3; frames > 0; frames--) {
      text = pick(FRAMES).replace("_", text);
    }
    return text;
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  private void change(List<String> tokens) {
    if (tokens.isEmpty()) {
      tokens.add(pick(EXTRA));
      return;
    }
    var at = random.nextInt(tokens.size());
    switch (random.nextInt(8)) {
      case 0 -> tokens.remove(at);
      case 1 -> tokens.add(at, tokens.get(at));
      case 2 -> tokens.set(at, pick(pick(sources)));
      case 3 -> tokens.add(at, pick(EXTRA));
      case 4 -> tokens.set(at, pick(EXTRA));
      case 5 -> {
        var other = random.nextInt(tokens.size());
        var token = tokens.get(at);
        tokens.set(at, tokens.get(other));
        tokens.set(other, token);
      }
      case 6 -> tokens.set(at, "(" + String.join("", pick(sources)) + ")");
      default -> {
        var name = tokens.get(at);
        tokens.set(at, name.startsWith("$") ? pick(FUNCTIONS) : pick(pick(sources)));
      }
    }
  }

  private static final List<String> FUNCTIONS =
      List.of(
          ("$sum $count $max $min $average $string $substring $substringBefore $substringAfter"
                  + " $lowercase $uppercase $length $trim $pad $match $contains $replace $split"
                  + " $join $formatNumber $formatBase $formatInteger $parseInteger $number $floor"
                  + " $ceil $round $abs $sqrt $boolean $not $map $zip $filter $single"
                  + " $reduce $sift $keys $lookup $append $exists $spread $merge $reverse $each"
                  + " $error $assert $type $sort $distinct $base64encode $encodeUrlComponent"
                  + " $encodeUrl $decodeUrlComponent $decodeUrl $toMillis $fromMillis $clone $x $$")
              .split(" "));
}
