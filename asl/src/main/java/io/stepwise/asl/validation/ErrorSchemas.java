package io.stepwise.asl.validation;

import tools.jackson.databind.JsonNode;

/** The tables of {@code Retry} and {@code Catch}. */
final class ErrorSchemas {
  /** Longest {@code MaxDelaySeconds}: 366 days. */
  private static final int DELAY_MAX = 31_622_400;

  private static final String ALL = "States.ALL";

  private ErrorSchemas() {}

  static Shape retry() {
    var retrier =
        ObjectSchema.builder()
            .required("ErrorEquals")
            .field("ErrorEquals", Shapes.nonEmptyArray(Shapes.string()))
            .field("IntervalSeconds", Shapes.integer(0, Shapes.SECONDS_MAX))
            .field("MaxAttempts", Shapes.integer(0, Shapes.SECONDS_MAX))
            .field("BackoffRate", Shapes.decimal(1.0, Double.MAX_VALUE))
            .field("MaxDelaySeconds", Shapes.integer(1, DELAY_MAX))
            .field("JitterStrategy", Shapes.oneOf("NONE", "FULL"))
            .field("Comment", Shapes.string())
            .build();
    return entries(retrier);
  }

  static Shape catching() {
    var catcher =
        ObjectSchema.builder()
            .required("ErrorEquals", "Next")
            .field("ErrorEquals", Shapes.nonEmptyArray(Shapes.string()))
            .field("Next", Shapes.string())
            .field("Comment", Shapes.string())
            .field("Assign", Assignments.assign(JsonataScope.ERROR))
            .jsonPath("ResultPath", Expressions.resultPath())
            .jsonata("Output", Expressions.template(JsonataScope.ERROR))
            .build();
    return entries(catcher);
  }

  private static Shape entries(Shape entry) {
    return (value, place) -> {
      Shapes.array(entry).check(value, place);
      if (value.isArray()) {
        for (var i = 0; i < value.size(); i++) {
          checkAll(value.get(i).path("ErrorEquals"), i + 1 == value.size(), place.element(i));
        }
      }
    };
  }

  private static void checkAll(JsonNode errors, boolean last, Place entry) {
    for (JsonNode error : errors) {
      if (error.isString() && error.stringValue().equals(ALL) && (!last || errors.size() > 1)) {
        entry.field("ErrorEquals").error(ALL + " must appear alone and at end of list");
        return;
      }
    }
  }
}
