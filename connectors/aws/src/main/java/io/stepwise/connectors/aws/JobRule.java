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
 * @param shownAs what the result wraps the description in; empty: nothing
 * @param stop how it is stopped, if it can be
 */
record JobRule(
    String poll,
    Map<String, String> ids,
    String description,
    String status,
    Set<String> succeeded,
    Set<String> failed,
    String shownAs,
    Optional<Stop> stop) {

  /**
   * How a job is stopped.
   *
   * @param action the service's
   * @param ids by the action's parameter, in brackets where it takes a list of one: the parameter
   *     of the poll that has the same value
   */
  record Stop(String action, Map<String, String> ids) {}

  /** A job that an action describes; {@code ids} are pairs. */
  static JobRule polledBy(String poll, String... ids) {
    return new JobRule(poll, pairs(ids), "", "", Set.of(), Set.of(), "", Optional.empty());
  }

  private static Map<String, String> pairs(String... ids) {
    var byParameter = new HashMap<String, String>();
    for (var i = 0; i < ids.length; i += 2) {
      byParameter.put(ids[i], ids[i + 1]);
    }
    return Map.copyOf(byParameter);
  }

  JobRule in(String place, String state) {
    return new JobRule(poll, ids, place, state, succeeded, failed, shownAs, stop);
  }

  JobRule ends(Set<String> successes, Set<String> failures) {
    return new JobRule(poll, ids, description, status, successes, failures, shownAs, stop);
  }

  /** With a result that has the description under a name. */
  JobRule shownAs(String name) {
    return new JobRule(poll, ids, description, status, succeeded, failed, name, stop);
  }

  /**
   * Stopped by an action; {@code parameters} are pairs, and those of the poll where there are none.
   */
  JobRule stoppedBy(String action, String... parameters) {
    var own = new HashMap<String, String>();
    ids.keySet().forEach(name -> own.put(name, name));
    return new JobRule(
        poll,
        ids,
        description,
        status,
        succeeded,
        failed,
        shownAs,
        Optional.of(
            new Stop(action, parameters.length == 0 ? Map.copyOf(own) : pairs(parameters))));
  }
}
