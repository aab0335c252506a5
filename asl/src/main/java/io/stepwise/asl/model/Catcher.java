package io.stepwise.asl.model;

import java.util.List;

/**
 * One entry of {@code Catch}.
 *
 * @param errorEquals error names, or {@code States.ALL}
 * @param next name of the state to go to
 * @param dataFlow its {@code ResultPath} and {@code Assign}, or its {@code Output} and {@code
 *     Assign}; the other components are defaults
 */
public record Catcher(List<String> errorEquals, String next, DataFlow dataFlow) {

  public Catcher {
    errorEquals = List.copyOf(errorEquals);
  }
}
