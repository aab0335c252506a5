package io.stepwise.jsonata;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Expressions and inputs from a seed: most make sense, some only nearly. */
final class Generator {
  private static final String DATA =
      """
      {"name": "Ada", "n": 7, "half": 2.5, "neg": -3, "yes": true, "no": false, "nil": null,
       "text": "the quick brown fox", "empty": "", "none": [], "bare": {},
       "list": [3, 1, 2, 2], "words": ["b", "a", "ab", "b"], "mixed": [1, "a", null, true, [2, [3]], {"x": 1}],
       "nested": [[1, 2], [3], []], "one": [5],
       "at": "2026-01-02T03:04:05.678Z", "day": "2025-12-31",
       "customer": {"name": "Bo", "address": {"city": "Paris", "zip": "75001"}, "tags": ["x", "y"]},
       "items": [
         {"sku": "A1", "price": 2.5, "qty": 2, "tags": ["x"], "open": true, "of": {"k": "u", "v": 1}},
         {"sku": "B2", "price": 10, "qty": 1, "tags": ["x", "z"], "open": false, "of": {"k": "w", "v": 2}},
         {"sku": "C3", "price": 0.1, "qty": 30, "tags": [], "open": true, "of": {"k": "u", "v": 3}},
         {"sku": "A1", "price": 7, "qty": 3, "open": false}]}""";

  private static final List<String> FIELDS =
      List.of(
          "name",
          "n",
          "half",
          "neg",
          "yes",
          "no",
          "nil",
          "text",
          "empty",
          "none",
          "bare",
          "list",
          "words",
          "mixed",
          "nested",
          "one",
          "at",
          "day",
          "customer",
          "items",
          "missing");
  private static final List<String> ITEM_FIELDS =
      List.of("sku", "price", "qty", "tags", "open", "of", "k", "v", "name", "address", "city");
  private static final List<String> NUMBERS =
      List.of("0", "1", "2", "3", "-1", "-2", "0.5", "1.5", "-1.5", "10", "1e3", "255", "0.1");
  private static final List<String> TEXTS =
      List.of("''", "'a'", "'b'", "'ab'", "'x y'", "' a  b '", "'3'", "'ü/?'", "'12.5'", "'😀'");

  /** None like a number: the reference implementation sorts such members to the front. */
  private static final List<String> KEYS =
      List.of("'a'", "'b'", "'x y'", "''", "name", "text", "customer.name", "words[0]", "missing");

  private static final List<String> REGEXES =
      List.of(
          "/a/",
          "/b+/",
          "/[aeiou]/",
          "/(q)(u)/",
          "/^t/",
          "/x$/i",
          "/\\\\s+/",
          "/(a)|(b)/",
          "/o.?/",
          "/[^a-m]+/",
          "/A/i",
          "/\\\\bfox\\\\b/",
          "/(?:q|f)(.)/",
          "/[0-9]{2,}/",
          "/(\\\\w)\\\\w*/");

  private final SplittableRandom random;

