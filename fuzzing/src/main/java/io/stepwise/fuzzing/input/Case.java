package io.stepwise.fuzzing.input;

import java.util.List;

/** One input: the requests that bring it to the server, in order. */
public record Case(List<Step> steps) {
  public Case {
    steps = List.copyOf(steps);
  }

  /**
   * One request.
   *
   * @param body in which {@code @name@} stands for the text last answered as member {@code name} to
   *     an earlier step of the case; a step of which such a text is missing is left out
   */
  public record Step(String operation, String body) {}
}
