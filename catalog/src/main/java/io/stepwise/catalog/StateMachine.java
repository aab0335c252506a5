package io.stepwise.catalog;

import io.stepwise.asl.model.StateMachineType;
import io.stepwise.aws.StateMachineArn;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A state machine as it is now; immutable, replaced by every change.
 *
 * @param revision id of the current revision
 * @param publishedAtCreation whether it was created with {@code publish}
 * @param creationDescription description given to that version
 * @param versionLast the highest version number ever given
 * @param versions by number
 * @param aliases by name, in the order of creation
 */
public record StateMachine(
    StateMachineArn arn,
    String name,
    StateMachineType type,
    long createdMillis,
    long revision,
    boolean deleting,
    boolean publishedAtCreation,
    String creationDescription,
    int versionLast,
    NavigableMap<Integer, Version> versions,
    Map<String, Alias> aliases,
    Map<String, String> tags) {

  public StateMachine {
    Objects.requireNonNull(arn);
    versions = Collections.unmodifiableNavigableMap(new TreeMap<>(versions));
    aliases = Collections.unmodifiableMap(new LinkedHashMap<>(aliases));
    tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
  }

  /** ARN of a version. */
  public String versionArn(int number) {
    return arn.text() + ":" + number;
  }

  /** ARN of an alias. */
  public String aliasArn(String alias) {
    return arn.text() + ":" + alias;
  }

  /** The version that publishes a revision, or null. */
  public @Nullable Version versionOf(long revision) {
    for (var version : versions.descendingMap().values()) {
      if (version.revision() == revision) {
        return version;
      }
    }
    return null;
  }

  StateMachine withRevision(long revision) {
    return with(revision, deleting, versionLast, versions, aliases, tags);
  }

  StateMachine withDeleting() {
    return with(revision, true, versionLast, versions, aliases, tags);
  }

  StateMachine withVersion(Version version) {
    var all = new TreeMap<>(versions);
    all.put(version.number(), version);
    return with(revision, deleting, Math.max(versionLast, version.number()), all, aliases, tags);
  }

  StateMachine withoutVersion(int number) {
    var all = new TreeMap<>(versions);
    all.remove(number);
    return with(revision, deleting, versionLast, all, aliases, tags);
  }

  StateMachine withAlias(Alias alias) {
    var all = new LinkedHashMap<>(aliases);
    all.put(alias.name(), alias);
    return with(revision, deleting, versionLast, versions, all, tags);
  }

  StateMachine withoutAlias(String alias) {
    var all = new LinkedHashMap<>(aliases);
    all.remove(alias);
    return with(revision, deleting, versionLast, versions, all, tags);
  }

  StateMachine withTags(Map<String, String> tags) {
    return with(revision, deleting, versionLast, versions, aliases, tags);
  }

  private StateMachine with(
      long revision,
      boolean deleting,
      int versionLast,
      NavigableMap<Integer, Version> versions,
      Map<String, Alias> aliases,
      Map<String, String> tags) {
    return new StateMachine(
        arn,
        name,
        type,
        createdMillis,
        revision,
        deleting,
        publishedAtCreation,
        creationDescription,
        versionLast,
        versions,
        aliases,
        tags);
  }
}