  Generator(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** The input of all of them. */
  static String data() {
    return DATA;
  }

  String expression() {
    return any(3 + random.nextInt(2));
  }

  private String pick(List<String> from) {
    return from.get(random.nextInt(from.size()));
  }

  private boolean chance(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }

  private String any(int depth) {
    if (depth <= 0) {
      return leaf();
    }
    return switch (random.nextInt(22)) {
      case 0, 1 -> number(depth);
      case 2, 3 -> text(depth);
      case 4 -> bool(depth);
      case 5, 6, 7 -> array(depth);
      case 8, 9, 10, 11 -> path(depth);
      case 12 -> object(depth);
      case 13 -> "(" + any(depth - 1) + ")";
      case 14 ->
          bool(depth - 1) + " ? " + any(depth - 1) + (chance(3) ? "" : " : " + any(depth - 1));
      case 15 -> "($x := " + any(depth - 1) + "; " + usesVariable(depth - 1) + ")";
      case 16 -> any(depth - 1) + " ~> " + function(depth - 1);
      case 17 -> call(depth);
      case 18 -> higherOrder(depth);
      case 19 -> joined(depth);
      case 20 ->
          "$ ~> |"
              + pick(List.of("items", "customer", "items.of", "$", "items[qty > 1]", "day"))
              + "|"
              + object(1)
              + (chance(2) ? "" : ", " + words(1))
              + "|";
      default -> leaf();
    };
  }

  private String usesVariable(int depth) {
    return switch (random.nextInt(5)) {
      case 0 -> "$x";
      case 1 -> "$x." + pick(ITEM_FIELDS);
      case 2 -> "$x[" + any(depth - 1) + "]";
      case 3 -> "[$x, " + any(depth - 1) + "]";
      default -> "($x := " + any(depth - 1) + "; $x)";
    };
  }

  private String leaf() {
    return switch (random.nextInt(6)) {
      case 0 -> pick(NUMBERS);
      case 1 -> pick(TEXTS);
      case 2 -> pick(List.of("true", "false", "null", "[]", "{}"));
      default -> pick(FIELDS);
    };
  }

  private String path(int depth) {
    var path = new StringBuilder(chance(8) ? "$" : chance(6) ? "items" : pick(FIELDS));
    var steps = random.nextInt(depth + 1);
    for (var i = 0; i < steps; i++) {
      path.append(
          switch (random.nextInt(14)) {
            case 0 -> "[" + pick(NUMBERS) + "]";
            case 1, 2 -> "[" + inItem(depth - 1) + "]";
            case 3 -> "[]";
            case 4 -> ".(" + inItem(depth - 1) + ")";
            case 5 -> ".[" + pick(ITEM_FIELDS) + ", " + inItem(depth - 1) + "]";
            case 6 -> ".{'a': " + inItem(depth - 1) + ", 'b': " + pick(ITEM_FIELDS) + "}";
            case 7 -> "^(" + (chance(2) ? ">" : "") + pick(ITEM_FIELDS) + ")";
            case 8 -> chance(2) ? ".*" : ".**";
            case 9 -> "[[" + pick(NUMBERS) + ", " + pick(NUMBERS) + "]]";
            case 10 -> ".$";
            default -> "." + pick(ITEM_FIELDS);
          });
    }
    if (chance(10)) {
      path.append("{").append(chance(2) ? "sku" : "$string(qty) & 'q'").append(": ");
      path.append(chance(2) ? "$sum(price)" : inItem(depth - 1)).append("}");
    }
    return path.toString();
  }

  /** Tuples: bindings, indexes and parents. */
  private String joined(int depth) {
    return switch (random.nextInt(8)) {
      case 0 -> "items#$i[$i " + pick(List.of("<", ">=", "=")) + " " + random.nextInt(4) + "].sku";
      case 1 -> "items@$o.customer.{'s': $o.sku, 'n': name}";
      case 2 -> "items.of.{'k': k, 's': %.sku}";
      case 3 -> "items.tags.(% . sku & $)";
      case 4 -> "items.of[%.open].v";
      case 5 -> "items#$i.{'i': $i, 'x': " + inItem(depth - 1) + "}";
      case 6 -> "customer.address.city.%.%.name";
      default -> "items@$a#$i[$a.qty > " + random.nextInt(4) + "].{'i': $i, 'q': $a.qty}";
    };
  }

  private String inItem(int depth) {
    return switch (random.nextInt(8)) {
      case 0 -> pick(ITEM_FIELDS) + " = " + leaf();
      case 1 -> pick(ITEM_FIELDS) + pick(List.of(" > ", " <= ", " != ")) + pick(NUMBERS);
      case 2 -> "price * qty";
      case 3 -> "'x' in tags";
      case 4 -> "open";
      case 5 -> "$";
      case 6 -> depth > 0 ? any(depth - 1) : pick(ITEM_FIELDS);
      default -> pick(ITEM_FIELDS);
    };
  }

  private String number(int depth) {
    if (depth <= 0) {
      return chance(3) ? pick(FIELDS) : pick(NUMBERS);
    }
    return switch (random.nextInt(12)) {
      case 0, 1, 2 ->
          number(depth - 1) + pick(List.of(" + ", " - ", " * ", " / ", " % ")) + number(depth - 1);
      case 3 -> "-" + number(0);
      case 4 ->
          "$"
              + pick(List.of("sum", "max", "min", "average", "count"))
              + "("
              + array(depth - 1)
              + ")";
      case 5 ->
          "$"
              + pick(List.of("abs", "floor", "ceil", "round", "sqrt"))
              + "("
              + number(depth - 1)
              + ")";
      case 6 -> "$round(" + number(depth - 1) + ", " + pick(List.of("0", "1", "2", "-1")) + ")";
      case 7 -> "$power(" + number(depth - 1) + ", " + pick(List.of("0", "2", "0.5", "-1")) + ")";
      case 8 -> "$length(" + text(depth - 1) + ")";
      case 9 -> "$number(" + (chance(2) ? pick(TEXTS) : any(depth - 1)) + ")";
      case 10 ->
          "$parseInteger("
              + pick(List.of("'12'", "'1,234'", "'xii'"))
              + ", "
              + pick(List.of("'0'", "'#,##0'", "'i'"))
              + ")";
      default -> pick(NUMBERS);
    };
  }

  private String text(int depth) {
    if (depth <= 0) {
      return chance(3)
          ? pick(List.of("name", "text", "empty", "at", "customer.name"))
          : pick(TEXTS);
    }
    return switch (random.nextInt(20)) {
      case 0, 1 -> any(depth - 1) + " & " + any(depth - 1);
      case 2 -> "$" + pick(List.of("uppercase", "lowercase", "trim")) + "(" + text(depth - 1) + ")";
      case 3 ->
          "$substring("
              + text(depth - 1)
              + ", "
              + pick(NUMBERS)
              + (chance(2) ? "" : ", " + pick(NUMBERS))
              + ")";
      case 4 ->
          "$"
              + pick(List.of("substringBefore", "substringAfter"))
              + "("
              + text(depth - 1)
              + ", "
              + pick(TEXTS)
              + ")";
      case 5 -> "$string(" + any(depth - 1) + (chance(4) ? ", true" : "") + ")";
      case 6 -> "$join(" + words(depth - 1) + (chance(2) ? "" : ", " + pick(TEXTS)) + ")";
      case 7 ->
          "$replace("
              + text(depth - 1)
              + ", "
              + (chance(2) ? pick(TEXTS) : pick(REGEXES))
              + ", "
              + pick(List.of("'-'", "'$1'", "'[$0]'", "'$$'", "'$2x'"))
              + (chance(3) ? ", " + random.nextInt(3) : "")
              + ")";
      case 8 ->
          "$pad("
              + text(depth - 1)
              + ", "
              + pick(List.of("5", "-5", "0", "12"))
              + (chance(2) ? "" : ", " + pick(TEXTS))
              + ")";
      case 9 ->
          "$formatBase(" + number(depth - 1) + ", " + pick(List.of("2", "16", "36", "1")) + ")";
      case 10 ->
          "$formatNumber("
              + number(depth - 1)
              + ", "
              + pick(
                  List.of(
                      "'0'",
                      "'#,##0.00'",
                      "'0.0#'",
                      "'00%'",
                      "'(0)'",
                      "'0.00;(0.00)'",
                      "'###,###'",
                      "'#'",
                      "'0,00,000'"))
              + ")";
      case 11 ->
          "$formatInteger("
              + number(0)
              + ", "
              + pick(
                  List.of(
                      "'0'", "'000'", "'#,##0'", "'w'", "'W'", "'Ww'", "'i'", "'A'", "'w;o'",
                      "'0;o'"))
              + ")";
      case 12 ->
          "$fromMillis("
              + pick(List.of("0", "1e12", "1767323045678", "-1"))
              + (chance(3)
                  ? ""
                  : ", "
                      + pick(
                          List.of(
                              "'[Y0001]-[M01]-[D01]'",
                              "'[FNn], [D1o] [MNn] [Y]'",
                              "'[H]:[m]:[s].[f]'",
                              "'[h]:[m01] [P]'",
                              "'[X]-W[W01]-[F1]'",
                              "'[d] [w] [x]'",
                              "'[Z] [z]'",
                              "'[M,*-3] [MNn,3-3]'",
                              "'[Yi] [DW]'"))
                      + (chance(2) ? "" : ", " + pick(List.of("'+0530'", "'-0500'", "'+0000'"))))
              + ")";
      case 13 -> "$encodeUrlComponent(" + text(depth - 1) + ")";
      case 14 -> "$encodeUrl(" + text(depth - 1) + ")";
      case 15 -> "$base64encode(" + pick(TEXTS) + ")";
      case 16 -> "$type(" + any(depth - 1) + ")";
      default -> text(0);
    };
  }

  private String bool(int depth) {
    if (depth <= 0) {
      return pick(List.of("true", "false", "yes", "no", "n > 3", "name = 'Ada'", "missing"));
    }
    return switch (random.nextInt(10)) {
      case 0, 1 -> any(depth - 1) + pick(List.of(" = ", " != ")) + any(depth - 1);
      case 2, 3 -> any(depth - 1) + pick(List.of(" < ", " <= ", " > ", " >= ")) + any(depth - 1);
      case 4 -> bool(depth - 1) + pick(List.of(" and ", " or ")) + bool(depth - 1);
      case 5 -> any(depth - 1) + " in " + array(depth - 1);
      case 6 -> "$" + pick(List.of("not", "boolean", "exists")) + "(" + any(depth - 1) + ")";
      case 7 ->
          "$contains(" + text(depth - 1) + ", " + (chance(2) ? pick(TEXTS) : pick(REGEXES)) + ")";
      default -> bool(0);
    };
  }

  private String words(int depth) {
    return switch (random.nextInt(4)) {
      case 0 -> "words";
      case 1 -> "items.sku";
      case 2 ->
          "$split("
              + text(depth - 1)
              + ", "
              + (chance(2) ? pick(TEXTS) : pick(REGEXES))
              + (chance(3) ? ", " + random.nextInt(3) : "")
              + ")";
      default -> "[" + pick(TEXTS) + ", " + pick(TEXTS) + "]";
    };
  }

  private String array(int depth) {
    if (depth <= 0) {
      return pick(
          List.of("list", "words", "mixed", "nested", "one", "none", "items", "[1, 2]", "missing"));
    }
    return switch (random.nextInt(15)) {
      case 0, 1 ->
          "["
              + IntStream.range(0, random.nextInt(4))
                  .mapToObj(_ -> any(depth - 1))
                  .collect(Collectors.joining(", "))
              + "]";
      case 2 -> "[" + pick(NUMBERS) + ".." + pick(List.of("0", "3", "n", "5")) + "]";
      case 3 -> "$append(" + any(depth - 1) + ", " + any(depth - 1) + ")";
      case 4 -> "$" + pick(List.of("reverse", "distinct", "sort")) + "(" + array(depth - 1) + ")";
      case 5 -> "$sort(" + array(depth - 1) + ", function($l, $r) { " + comparison() + " })";
      case 6 -> "$zip(" + array(depth - 1) + ", " + array(depth - 1) + ")";
      case 7 -> words(depth);
      case 8 ->
          "$match("
              + text(depth - 1)
              + ", "
              + pick(REGEXES)
              + (chance(3) ? ", " + random.nextInt(3) : "")
              + ")";
      case 9 -> "$keys(" + any(depth - 1) + ")";
      case 10 -> "$spread(" + any(depth - 1) + ")";
      case 11 -> higherOrder(depth);
      default -> array(0);
    };
  }

  private String comparison() {
    return pick(
        List.of(
            "$l > $r",
            "$l < $r",
            "$l.price > $r.price",
            "$l.sku > $r.sku",
            "true",
            "false",
            "$l.missing"));
  }

  private String object(int depth) {
    return switch (random.nextInt(6)) {
      case 0 -> "{}";
      case 1 -> "{'a': " + any(depth - 1) + "}";
      case 2 -> "{'a': " + any(depth - 1) + ", 'b': " + any(depth - 1) + "}";
      case 3 -> "{" + pick(KEYS) + ": " + any(depth - 1) + ", 'b': " + leaf() + "}";
      case 4 -> "$merge(" + (chance(2) ? "items" : "[" + object(depth - 1) + ", bare]") + ")";
      default -> "$sift(items[0], function($v, $k) { " + lambdaBody("$v", depth - 1) + " })";
    };
  }

  private String lambdaBody(String value, int depth) {
    return switch (random.nextInt(9)) {
      case 0 -> value;
      case 1 -> value + ".price";
      case 2 -> value + " = " + leaf();
      case 3 -> "$string(" + value + ")";
      case 4 -> "[" + value + "]";
      case 5 -> value + " & 'x'";
      case 6 -> "$type(" + value + ")";
      case 7 -> value + ".tags";
      default -> depth > 0 ? any(depth - 1) : "true";
    };
  }

  private String higherOrder(int depth) {
    return switch (random.nextInt(10)) {
      case 0, 1 -> "$map(" + array(depth - 1) + ", " + function(depth - 1) + ")";
      case 2, 3 ->
          "$map("
              + array(depth - 1)
              + ", function($v, $i, $a) { "
              + lambdaBody("$v", depth - 1)
              + " })";
      case 4, 5 ->
          "$filter("
              + array(depth - 1)
              + ", function($v, $i) { "
              + lambdaBody("$v", depth - 1)
              + " })";
      case 6 ->
          "$reduce("
              + array(depth - 1)
              + ", function($p, $q) { "
              + pick(List.of("$p + $q", "$p & $q", "$append($p, $q)", "$q", "[$p, $q]"))
              + " }"
              + (chance(2) ? "" : ", " + leaf())
              + ")";
      case 7 ->
          "$each("
              + pick(List.of("customer", "items[0]", "bare"))
              + ", function($v, $k) { "
              + lambdaBody("$v", depth - 1)
              + " })";
      case 8 ->
          "$single(" + array(depth - 1) + ", function($v) { " + lambdaBody("$v", depth - 1) + " })";
      default -> "(" + function(depth - 1) + ")(" + any(depth - 1) + ")";
    };
  }

  private String function(int depth) {
    return switch (random.nextInt(7)) {
      case 0 -> "function($v) { " + lambdaBody("$v", depth - 1) + " }";
      case 1 -> "function($v, $i) { [$v, $i] }";
      case 2 -> "function($v)<x:x> { " + lambdaBody("$v", depth - 1) + " }";
      case 3 -> "$append(?, " + leaf() + ")";
      case 4 -> "function($v)<n:n> { $v + 1 }";
      default ->
          "$"
              + pick(
                  List.of(
                      "string",
                      "type",
                      "count",
                      "sum",
                      "uppercase",
                      "length",
                      "not",
                      "exists",
                      "reverse",
                      "keys",
                      "number",
                      "boolean",
                      "distinct",
                      "spread",
                      "join",
                      "max"));
    };
  }

  private String call(int depth) {
    return switch (random.nextInt(8)) {
      case 0 -> "$lookup(" + any(depth - 1) + ", '" + pick(ITEM_FIELDS) + "')";
      case 1 ->
          "$toMillis(" + pick(List.of("at", "day", "'2026'", "'x'", "'2026-02-30'", "name")) + ")";
      case 2 ->
          "$toMillis("
              + pick(
                  List.of(
                      "'2026-01-02', '[Y]-[M]-[D]'",
                      "'3 Jan 2026', '[D] [MNn,3-3] [Y]'",
                      "'2026-03-04 10:30 pm', '[Y]-[M]-[D] [h]:[m] [P]'",
                      "'20260102', '[Y0001][M01][D01]'",
                      "'2026-060', '[Y]-[d001]'"))
              + ")";
      case 3 -> "$error(" + text(depth - 1) + ")";
      case 4 -> "$assert(" + bool(depth - 1) + ", 'bad')";
      case 5 -> "$clone(" + any(depth - 1) + ")";
      case 6 ->
          "$"
              + pick(List.of("sum", "uppercase", "keys", "map", "join"))
              + "("
              + any(depth - 1)
              + ", "
              + any(depth - 1)
              + ")";
      default -> "$" + pick(FIELDS) + "(" + any(depth - 1) + ")";
    };
  }
}
