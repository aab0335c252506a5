package io.stepwise.asl.compilation;

import io.stepwise.asl.model.DataFlow;
import io.stepwise.asl.model.DataFlow.PathField;

/** Compiles the fields that shape data. */
final class DataFlows {
  private DataFlows() {}

  /** Of a state. */
  static DataFlow of(Fields state) {
    return of(state, true);
  }

  /** Of a Map state, whose {@code Parameters} are an old name of {@code ItemSelector}. */
  static DataFlow ofMap(Fields state) {
    return of(state, false);
  }

  private static DataFlow of(Fields state, boolean withParameters) {
    return switch (state.language()) {
      case JSONPATH ->
          new DataFlow.JsonPath(
              state.pathField("InputPath"),
              withParameters ? state.payloadTemplate("Parameters") : null,
              state.payloadTemplate("ResultSelector"),
              state.pathField("ResultPath"),
              state.pathField("OutputPath"),
              state.payloadTemplate("Assign"));
      case JSONATA ->
          new DataFlow.Jsonata(
              state.jsonata("Arguments"), state.jsonata("Output"), state.jsonata("Assign"));
    };
  }

  /** Of a catcher or a Choice rule: where a result goes, what is assigned, what comes out. */
  static DataFlow ofEntry(Fields entry) {
    return switch (entry.language()) {
      case JSONPATH ->
          new DataFlow.JsonPath(
              PathField.WHOLE,
              null,
              null,
              entry.pathField("ResultPath"),
              PathField.WHOLE,
              entry.payloadTemplate("Assign"));
      case JSONATA -> new DataFlow.Jsonata(null, entry.jsonata("Output"), entry.jsonata("Assign"));
    };
  }
}
