package io.stepwise.cli.definition;

import io.stepwise.expression.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import tools.jackson.databind.JsonNode;

/**
 * A definition in YAML, as the JSON that it stands for.
 *
 * @param json the text for the compiler of definitions; empty where it is not YAML
 * @param places where in the YAML everything is
 * @param fault why it is not YAML, or null
 */
record YamlDocument(String json, Places places, @Nullable Fault fault) {

  /** Why a text is not YAML, and where. */
  record Fault(String message, Span span) {}

  static YamlDocument of(String text) {
    var places = new Places();
    try {
      var root = new Compose(LoadSettings.builder().build()).composeString(text);
      if (root.isEmpty()) {
        return new YamlDocument("", places, null);
      }
      var tree = new Reading(places).value(root.get(), "", null);
      return new YamlDocument(Json.print(tree), places, null);
    } catch (MarkedYamlEngineException e) {
      var span =
          e.getProblemMark()
              .map(mark -> new Span(mark.getLine() + 1, mark.getColumn() + 1, 1))
              .orElse(Span.START);
      return new YamlDocument("", places, new Fault(String.valueOf(e.getProblem()), span));
    } catch (NotJson e) {
      return new YamlDocument("", places, new Fault(String.valueOf(e.getMessage()), e.span));
    } catch (YamlEngineException e) {
      return new YamlDocument("", places, new Fault(String.valueOf(e.getMessage()), Span.START));
    }
  }

  /** YAML that JSON has no words for, and where. */
  private static final class NotJson extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Span span;

    NotJson(String message, Span span) {
      super(message);
      this.span = span;
    }
  }

  /** One walk over the nodes. An alias that contains itself ends at the depth JSON may have. */
  private static final class Reading {
    private final Places places;
    private final List<Node> open = new ArrayList<>();

    Reading(Places places) {
      this.places = places;
    }

    JsonNode value(Node node, String path, @Nullable Span name) {
      if (open.size() > Json.DEPTH_MAX) {
        throw new YamlEngineException("Expected at most " + Json.DEPTH_MAX + " levels");
      }
      open.add(node);
      try {
        return switch (node) {
          case MappingNode mapping -> object(mapping, path, name);
          case SequenceNode sequence -> array(sequence, path, name);
          case ScalarNode scalar -> {
            places.put(path, span(scalar));
            yield scalar(scalar);
          }
          default -> throw new YamlEngineException("Expected an object, a list or a scalar");
        };
      } finally {
        open.removeLast();
      }
    }

    private JsonNode object(MappingNode mapping, String path, @Nullable Span name) {
      places.put(path, name == null ? span(mapping) : name);
      var object = Json.nodes().objectNode();
      for (var entry : mapping.getValue()) {
        if (!(entry.getKeyNode() instanceof ScalarNode key)) {
          throw new YamlEngineException("Expected names that are text");
        }
        var member = path + "/" + key.getValue();
        var memberName = span(key);
        places.putName(member, memberName);
        object.set(key.getValue(), value(entry.getValueNode(), member, memberName));
      }
      return object;
    }

    private JsonNode array(SequenceNode sequence, String path, @Nullable Span name) {
      places.put(path, name == null ? span(sequence) : name);
      var array = Json.nodes().arrayNode();
      for (var element : sequence.getValue()) {
        array.add(value(element, path + "[" + array.size() + "]", null));
      }
      return array;
    }

    private static JsonNode scalar(ScalarNode scalar) {
      var text = scalar.getValue();
      var tag = scalar.getTag();
      if (tag.equals(Tag.NULL)) {
        return Json.nodes().nullNode();
      }
      if (tag.equals(Tag.BOOL)) {
        return Json.nodes().booleanNode(Boolean.parseBoolean(text));
      }
      if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
        // Read as JSON reads it, so that 60 stays an int and 1.5 a decimal.
        return Json.parseTrusted(number(text, scalar).toString());
      }
      return Json.nodes().stringNode(text);
    }

    private static BigDecimal number(String text, ScalarNode scalar) {
      try {
        return new BigDecimal(text);
      } catch (NumberFormatException e) {
        // YAML has numbers that JSON has not: octal, infinite.
        throw new NotJson("Expected a number as JSON has them, found " + text, span(scalar));
      }
    }

    private static Span span(Node node) {
      var start = node.getStartMark().orElse(null);
      var end = node.getEndMark().orElse(null);
      if (start == null || end == null) {
        return Span.START;
      }
      var sameLine = start.getLine() == end.getLine();
      var length = sameLine ? end.getColumn() - start.getColumn() : 1;
      return new Span(start.getLine() + 1, start.getColumn() + 1, length);
    }
  }
}
