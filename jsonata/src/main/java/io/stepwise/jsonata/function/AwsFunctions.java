package io.stepwise.jsonata.function;

import io.stepwise.jsonata.JsonataException;
import io.stepwise.jsonata.value.Evaluation;
import io.stepwise.jsonata.value.Items;
import io.stepwise.jsonata.value.Values;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** The functions AWS adds. Source: the developer guide, Transforming data with JSONata. */
final class AwsFunctions {
  private static final Set<String> ALGORITHMS =
      Set.of("MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512");
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private AwsFunctions() {}

  static void define(Library library) {
    library.define("partition", "<an:a>", 2, AwsFunctions::partition);
    library.define("range", "<nnn:a>", 3, AwsFunctions::range);
    library.define("hash", "<ss:s>", 2, AwsFunctions::hash);
    library.define("random", "<n?:n>", 1, AwsFunctions::random);
    library.define("uuid", "<:s>", 0, (e, _) -> Values.text(e.moment().nextUuid()));
    library.define("parse", "<s-:x>", 1, AwsFunctions::parse);
  }

  private static JsonataException failure(String text) {
    return JsonataException.withText("D3137", text);
  }

  private static JsonNode random(Evaluation evaluation, @Nullable JsonNode[] a) {
    return Values.number(
        a[0] == null
            ? evaluation.moment().nextDouble()
            : new Random((long) Math.floor(Values.toDouble(a[0]))).nextDouble());
  }

  private static @Nullable JsonNode partition(Evaluation evaluation, @Nullable JsonNode[] a) {
    if (!(a[0] instanceof ArrayNode array) || a[1] == null) {
      return null;
    }
    var size = (long) Math.floor(Values.toDouble(a[1]));
    if (size <= 0) {
      throw failure("The second argument of partition function must be a positive number");
    }
    var chunks = Items.array(8);
    for (var from = 0L; from < array.size(); from += size) {
      var chunk = Items.array((int) Math.min(size, array.size() - from));
      for (var i = from; i < Math.min(array.size(), from + size); i++) {
        evaluation.step();
        chunk.push(array.get((int) i), evaluation);
      }
      chunks.push(chunk, evaluation);
    }
    return chunks;
  }

  private static @Nullable JsonNode range(Evaluation evaluation, @Nullable JsonNode[] a) {
    if (a[0] == null || a[1] == null || a[2] == null) {
      return null;
    }
    var first = Math.floor(Values.toDouble(a[0]));
    var last = Math.floor(Values.toDouble(a[1]));
    var step = Math.floor(Values.toDouble(a[2]));
    if (step == 0) {
      throw failure("The third argument of range function must not be zero");
    }
    var count = Math.max(0, Math.floor((last - first) / step) + 1);
    evaluation.require(12 * count);
    // A sequence, so that a single number stands for itself. Source: recorded, array_range.
    var range = Items.sequence();
    for (var i = 0L; i < (long) count; i++) {
      evaluation.step();
      range.push(Values.number(first + i * step), evaluation);
    }
    return range;
  }

  private static @Nullable JsonNode hash(Evaluation evaluation, @Nullable JsonNode[] a) {
    if (a[0] == null || a[1] == null) {
      return null;
    }
    var algorithm = Values.string(a[1]);
    if (!ALGORITHMS.contains(algorithm)) {
      throw failure(
          "The second argument of hash function must be one of MD5, SHA-1, SHA-256,"
              + " SHA-384, SHA-512");
    }
    var text = Values.string(a[0]);
    evaluation.steps(text.length() >> 2);
    try {
      var digest = MessageDigest.getInstance(algorithm);
      return TextFunctions.text(
          HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8))),
          evaluation);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has these
    }
  }

  private static @Nullable JsonNode parse(Evaluation evaluation, @Nullable JsonNode[] a) {
    if (a[0] == null) {
      return null;
    }
    var text = Values.string(a[0]);
    evaluation.built(2L * text.length());
    evaluation.steps(text.length() >> 2);
    try {
      var value = MAPPER.readTree(text);
      if (value.isMissingNode()) {
        throw failure("The argument of parse function must be valid JSON text");
      }
      return value;
    } catch (JacksonException _) {
      throw failure("The argument of parse function must be valid JSON text");
    }
  }
}
