package io.stepwise.connectors.mock;

import io.stepwise.connectors.mock.MockConfig.Response;
import io.stepwise.expression.Payload;
import io.stepwise.integration.ConnectorOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads a mock configuration in the format of Step Functions Local.
 *
 * <pre>
 * {"StateMachines":   {machine: {"TestCases": {case: {state: response}}}},
 *  "MockedResponses": {response: {"0" | "1-3": {"Return": …} | {"Throw": {"Error", "Cause"}}}}}
 * </pre>
 */
public final class MockConfigReader {
  private static final Pattern INVOCATIONS = Pattern.compile("(\\d{1,9})(?:-(\\d{1,9}))?");

  private MockConfigReader() {}

  /** Reads a file. Errors: {@link IllegalArgumentException} that says what is wrong, and where. */
  public static MockConfig read(Path file) {
    try {
      return read(file.toString(), Files.readString(file));
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "The mock configuration "
              + file
              + " cannot be read: "
              + (e instanceof NoSuchFileException
                  ? "there is no such file"
                  : "it is not text in UTF-8")
              + ". Check its path.",
          e);
    }
  }

  /**
   * Reads a file's text.
   *
   * <p>Errors: {@link IllegalArgumentException} with the file, the line and what is wrong there.
   */
  public static MockConfig read(String file, String text) {
    try {
      var root = LinedJson.parse(text);
      expectObject(root, "the mock configuration");
      expectOnly(root, "the mock configuration", "StateMachines", "MockedResponses");
      var responses = responses(root.members().get("MockedResponses"));
      return new MockConfig(machines(root.members().get("StateMachines"), responses));
    } catch (BadMockConfig e) {
      throw new IllegalArgumentException(
          "The mock configuration "
              + file
              + " is wrong in line "
              + e.line()
              + ": "
              + e.getMessage()
              + ".",
          e);
    }
  }

  private static Map<String, Map<String, Map<String, List<Response>>>> machines(
      @Nullable LinedJson tree, Map<String, List<Response>> responses) {
    Map<String, Map<String, Map<String, List<Response>>>> machines = new LinkedHashMap<>();
    for (var machine : members(tree, "StateMachines").entrySet()) {
      var place = "StateMachines." + machine.getKey();
      expectObject(machine.getValue(), place);
      expectOnly(machine.getValue(), place, "TestCases");
      Map<String, Map<String, List<Response>>> cases = new LinkedHashMap<>();
      var tests = machine.getValue().members().get("TestCases");
      for (var test : members(tests, place + ".TestCases").entrySet()) {
        Map<String, List<Response>> states = new LinkedHashMap<>();
        var casePlace = place + ".TestCases." + test.getKey();
        for (var state : members(test.getValue(), casePlace).entrySet()) {
          states.put(state.getKey(), named(state.getValue(), responses));
        }
        cases.put(test.getKey(), states);
      }
      machines.put(machine.getKey(), cases);
    }
    return machines;
  }

  private static List<Response> named(LinedJson name, Map<String, List<Response>> responses) {
    var value = tree(name);
    if (!value.isString()) {
      throw new BadMockConfig(name.line(), "expected the name of a response, found " + name.text());
    }
    var found = responses.get(value.stringValue());
    if (found == null) {
      throw new BadMockConfig(
          name.line(), "MockedResponses has no response '" + value.stringValue() + "'");
    }
    return found;
  }

  private static Map<String, List<Response>> responses(@Nullable LinedJson tree) {
    Map<String, List<Response>> responses = new LinkedHashMap<>();
    for (var response : members(tree, "MockedResponses").entrySet()) {
      var place = "MockedResponses." + response.getKey();
      var list = new ArrayList<Response>();
      for (var entry : members(response.getValue(), place).entrySet()) {
        var read = response(entry.getKey(), entry.getValue(), place);
        for (var other : list) {
          if (read.first() <= other.last() && other.first() <= read.last()) {
            throw new BadMockConfig(
                entry.getValue().line(),
                "'" + entry.getKey() + "' of " + place + " repeats an invocation");
          }
        }
        list.add(read);
      }
      responses.put(response.getKey(), list);
    }
    return responses;
  }

  private static Response response(String invocations, LinedJson tree, String place) {
    var matcher = INVOCATIONS.matcher(invocations);
    var first = matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
    var last =
        matcher.matches() && matcher.group(2) != null ? Integer.parseInt(matcher.group(2)) : first;
    if (!matcher.matches() || last < first) {
      throw new BadMockConfig(
          tree.line(),
          "expected a number or a range such as 0-2 in " + place + ", found '" + invocations + "'");
    }
    var inner = place + "." + invocations;
    expectObject(tree, inner);
    expectOnly(tree, inner, "Return", "Throw");
    var returned = tree.members().get("Return");
    var thrown = tree.members().get("Throw");
    if ((returned == null) == (thrown == null)) {
      throw new BadMockConfig(tree.line(), "expected either Return or Throw in " + inner);
    }
    return new Response(
        first,
        last,
        thrown == null
            ? new ConnectorOutcome.Success(Payload.of(tree(Objects.requireNonNull(returned))))
            : failure(thrown, inner + ".Throw"));
  }

  private static ConnectorOutcome failure(LinedJson thrown, String place) {
    expectObject(thrown, place);
    expectOnly(thrown, place, "Error", "Cause");
    var tree = tree(thrown);
    if (!tree.path("Error").isString()) {
      throw new BadMockConfig(thrown.line(), "expected the text Error in " + place);
    }
    var cause = tree.path("Cause");
    if (!cause.isString() && !cause.isMissingNode()) {
      throw new BadMockConfig(thrown.line(), "expected Cause to be text in " + place);
    }
    return new ConnectorOutcome.Failure(
        tree.path("Error").stringValue(), cause.isString() ? cause.stringValue() : null);
  }

  private static Map<String, LinedJson> members(@Nullable LinedJson tree, String place) {
    if (tree == null) {
      return Map.of();
    }
    expectObject(tree, place);
    return tree.members();
  }

  private static void expectObject(LinedJson value, String place) {
    if (!value.isObject()) {
      throw new BadMockConfig(value.line(), "expected an object for " + place);
    }
  }

  private static void expectOnly(LinedJson object, String place, String... names) {
    for (var member : object.members().entrySet()) {
      if (!List.of(names).contains(member.getKey()) && !member.getKey().startsWith("$")) {
        throw new BadMockConfig(
            member.getValue().line(),
            "expected "
                + String.join(" or ", names)
                + " in "
                + place
                + ", found '"
                + member.getKey()
                + "'");
      }
    }
  }

  private static JsonNode tree(LinedJson value) {
    return Payload.ofTrustedText(value.text()).tree();
  }
}
