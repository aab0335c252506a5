package io.stepwise.connectors.aws.wire;

import io.stepwise.aws.model.Dialect;
import io.stepwise.aws.model.ModelMember;
import io.stepwise.aws.model.ModelShape;
import io.stepwise.aws.model.ModelShape.Kind;
import io.stepwise.aws.model.ModelShape.TimeFormat;
import io.stepwise.expression.Json;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Texts, numbers, times and blobs on the wire. */
final class Scalars {
  private static final DateTimeFormatter RFC_822 =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);
  private static final Pattern ZONED = Pattern.compile(".*(?:[Zz]|[+-][0-9]{2}:?[0-9]{2})");

  /** Longest number of seconds read; more digits than a moment has cost time alone. */
  private static final int SECONDS_DIGITS_MAX = 40;

  private Scalars() {}

  /** A value as text; anything but a text as the JSON that it is. */
  static String text(JsonNode value) {
    return value.isString() ? value.stringValue() : Json.print(value);
  }

  /** A value of a shape as text, a time in {@code format} unless the shape says otherwise. */
  static String text(ModelShape shape, TimeFormat time, JsonNode value, TimeFormat format) {
    return switch (shape.kind()) {
      case TIMESTAMP -> time(first(time, shape.timeFormat(), format), value);
      case BLOB -> base64(value);
      default -> text(value);
    };
  }

  /** As {@link #text(ModelShape, TimeFormat, JsonNode, TimeFormat)}. */
  static String text(ModelMember member, JsonNode value, TimeFormat format) {
    return text(member.shape(), member.timeFormat(), value, format);
  }

  /** The first format that is one. */
  static TimeFormat first(TimeFormat... formats) {
    for (var format : formats) {
      if (format != TimeFormat.ANY) {
        return format;
      }
    }
    return TimeFormat.ISO_8601;
  }

  /** The bytes of a text, or of the JSON of any other value, in base64. */
  static String base64(JsonNode value) {
    return Base64.getEncoder().encodeToString(text(value).getBytes(StandardCharsets.UTF_8));
  }

  /** A time in JSON. */
  static JsonNode jsonTime(TimeFormat format, JsonNode value) {
    var text = time(format, value);
    return format == TimeFormat.EPOCH_SECONDS
        ? Json.nodes().numberNode(new BigDecimal(text))
        : Json.nodes().stringNode(text);
  }

  /** A time, given as ISO 8601 or in seconds. */
  static String time(TimeFormat format, JsonNode value) {
    Instant instant;
    try {
      instant = value.isNumber() ? ofSeconds(value.decimalValue()) : parseTime(text(value));
    } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
      throw new BadParameters("Expected a time in ISO 8601, found " + Json.print(value));
    }
    return switch (format) {
      case EPOCH_SECONDS ->
          BigDecimal.valueOf(instant.toEpochMilli(), 3).stripTrailingZeros().toPlainString();
      case RFC_822 -> RFC_822.format(instant);
      case ISO_8601, ANY -> DateTimeFormatter.ISO_INSTANT.format(instant);
    };
  }

  private static Instant ofSeconds(BigDecimal seconds) {
    if (Math.abs((long) seconds.precision() - seconds.scale()) > SECONDS_DIGITS_MAX) {
      throw new ArithmeticException("no moment");
    }
    return Instant.ofEpochMilli(seconds.movePointRight(3).longValue());
  }

  private static Instant parseTime(String text) {
    if (!text.isEmpty() && text.indexOf('T') < 0 && text.indexOf(',') < 0) {
      if (text.length() > SECONDS_DIGITS_MAX) {
        throw new ArithmeticException("no moment");
      }
      return ofSeconds(new BigDecimal(text));
    }
    if (text.contains(",")) {
      return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    }
    return ZONED.matcher(text).matches()
        ? OffsetDateTime.parse(text).toInstant()
        : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
  }

  /** A time of an answer, as results have it; what is no time is handed on as it is. */
  static JsonNode timeResult(Dialect dialect, JsonNode value) {
    try {
      var instant = value.isNumber() ? ofSeconds(value.decimalValue()) : parseTime(text(value));
      return dialect == Dialect.OPTIMIZED
          ? Json.nodes().numberNode(instant.toEpochMilli())
          : Json.nodes().stringNode(DateTimeFormatter.ISO_INSTANT.format(instant));
    } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
      return value;
    }
  }

  /** A blob of an answer: its text, or base64 where the bytes are no text. */
  static String blobResult(String base64) {
    byte[] bytes;
    try {
      bytes = Base64.getMimeDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new BadAnswer("Expected base64 for a blob");
    }
    return bytesResult(bytes);
  }

  /** As {@link #blobResult}, of the bytes. */
  static String bytesResult(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return Base64.getEncoder().encodeToString(bytes);
    }
  }

  /** A text of an answer, in XML or a header, as a value of its shape. */
  static JsonNode result(Dialect dialect, ModelShape shape, String text) {
    var nodes = Json.nodes();
    try {
      return switch (shape.kind()) {
        case BOOLEAN -> nodes.booleanNode(text.equalsIgnoreCase("true"));
        case INTEGER, LONG -> nodes.numberNode(Long.parseLong(text.strip()));
        case FLOAT, DOUBLE ->
            Double.isFinite(Double.parseDouble(text))
                ? nodes.numberNode(Double.parseDouble(text))
                : nodes.stringNode(text);
        case TIMESTAMP -> timeResult(dialect, nodes.stringNode(text));
        case BLOB -> nodes.stringNode(blobResult(text));
        default -> nodes.stringNode(text);
      };
    } catch (NumberFormatException e) {
      throw new BadAnswer("Expected a number, found '" + cut(text) + "'");
    }
  }

  private static String cut(String text) {
    return text.length() > 40 ? text.substring(0, 40) + "…" : text;
  }

  /** Percent-encodes everything that is not unreserved. */
  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }

  /** As {@link #encode}, but slashes stay. */
  static String encodePath(String text) {
    return encode(text).replace("%2F", "/");
  }

  /** Whether a value of that kind is text in a message of XML or a header. */
  static boolean isScalar(Kind kind) {
    return kind != Kind.STRUCTURE && kind != Kind.LIST && kind != Kind.MAP;
  }
}
