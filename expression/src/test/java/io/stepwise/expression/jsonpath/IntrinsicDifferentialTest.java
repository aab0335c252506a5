package io.stepwise.expression.jsonpath;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepwise.expression.EvaluationException;
import io.stepwise.expression.InvalidExpressionException;
import io.stepwise.expression.Json;
import io.stepwise.expression.TestBindings;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Calls of intrinsic functions in each other, from a seed, beside what their documentation says, on
 * plain lists, maps and texts.
 *
 * <p>{@code -Dstepwise.differential=N} goes on for N seconds with fresh calls, {@code
 * -Dstepwise.seed=N} says from which seed.
 */
final class IntrinsicDifferentialTest {
  /** Whole numbers are equal if they are of one class. */
  private static final JsonMapper LONGS =
      JsonMapper.builder().enable(DeserializationFeature.USE_LONG_FOR_INTS).build();

  private static final String FAILURE = "States.IntrinsicFailure";
  private static final String[] TEXTS = {
    "", " ", "a,b", "a,,b;c", "é😀", "eA==", "[1,{\"a\":null}]", "x y", "!", "{}"
  };
  private static final String[] HASHES = {"MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512"};

  /** A call or argument, and its value; none of what can't be computed. */
  private record Part(String text, @Nullable Object value, boolean fails) {
    static Part of(String text, @Nullable Object value) {
      return new Part(text, value, false);
    }
  }

  /** What a function can't be applied to. */
  private static final class Misused extends Exception {
    private static final long serialVersionUID = 1L;
  }

  /** So that a build fails by its own changes. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void doesWhatIsDocumentedOnTheCallsOfAFixedSeed(long seed) throws InvalidExpressionException {
    var calls = new Calls(new Random(seed));
    for (var i = 0; i < 8_000; i++) {
      calls.compare(seed);
    }
  }

  /** So that something is found. */
  @Test
  @EnabledIfSystemProperty(named = "stepwise.differential", matches = "\\d+")
  void doesWhatIsDocumentedOnFreshCalls() throws InvalidExpressionException {
    var seed = Long.getLong("stepwise.seed", System.nanoTime());
    var calls = new Calls(new Random(seed));
    var end = System.nanoTime() + Long.getLong("stepwise.differential", 20) * 1_000_000_000L;
    var count = 0;
    for (; System.nanoTime() < end; count++) {
      calls.compare(seed);
    }
    System.out.printf("Intrinsic functions, seed %d: %d calls%n", seed, count);
  }

  /** Makes calls. */
  private static final class Calls {
    private final Random random;
    private Map<String, @Nullable Object> input = new LinkedHashMap<>();

    Calls(Random random) {
      this.random = random;
    }

    void compare(long seed) throws InvalidExpressionException {
      input = new LinkedHashMap<>();
      var call = call(3);
      var json = Json.mapper().<JsonNode>valueToTree(input);
      String ours;
      try {
        ours = IntrinsicCall.compile(call.text).evaluate(TestBindings.input(json)).toString();
      } catch (EvaluationException e) {
        ours = e.error();
      }
      var wanted =
          call.fails ? FAILURE : Json.mapper().<JsonNode>valueToTree(call.value).toString();
      assertThat(ours).as("seed %d, %s on %s".formatted(seed, call.text, json)).isEqualTo(wanted);
    }

    /** A literal, a path to a value, or a call. */
    private Part argument(int depth) {
      return switch (random.nextInt(depth > 0 ? 8 : 4)) {
        case 0 -> literal();
        case 1, 2, 3 -> path(value(2));
        default -> call(depth - 1);
      };
    }

    /** Most often what a function wants, else anything. */
    private Part argument(int depth, @Nullable Object fitting) {
      return random.nextInt(5) == 0 ? argument(depth) : path(fitting);
    }

    private Part literal() {
      return switch (random.nextInt(5)) {
        case 0 -> Part.of("null", null);
        case 1 -> Part.of("true", true);
        case 2 -> Part.of("'it\\'s'", "it's");
        case 3 -> Part.of("-7", -7L);
        default -> Part.of("1.5", 1.5);
      };
    }

    private Part path(@Nullable Object value) {
      var name = "p" + input.size();
      input.put(name, value);
      return Part.of("$." + name, value);
    }

    private @Nullable Object value(int depth) {
      return switch (random.nextInt(depth > 0 ? 9 : 6)) {
        case 0 -> null;
        case 1 -> random.nextBoolean();
        case 2 -> random.nextInt(9) - 3L;
        case 3 -> random.nextInt(9) - 3.5;
        case 4, 5 -> text();
        case 6 -> object(depth - 1);
        default -> list(depth - 1);
      };
    }

