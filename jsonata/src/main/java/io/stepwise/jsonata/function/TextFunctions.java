package io.stepwise.jsonata.function;

import io.stepwise.jsonata.JsonataException;
import io.stepwise.jsonata.value.Evaluation;
import io.stepwise.jsonata.value.Text;
import io.stepwise.jsonata.value.Values;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** Functions of text, but for those that search. */
final class TextFunctions {
  /** What encodeURI leaves alone beside letters and digits, and what encodeURIComponent does. */
  private static final String PLAIN_URL = "-_.!~*'();/?:@&=+$,#";

  private static final String PLAIN_COMPONENT = "-_.!~*'()";
  private static final String RESERVED = ";/?:@&=+$,#";

  private TextFunctions() {}

  static void define(Library library) {
    library.define("string", "<x-b?:s>", 1, TextFunctions::string);
    library.define("substring", "<s-nn?:s>", 3, TextFunctions::substring);
    library.define("lowercase", "<s-:s>", 1, (e, a) -> cased(e, a[0], false));
    library.define("uppercase", "<s-:s>", 1, (e, a) -> cased(e, a[0], true));
    library.define("length", "<s-:n>", 1, TextFunctions::length);
    library.define("trim", "<s-:s>", 1, TextFunctions::trim);
    library.define("pad", "<s-ns?:s>", 3, TextFunctions::pad);
    library.define("join", "<a<s>s?:s>", 2, TextFunctions::join);
    library.define("base64encode", "<s-:s>", 1, TextFunctions::base64encode);
    library.define("base64decode", "<s-:s>", 1, TextFunctions::base64decode);
    library.define(
        "encodeUrlComponent", "<s-:s>", 1, (e, a) -> encode(e, a[0], "encodeUrlComponent"));
    library.define("encodeUrl", "<s-:s>", 1, (e, a) -> encode(e, a[0], "encodeUrl"));
    library.define(
        "decodeUrlComponent", "<s-:s>", 1, (e, a) -> decode(e, a[0], "decodeUrlComponent"));
    library.define("decodeUrl", "<s-:s>", 1, (e, a) -> decode(e, a[0], "decodeUrl"));
  }

  /** A text that was built, paid for. */
  static JsonNode text(String value, Evaluation evaluation) {
    evaluation.text(value.length());
    return Values.text(value);
  }

  private static @Nullable JsonNode string(Evaluation evaluation, @Nullable JsonNode[] a) {
    if (a[0] == null) {
      return null;
    }
    return Values.text(Text.of(a[0], Values.isTrue(a[1]), evaluation));
  }

  private static @Nullable JsonNode cased(
      Evaluation evaluation, @Nullable JsonNode value, boolean upper) {
    if (value == null) {
      return null;
    }
    var text = Values.string(value);
    evaluation.steps(text.length() >> 5);
    return text(upper ? Casing.upper(text) : Casing.lower(text), evaluation);
  }

  private static @Nullable JsonNode length(Evaluation evaluation, @Nullable JsonNode[] a) {
    if (a[0] == null) {
      return null;
    }
    var text = Values.string(a[0]);
    evaluation.steps(text.length() >> 5);
    return Values.number(text.codePointCount(0, text.length()));
  }

  private static @Nullable JsonNode substring(Evaluation evaluation, @Nullable JsonNode[] a) {
    if (a[0] == null) {
      return null;
    }
    var text = Values.string(a[0]);
    var size = text.codePointCount(0, text.length());
    var start = a[1] == null ? Double.NaN : Values.toDouble(a[1]);
    if (size + start < 0) {
      start = 0;
    }
    var end = (double) size;
    if (a[2] != null) {
      var length = Values.toDouble(a[2]);
      if (length <= 0) {
        return Values.text("");
      }
      end = start >= 0 ? start + length : size + start + length;
    }
    var from = slice(start, size);
    var to = slice(end, size);
    if (from >= to) {
      return Values.text("");
    }
    var begin = text.offsetByCodePoints(0, from);
    return text(text.substring(begin, text.offsetByCodePoints(begin, to - from)), evaluation);
  }

  /** An offset as JavaScript's slice takes it: cut to a whole number, from the end if negative. */
  private static int slice(double offset, int size) {
    if (Double.isNaN(offset)) {
      return 0;
    }
    var whole = offset < 0 ? Math.ceil(offset) : Math.floor(offset);
    return (int) Math.max(0, Math.min(size, whole < 0 ? size + whole : whole));
  }

