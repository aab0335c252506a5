package io.stepwise.connectors.aws;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How a job is waited for ({@code .sync}).
 *
 * @param poll action that describes it
 * @param ids by the poll's parameter: where its value stands in what the starting call answered, or
 *     else in what it was given. A parameter in brackets takes a list of one
 * @param description path in the poll's answer to what becomes the result; empty for all of it
 * @param status path in the description to its state
 * @param succeeded states that are successes
 * @param failed states that are failures
 * @param stop action that stops it, if there is one
 */
record Job(
    String poll,
    Map<String, String> ids,
    String description,
    String status,
    Set<String> succeeded,
    Set<String> failed,
    Optional<String> stop) {

  /** A job that an action describes; {@code ids} are pairs. */
  static Job polledBy(String poll, String... ids) {
    var byParameter = new HashMap<String, String>();
    for (var i = 0; i < ids.length; i += 2) {
      byParameter.put(ids[i], ids[i + 1]);
    }
    return new Job(poll, Map.copyOf(byParameter), "", "", Set.of(), Set.of(), Optional.empty());
  }

  Job in(String place, String state) {
    return new Job(poll, ids, place, state, succeeded, failed, stop);
  }

  Job ends(Set<String> successes, Set<String> failures) {
    return new Job(poll, ids, description, status, successes, failures, stop);
  }

  Job stoppedBy(String action) {
    return new Job(poll, ids, description, status, succeeded, failed, Optional.of(action));
  }
}