    private String text() {
      return TEXTS[random.nextInt(TEXTS.length)];
    }

    private List<@Nullable Object> list(int depth) {
      List<@Nullable Object> list = new ArrayList<>();
      for (var i = random.nextInt(6); i > 0; i--) {
        list.add(value(depth));
      }
      return list;
    }

    private Map<String, @Nullable Object> object(int depth) {
      Map<String, @Nullable Object> object = new LinkedHashMap<>();
      for (var i = random.nextInt(4); i > 0; i--) {
        object.put("k" + random.nextInt(4), value(depth));
      }
      return object;
    }

    private Object number() {
      return random.nextInt(6) == 0
          ? List.<Object>of(2147483647L, -2147483648L, 2147483648L, 1e300).get(random.nextInt(4))
          : random.nextBoolean() ? (Object) (random.nextInt(12) - 3L) : random.nextInt(12) - 3.5;
    }

    private Part call(int depth) {
      return switch (random.nextInt(15)) {
        case 0 -> apply("Array", arguments(depth, random.nextInt(4)), ArrayList::new);
        case 1 -> apply("ArrayLength", List.of(some(depth)), a -> (long) array(a.get(0)).size());
        case 2 ->
            apply(
                "ArrayGetItem",
                List.of(some(depth), argument(depth, random.nextInt(7) - 1L)),
                a -> item(array(a.get(0)), integer(a.get(1))));
        case 3 ->
            apply(
                "ArrayContains",
                List.of(some(depth), argument(depth)),
                a -> array(a.get(0)).contains(a.get(1)));
        case 4 -> apply("ArrayUnique", List.of(some(depth)), a -> unique(array(a.get(0))));
        case 5 ->
            apply(
                "ArrayPartition",
                List.of(some(depth), argument(depth, number())),
                a -> chunks(array(a.get(0)), integer(a.get(1))));
        case 6 ->
            apply(
                "ArrayRange",
                List.of(
                    argument(depth, number()),
                    argument(depth, number()),
                    argument(depth, number())),
                a -> range(integer(a.get(0)), integer(a.get(1)), integer(a.get(2))));
        case 7 ->
            apply(
                "MathAdd",
                List.of(argument(depth, number()), argument(depth, number())),
                a -> integer(a.get(0)) + integer(a.get(1)));
        case 8 ->
            apply(
                "StringSplit",
                List.of(argument(depth, text()), argument(depth, ",;")),
                a -> pieces(string(a.get(0)), string(a.get(1))));
        case 9 -> apply("JsonToString", List.of(argument(depth)), a -> print(a.get(0)));
        case 10 ->
            apply(
                "StringToJson",
                List.of(argument(depth, print(value(2)))),
                a -> parse(string(a.get(0))));
        case 11 ->
            apply(
                "Base64Encode",
                List.of(argument(depth, text())),
                a -> Base64.getEncoder().encodeToString(bytes(string(a.get(0)))));
        case 12 ->
            apply(
                "Hash",
                List.of(argument(depth), argument(depth, HASHES[random.nextInt(HASHES.length)])),
                a -> hash(a.get(0), string(a.get(1))));
        case 13 ->
            apply(
                "JsonMerge",
                List.of(argument(depth, object(1)), argument(depth, object(1)), literalFalse()),
                a -> {
                  require(Boolean.FALSE.equals(a.get(2)));
                  return merged(a.get(0), a.get(1));
                });
        default -> format();
      };
    }

    private Part some(int depth) {
      return argument(depth, list(1));
    }

    private Part literalFalse() {
      return random.nextInt(8) == 0 ? Part.of("true", true) : Part.of("false", false);
    }

    private List<Part> arguments(int depth, int count) {
      List<Part> arguments = new ArrayList<>();
      for (var i = 0; i < count; i++) {
        arguments.add(argument(depth));
      }
      return arguments;
    }

    /** With as many places as values, or one more or less. */
    private Part format() {
      List<Part> values = new ArrayList<>();
      values.add(literal());
      for (var i = random.nextInt(3); i > 0; i--) {
        values.add(path(random.nextBoolean() ? text() : value(0)));
      }
      var places = values.size() + (random.nextInt(6) == 0 ? random.nextInt(3) - 1 : 0);
      var template = new StringBuilder();
      var text = new StringBuilder();
      for (var i = 0; i < places; i++) {
        template.append("a\\{b\\}{} ");
        text.append("a{b}").append(i < values.size() ? values.get(i).value : "").append(' ');
      }
      var all = new ArrayList<Part>();
      all.add(Part.of("'" + template + "'", template.toString()));
      all.addAll(values);
      return apply(
          "Format",
          all,
          _ -> {
            require(places == values.size());
            return text.toString();
          });
    }

