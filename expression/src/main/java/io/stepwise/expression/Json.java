package io.stepwise.expression;

import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * How Stepwise reads and prints JSON: one place for limits and number forms.
 *
 * <p>Limits: 100 levels deep; a longer text is refused by whoever knows its own limit.
 */
public final class Json {
  /** Deepest nesting accepted. */
  public static final int DEPTH_MAX = 100;

  private static final JsonMapper MAPPER = mapper(false);
  private static final JsonMapper STRICT = mapper(true);

  private Json() {}

  /** The factory of all our trees. */
  public static JsonNodeFactory nodes() {
    return JsonNodeFactory.instance;
  }

  /** The mapper behind this class, for streaming; its configuration is fixed. */
  public static JsonMapper mapper() {
    return MAPPER;
  }

  /** Reads exactly one JSON value. Errors: {@link InvalidJsonException} with Jackson's message. */
  public static JsonNode parse(String text) throws InvalidJsonException {
    return parse(MAPPER, text);
  }

  /** As {@link #parse}, and refuses an object that names a key twice. */
  public static JsonNode parseWithoutDuplicates(String text) throws InvalidJsonException {
    return parse(STRICT, text);
  }

  /** Reads text that was printed by us or validated before. */
  public static JsonNode parseTrusted(String text) {
    return MAPPER.readTree(text);
  }

  /** Prints compactly, as AWS prints computed values. */
  public static String print(JsonNode tree) {
    return MAPPER.writeValueAsString(tree);
  }

  /** As {@link #print}, in UTF-8; half of a surrogate pair, which has no form in it, is escaped. */
  public static byte[] printUtf8(JsonNode tree) {
    return MAPPER.writeValueAsBytes(tree);
  }

  /** As {@link #printUtf8(JsonNode)}, an object whose members {@code members} writes. */
  public static byte[] printUtf8(Consumer<JsonGenerator> members) {
    var bytes = new ByteArrayOutputStream(1_024);
    try (var out = MAPPER.createGenerator(bytes)) {
      out.writeStartObject();
      members.accept(out);
      out.writeEndObject();
    }
    return bytes.toByteArray();
  }

  private static JsonNode parse(JsonMapper mapper, String text) throws InvalidJsonException {
    try {
      var tree = mapper.readTree(text);
      if (tree.isMissingNode()) {
        throw new InvalidJsonException("No content to map due to end-of-input");
      }
      return tree;
    } catch (JacksonException e) {
      // Jackson names a class of its own where something follows the value.
      throw new InvalidJsonException(
          String.valueOf(e.getMessage()).replace("tools.jackson.databind.", ""));
    }
  }

  private static JsonMapper mapper(boolean refuseDuplicates) {
    var factory =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH_MAX)
                    .maxStringLength(16 << 20)
                    .build())
            .configure(StreamReadFeature.STRICT_DUPLICATE_DETECTION, refuseDuplicates)
            .build();
    return JsonMapper.builder(factory)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .build();
  }
}
