package io.stepwise.fuzzing;

import io.stepwise.expression.InvalidJsonException;
import io.stepwise.expression.Json;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** What every answer must be, whatever was asked. */
final class Rules {
  /** Frames of a stack, and names of classes; AWS's own namespace in error types is none. */
  private static final Pattern INNARDS =
      Pattern.compile(
          "\\bat [\\w.$/]+\\([\\w.]+(:\\d+)?\\)"
              + "|\\b(java|javax|jdk|sun|io\\.stepwise|io\\.netty|tools\\.jackson|com\\.dashjoin"
              + "|org\\.rocksdb)\\.[a-z]+\\.[A-Za-z]"
              + "|\\b\\w+(?<!\\bLimitExceeded|\\bAn)(Pointer|Cast|State|Argument|Bounds|Format|Element|Overflow)"
              + "(Exception|Error)\\b");

  /** AWS's own words for a path that finds no object; they name classes, and so do ours. */
  private static final Pattern WORDS_OF_AWS =
      Pattern.compile(
          "found 'java\\.[\\w.]+'\\. This is not a json object according to the JsonProvider:"
              + " 'com\\.jayway\\.[\\w.]+'");

  private final ServiceModel model;

  Rules(ServiceModel model) {
    this.model = model;
  }

  /** What is wrong with an answer, if anything. */
  Optional<String> broken(String operation, Answer answer) {
    if (answer.isAbandoned()) {
      return Optional.empty();
    }
    if (answer.status() >= 500) {
      return Optional.of("status " + answer.status());
    }
    if (!answer.headers().contains("content-type: application/x-amz-json-1.0")) {
      return Optional.of("no content type of AWS");
    }
    if (!answer.headers().contains("x-amzn-requestid: ")) {
      return Optional.of("no request id");
    }
    // In a body a line ends with two characters, of which the second would look like a word.
    var text = WORDS_OF_AWS.matcher(answer.body()).replaceAll("").replaceAll("\\\\[nrt]", " ");
    var innards = INNARDS.matcher(text);
    if (innards.find()) {
      return Optional.of("innards: " + innards.group());
    }
    JsonNode body;
    try {
      body = Json.parse(answer.body());
    } catch (InvalidJsonException e) {
      return Optional.of("no JSON");
    }
    if (!body.isObject()) {
      return Optional.of("no JSON object");
    }
    return answer.status() == 200 ? Optional.empty() : refusal(operation, answer, body);
  }

  private Optional<String> refusal(String operation, Answer answer, JsonNode body) {
    if (answer.status() != 400 && answer.status() != 413) {
      return Optional.of("status " + answer.status());
    }
    var type = body.path("__type").asString("");
    var code = type.substring(type.indexOf('#') + 1);
    if (!body.path("message").isString() || body.path("message").stringValue().isBlank()) {
      return Optional.of("no message with " + code);
    }
    return model.declares(operation, code)
        ? Optional.empty()
        : Optional.of("undeclared error '" + code + "'");
  }
}
