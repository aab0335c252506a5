package io.stepwise.expression.jsonpath.functions;

import io.stepwise.expression.EvaluationException;
import io.stepwise.expression.InvalidJsonException;
import io.stepwise.expression.Json;
import io.stepwise.expression.jsonpath.JavaText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
import java.util.StringTokenizer;
import tools.jackson.databind.JsonNode;

/** The functions that make or read text. */
final class TextFunctions {
  /** Limits: 10,000 characters for encoding and hashing, AWS. */
  private static final int CHARS_MAX = 10_000;

  private static final Set<String> ALGORITHMS =
      Set.of("MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512");

  private TextFunctions() {}

  static JsonNode format(Arguments arguments) throws EvaluationException {
    var template = arguments.string(0);
    var text = new StringBuilder();
    var next = 1;
    for (var i = 0; i < template.length(); i++) {
      var c = template.charAt(i);
      if (c == '\\' && i + 1 < template.length() && "{}\\".indexOf(template.charAt(i + 1)) >= 0) {
        text.append(template.charAt(++i));
      } else if (template.startsWith("{}", i)) {
        if (next >= arguments.count()) {
          throw arguments.failure("there are more placeholders than arguments");
        }
        text.append(JavaText.of(arguments.value(next++)));
        i++;
      } else if (c == '{') {
        throw new EvaluationException(
            "States.IntrinsicFailure",
            "Invalid template in States.Format: matching '}' not found for '{'.");
      } else {
        text.append(c);
      }
    }
    if (next != arguments.count()) {
      throw arguments.failure("there are fewer placeholders than arguments");
    }
    return Json.nodes().stringNode(text.toString());
  }

  static JsonNode stringToJson(Arguments arguments) throws EvaluationException {
    var text = arguments.string(0);
    try {
      return text.isBlank() ? Json.nodes().nullNode() : Json.parse(text);
    } catch (InvalidJsonException _) {
      throw arguments.failure("argument 1 must be a valid JSON string");
    }
  }

  static JsonNode base64Encode(Arguments arguments) throws EvaluationException {
    var bytes = limited(arguments, arguments.string(0)).getBytes(StandardCharsets.UTF_8);
    return Json.nodes().stringNode(Base64.getEncoder().encodeToString(bytes));
  }

  static JsonNode base64Decode(Arguments arguments) throws EvaluationException {
    try {
      var bytes = Base64.getDecoder().decode(limited(arguments, arguments.string(0)));
      return Json.nodes().stringNode(new String(bytes, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException _) {
      throw arguments.failure("argument 1 must be a valid Base64 string");
    }
  }

  static JsonNode hash(Arguments arguments) throws EvaluationException {
    var value = arguments.value(0);
    var text = value.isString() ? value.stringValue() : Json.print(value);
    var algorithm = arguments.string(1);
    if (!ALGORITHMS.contains(algorithm)) {
      throw arguments.failure("the algorithm must be MD5, SHA-1, SHA-256, SHA-384 or SHA-512");
    }
    return Json.nodes().stringNode(hash(limited(arguments, text), algorithm));
  }

  private static String hash(String text, String algorithm) {
    try {
      var digest = MessageDigest.getInstance(algorithm);
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has these
    }
  }

  static JsonNode jsonMerge(Arguments arguments) throws EvaluationException {
    var first = arguments.object(0);
    var second = arguments.object(1);
    var deep = arguments.value(2);
    if (!deep.isBoolean() || deep.booleanValue()) {
      throw arguments.failure("argument 3 must be false: only the shallow merge is supported");
    }
    return Json.nodes().objectNode().setAll(first).asObject().setAll(second);
  }

  static JsonNode split(Arguments arguments) throws EvaluationException {
    // Exactly what a StringTokenizer does: every character splits, empty pieces vanish.
    var tokens = new StringTokenizer(arguments.string(0), arguments.string(1));
    var pieces = Json.nodes().arrayNode();
    while (tokens.hasMoreTokens()) {
      pieces.add(tokens.nextToken());
    }
    return pieces;
  }

  private static String limited(Arguments arguments, String text) throws EvaluationException {
    if (text.length() > CHARS_MAX) {
      throw arguments.failure("the text must not have more than 10000 characters");
    }
    return text;
  }
}