  private static @Nullable JsonNode trim(Evaluation evaluation, @Nullable JsonNode[] a) {
    if (a[0] == null) {
      return null;
    }
    var text = Values.string(a[0]);
    var result = new StringBuilder(text.length());
    var space = false;
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
        space = true;
        continue;
      }
      if (space && !result.isEmpty()) {
        result.append(' ');
      }
      space = false;
      result.append(c);
    }
    return text(result.toString(), evaluation);
  }

  private static @Nullable JsonNode pad(Evaluation evaluation, @Nullable JsonNode[] a) {
    if (a[0] == null) {
      return null;
    }
    var text = Values.string(a[0]);
    var width = a[1] == null ? 0 : Values.toDouble(a[1]);
    var fill = a[2] == null || Values.string(a[2]).isEmpty() ? " " : Values.string(a[2]);
    var missing = Math.abs(width) - text.codePointCount(0, text.length());
    if (missing <= 0) {
      return a[0];
    }
    evaluation.require(2 * (missing * Math.min(2, fill.length()) + text.length()));
    var count = (int) missing;
    var unit = fill.codePointCount(0, fill.length());
    var padding = fill.repeat(count / unit);
    padding += fill.substring(0, fill.offsetByCodePoints(0, count % unit));
    return text(width > 0 ? text + padding : padding + text, evaluation);
  }

  private static @Nullable JsonNode join(Evaluation evaluation, @Nullable JsonNode[] a) {
    if (!(a[0] instanceof ArrayNode array)) {
      return null;
    }
    var separator = a[1] == null ? "" : Values.string(a[1]);
    var size = array.size();
    var length = Math.max(0, size - 1L) * separator.length();
    for (var i = 0; i < size; i++) {
      length += Values.string(array.get(i)).length();
    }
    evaluation.steps(size >> 2);
    evaluation.text(length);
    var text = new StringBuilder((int) length);
    for (var i = 0; i < size; i++) {
      text.append(i > 0 ? separator : "").append(Values.string(array.get(i)));
    }
    return Values.text(text.toString());
  }

  private static @Nullable JsonNode base64encode(Evaluation evaluation, @Nullable JsonNode[] a) {
    if (a[0] == null) {
      return null;
    }
    var text = Values.string(a[0]);
    var bytes = new byte[text.length()];
    for (var i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) text.charAt(i);
    }
    return text(Base64.getEncoder().encodeToString(bytes), evaluation);
  }

  /** Errors: an internal one, as on AWS, for what is no Base64. */
  private static @Nullable JsonNode base64decode(Evaluation evaluation, @Nullable JsonNode[] a) {
    if (a[0] == null) {
      return null;
    }
    var bytes = Base64.getDecoder().decode(Values.string(a[0]));
    return text(new String(bytes, StandardCharsets.ISO_8859_1), evaluation);
  }

  private static @Nullable JsonNode encode(
      Evaluation evaluation, @Nullable JsonNode value, String function) {
    if (value == null) {
      return null;
    }
    var plain = function.equals("encodeUrl") ? PLAIN_URL : PLAIN_COMPONENT;
    var text = Values.string(value);
    var result = new StringBuilder(text.length());
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      if (isAlphanumeric(c) || plain.indexOf(c) >= 0) {
        result.append(c);
        continue;
      }
      var point = text.codePointAt(i);
      if (point >= 0xd800 && point <= 0xdfff) {
        throw malformed(value, function);
      }
      for (var b : Character.toString(point).getBytes(StandardCharsets.UTF_8)) {
        result.append('%').append(hex(b >> 4)).append(hex(b));
      }
      i += Character.charCount(point) - 1;
    }
    return text(result.toString(), evaluation);
  }

  private static char hex(int value) {
    return "0123456789ABCDEF".charAt(value & 15);
  }

  private static boolean isAlphanumeric(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
  }

  private static JsonataException malformed(JsonNode value, String function) {
    return JsonataException.of("D3140", value, Values.text(function));
  }

  private static @Nullable JsonNode decode(
      Evaluation evaluation, @Nullable JsonNode value, String function) {
    if (value == null) {
      return null;
    }
    var text = Values.string(value);
    var reserved = function.equals("decodeUrl") ? RESERVED : "";
    var result = new StringBuilder(text.length());
    for (var i = 0; i < text.length(); ) {
      if (text.charAt(i) != '%') {
        result.append(text.charAt(i++));
        continue;
      }
      var start = i;
      var bytes = new ByteArrayOutputStream();
      var first = octet(text, i, value, function);
      i += 3;
      bytes.write(first);
      var more = first < 0x80 ? 0 : first < 0xc0 ? -1 : first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
      for (var k = 0; k < more; k++) {
        bytes.write(octet(text, i, value, function));
        i += 3;
      }
      try {
        var decoder = StandardCharsets.UTF_8.newDecoder();
        var decoded = decoder.decode(ByteBuffer.wrap(bytes.toByteArray())).toString();
        result.append(reserved.contains(decoded) ? text.substring(start, i) : decoded);
      } catch (CharacterCodingException _) {
        throw malformed(value, function);
      }
    }
    return text(result.toString(), evaluation);
  }

  private static int octet(String text, int at, JsonNode value, String function) {
    if (at + 2 < text.length() && text.charAt(at) == '%') {
      var high = Character.digit(text.charAt(at + 1), 16);
      var low = Character.digit(text.charAt(at + 2), 16);
      if (high >= 0 && low >= 0) {
        return high * 16 + low;
      }
    }
    throw malformed(value, function);
  }
}