    private interface Meaning {
      @Nullable Object of(List<@Nullable Object> arguments) throws Misused;
    }

    private static Part apply(String name, List<Part> arguments, Meaning meaning) {
      var texts = new ArrayList<String>();
      List<@Nullable Object> values = new ArrayList<>();
      var fails = false;
      for (var argument : arguments) {
        texts.add(argument.text);
        values.add(argument.value);
        fails |= argument.fails;
      }
      var text = "States." + name + "(" + String.join(", ", texts) + ")";
      try {
        return fails ? new Part(text, null, true) : Part.of(text, meaning.of(values));
      } catch (Misused _) {
        return new Part(text, null, true);
      }
    }
  }

  private static void require(boolean holds) throws Misused {
    if (!holds) {
      throw new Misused();
    }
  }

  private static List<?> array(@Nullable Object value) throws Misused {
    require(value instanceof List);
    return value instanceof List<?> list ? list : List.of();
  }

  private static String string(@Nullable Object value) throws Misused {
    require(value instanceof String);
    return String.valueOf(value);
  }

  /** A number rounded to the nearest whole one, up where there are two. */
  private static long integer(@Nullable Object value) throws Misused {
    require(value instanceof Number);
    var rounded = value instanceof Number number ? Math.floor(number.doubleValue() + 0.5) : 0;
    require(rounded == (int) rounded);
    return (long) rounded;
  }

  private static @Nullable Object item(List<?> list, long index) throws Misused {
    require(index >= 0 && index < list.size());
    return list.get((int) index);
  }

  private static List<@Nullable Object> unique(List<?> list) {
    List<@Nullable Object> unique = new ArrayList<>();
    for (var item : list) {
      if (!unique.contains(item)) {
        unique.add(item);
      }
    }
    return unique;
  }

  private static List<List<?>> chunks(List<?> list, long size) throws Misused {
    require(size > 0);
    var chunks = new ArrayList<List<?>>();
    for (var i = 0L; i < list.size(); i += size) {
      chunks.add(list.subList((int) i, (int) Math.min(list.size(), i + size)));
    }
    return chunks;
  }

  private static List<Long> range(long first, long last, long step) throws Misused {
    require(step != 0);
    var range = new ArrayList<Long>();
    for (var i = first; step > 0 ? i <= last : i >= last; i += step) {
      range.add(i);
      require(range.size() <= 1000);
    }
    return range;
  }

  /** Every character of the second text separates; what is empty is left out. */
  private static List<String> pieces(String text, String separators) {
    var pieces = new ArrayList<String>();
    var start = 0;
    for (var i = 0; i <= text.length(); i++) {
      if (i == text.length() || separators.indexOf(text.charAt(i)) >= 0) {
        if (i > start) {
          pieces.add(text.substring(start, i));
        }
        start = i + 1;
      }
    }
    return pieces;
  }

  private static String print(@Nullable Object value) {
    return Json.mapper().<JsonNode>valueToTree(value).toString();
  }

  private static @Nullable Object parse(String text) throws Misused {
    if (text.isBlank()) {
      return null;
    }
    try {
      return LONGS.readValue(text, Object.class);
    } catch (RuntimeException _) {
      throw new Misused();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String hash(@Nullable Object value, String algorithm) throws Misused {
    require(List.of(HASHES).contains(algorithm));
    var text = value instanceof String string ? string : print(value);
    try {
      var hex = new StringBuilder();
      for (var b : MessageDigest.getInstance(algorithm).digest(bytes(text))) {
        hex.append(Character.forDigit(b >> 4 & 15, 16)).append(Character.forDigit(b & 15, 16));
      }
      return hex.toString();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<Object, @Nullable Object> merged(@Nullable Object one, @Nullable Object other)
      throws Misused {
    require(one instanceof Map && other instanceof Map);
    Map<Object, @Nullable Object> merged = new LinkedHashMap<>();
    for (var each : new Object[] {one, other}) {
      if (each instanceof Map<?, ?> map) {
        merged.putAll(map);
      }
    }
    return merged;
  }
}
