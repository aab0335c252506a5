package io.stepwise.asl.validation;

import tools.jackson.databind.JsonNode;

/** What {@code $states} holds for a field besides {@code input} and {@code context}. */
enum JsonataScope {
  /** Nothing more. */
  INPUT,
  /** {@code $states.result} as well. */
  RESULT,
  /** {@code $states.errorOutput} as well. */
  ERROR;

  /** Reports a template that asks for what is not there. */
  void check(JsonNode template, Place place) {
    var asked = JsonataText.statesFields(template);
    refuse("result", this != RESULT && asked.contains("result"), place);
    refuse("errorOutput", this != ERROR && asked.contains("errorOutput"), place);
  }

  private static void refuse(String field, boolean refused, Place place) {
    if (refused) {
      place.error(
          "UNSUPPORTED_JSONATA_EXPRESSION",
          "Reference to '$states." + field + "' is not supported.");
    }
  }
}
