package io.stepwise.asl.model;

import java.util.List;
import java.util.OptionalInt;

/**
 * One entry of {@code Retry}.
 *
 * @param errorEquals error names, or {@code States.ALL}
 * @param intervalSeconds delay before the first retry. Default 1
 * @param maxAttempts retries at most. Default 3; 0 means never
 * @param backoffRate factor from one delay to the next. Default 2.0
 * @param maxDelaySeconds bound on a delay
 * @param fullJitter {@code JitterStrategy: FULL}: uniform between 0 and the computed delay
 */
public record Retrier(
    List<String> errorEquals,
    int intervalSeconds,
    int maxAttempts,
    double backoffRate,
    OptionalInt maxDelaySeconds,
    boolean fullJitter) {

  public Retrier {
    errorEquals = List.copyOf(errorEquals);
  }
}
