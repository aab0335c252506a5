package io.stepwise.jsonata.node;

import io.stepwise.jsonata.BudgetExceededException;
import io.stepwise.jsonata.BudgetExceededException.Limit;
import io.stepwise.jsonata.JsonataException;
import io.stepwise.jsonata.value.Evaluation;
import io.stepwise.jsonata.value.Frame;
import io.stepwise.jsonata.value.FunctionValue;
import io.stepwise.jsonata.value.Items;
import io.stepwise.jsonata.value.Members;
import io.stepwise.jsonata.value.Signature;
import io.stepwise.jsonata.value.Values;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** {@code |pattern|update,delete|}: a function that changes a copy of its argument. */
final class Transform extends Node {
  private static final Signature SIGNATURE = Signature.parse("<(oa):o>");

  private final Node pattern;
  private final Node update;
  private final int updatePosition;
  private final @Nullable Node delete;
  private final int deletePosition;

  Transform(
      Node pattern, Node update, int updatePosition, @Nullable Node delete, int deletePosition) {
    this.pattern = pattern;
    this.update = update;
    this.updatePosition = updatePosition;
    this.delete = delete;
    this.deletePosition = deletePosition;
  }

  @Override
  public JsonNode evaluate(Evaluation evaluation, @Nullable JsonNode input, Frame frame) {
    return new Function(this, frame);
  }

  private static final class Function extends FunctionValue {
    private static final long serialVersionUID = 1L;

    private final transient Transform transform;
    private final transient Frame frame;

    Function(Transform transform, Frame frame) {
      this.transform = transform;
      this.frame = frame;
    }

    @Override
    public int arity() {
      return 1;
    }

    @Override
    protected @Nullable JsonNode invoke(
        Evaluation evaluation, @Nullable JsonNode[] arguments, @Nullable JsonNode context) {
      var value = SIGNATURE.match(arguments, context)[0];
      if (value == null) {
        return null;
      }
      evaluation.enter();
      var result = Values.copy(value, evaluation);
      transform.apply(result, evaluation, frame);
      evaluation.leave();
      return result;
    }
  }

  private static boolean holds(JsonNode value, Members sought, Evaluation evaluation) {
    if (value == sought) {
      return true;
    }
    if (value instanceof Items || value instanceof Members) {
      for (var inner : value) {
        evaluation.step();
        if (holds(inner, sought, evaluation)) {
          return true;
        }
      }
    }
    return false;
  }

  private void apply(JsonNode result, Evaluation evaluation, Frame frame) {
    var matches = pattern.evaluate(evaluation, result, frame);
    if (matches instanceof ArrayNode array) {
      for (var match : array) {
        change(match, evaluation, frame);
      }
    } else if (matches != null) {
      change(matches, evaluation, frame);
    }
  }

  private void change(JsonNode match, Evaluation evaluation, Frame frame) {
    evaluation.step();
    var members = update.evaluate(evaluation, match, frame);
    if (members != null) {
      if (!(members instanceof ObjectNode added)) {
        throw JsonataException.of("T2011", members).at(updatePosition, null);
      }
      if (match instanceof Members changed) {
        for (var member : added.properties()) {
          if (holds(member.getValue(), changed, evaluation)) {
            // Put into itself, a value has no end.
            throw new BudgetExceededException(Limit.DEPTH);
          }
          changed.put(member.getKey(), member.getValue(), evaluation);
        }
      }
    }
    var deleted = delete == null ? null : delete.evaluate(evaluation, match, frame);
    if (deleted == null) {
      return;
    }
    if (deleted instanceof StringNode && match instanceof ObjectNode changed) {
      changed.remove(Values.string(deleted));
    } else if (deleted instanceof ArrayNode names) {
      for (var name : names) {
        if (!(name instanceof StringNode)) {
          throw JsonataException.of("T2012", deleted).at(deletePosition, null);
        }
      }
      for (var name : names) {
        if (match instanceof ObjectNode changed) {
          changed.remove(Values.string(name));
        }
      }
    } else if (!(deleted instanceof StringNode)) {
      throw JsonataException.of("T2012", deleted).at(deletePosition, null);
    }
  }
}
