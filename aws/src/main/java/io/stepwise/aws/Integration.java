package io.stepwise.aws;

import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One action that Step Functions has an optimized integration of.
 *
 * @param action as a Resource spells it, e.g. {@code startJobRun}
 * @param patterns how a task may wait for it
 * @param polled the operation that {@code .sync} asks until the job is over, or null where that is
 *     not known
 * @param jsonMembers members of the result that are handed on as JSON instead of text
 * @param jsonMembersOfSync2 the same for {@code .sync:2}
 * @param hasOwnParameters whether it takes other parameters than the service's operation
 */
public record Integration(
    String action,
    Set<IntegrationPattern> patterns,
    @Nullable String polled,
    Set<String> jsonMembers,
    Set<String> jsonMembersOfSync2,
    boolean hasOwnParameters) {

  public Integration {
    Objects.requireNonNull(action);
    patterns = Set.copyOf(patterns);
    jsonMembers = Set.copyOf(jsonMembers);
    jsonMembersOfSync2 = Set.copyOf(jsonMembersOfSync2);
  }

  /** An action that a task calls and goes on. */
  public static Integration of(String action) {
    return new Integration(
        action, Set.of(IntegrationPattern.REQUEST_RESPONSE), null, Set.of(), Set.of(), false);
  }

  /** As well with that pattern. */
  Integration with(IntegrationPattern pattern) {
    var all = EnumSet.copyOf(patterns);
    all.add(pattern);
    return new Integration(action, all, polled, jsonMembers, jsonMembersOfSync2, hasOwnParameters);
  }

  /** As well as a job that is waited for. */
  Integration sync() {
    return with(IntegrationPattern.SYNC);
  }

  /** As well as a job that is waited for by asking {@code operation}. */
  Integration sync(String operation) {
    return new Integration(
            action, patterns, operation, jsonMembers, jsonMembersOfSync2, hasOwnParameters)
        .sync();
  }

  /** As well with a task token. */
  Integration callback() {
    return with(IntegrationPattern.WAIT_FOR_TASK_TOKEN);
  }

  /** With members of the result that are JSON. */
  Integration json(String... members) {
    return new Integration(
        action, patterns, polled, Set.of(members), jsonMembersOfSync2, hasOwnParameters);
  }

  /** With parameters that are none of the service's operation. */
  Integration ownParameters() {
    return new Integration(action, patterns, polled, jsonMembers, jsonMembersOfSync2, true);
  }

  /** As well as a job whose result is given as JSON in these members. */
  Integration sync2(String... members) {
    return new Integration(action, patterns, polled, jsonMembers, Set.of(members), hasOwnParameters)
        .with(IntegrationPattern.SYNC_2);
  }

  /** Members of a result that are JSON instead of text. */
  public Set<String> jsonMembers(IntegrationPattern pattern) {
    return pattern == IntegrationPattern.SYNC_2 ? jsonMembersOfSync2 : jsonMembers;
  }

  /** The operation of an action, as the service's model names it. */
  static String operation(String action) {
    return Character.toUpperCase(action.charAt(0)) + action.substring(1);
  }

  /** The operation of the service whose answer is the result of a task, as its model names it. */
  public Optional<String> answeredBy(IntegrationPattern pattern) {
    return switch (pattern) {
      case REQUEST_RESPONSE -> Optional.of(operation(action));
      case SYNC, SYNC_2 -> Optional.ofNullable(polled);
      case WAIT_FOR_TASK_TOKEN -> Optional.empty();
    };
  }
}
