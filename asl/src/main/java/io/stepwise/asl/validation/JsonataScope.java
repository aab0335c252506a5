package io.stepwise.asl.validation;

import io.stepwise.expression.Problem;
import io.stepwise.expression.jsonata.JsonataTemplate;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What {@code $states} holds for a field besides {@code input} and {@code context}. */
enum JsonataScope {
  /** Nothing more. */
  INPUT,
  /** {@code $states.result} as well. */
  RESULT,
  /** {@code $states.errorOutput} as well. */
  ERROR;

  /** Whether a template that compiles looks only at what is there. */
  boolean allows(JsonataTemplate template) {
    return (this == RESULT || !template.usesResult())
        && (this == ERROR || !template.usesErrorOutput());
  }

  /** Everything that is wrong with a template here. */
  List<Problem> problems(JsonNode template, Place place) {
    return JsonataTemplate.problems(template, place.location(), this == RESULT, this == ERROR);
  }
}
