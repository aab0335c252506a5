package io.stepwise.services.lambda;

import io.stepwise.aws.FunctionArn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A function as it is now; immutable, replaced by every change.
 *
 * @param latest what {@code $LATEST} is
 * @param versions published, by number
 * @param versionLast the highest number ever given
 * @param aliases by name
 * @param reservedConcurrency calls at a time that are kept for it, or null
 * @param policy statements of who may invoke it, by id; each with the qualifier it is for
 */
record LambdaFunction(
    FunctionArn arn,
    Revision latest,
    Map<Integer, Revision> versions,
    int versionLast,
    Map<String, Alias> aliases,
    @Nullable Integer reservedConcurrency,
    Map<String, String> tags,
    List<Permission> policy) {
  /** The unpublished version. */
  static final String LATEST = "$LATEST";

  /**
   * Code and configuration at a time.
   *
   * @param settings as AWS's FunctionConfiguration has them; not to be changed
   * @param code its code
   * @param modified when it was changed. Units: milliseconds since 1970
   * @param revisionId changes with every change
   */
  record Revision(ObjectNode settings, Code code, long modified, String revisionId) {
    String text(String name) {
      return settings.path(name).asString("");
    }

    int whole(String name) {
      return settings.path(name).intValue();
    }
  }

  /**
   * The code of a function.
   *
   * @param sha256 of the zip, in Base64
   * @param size of the zip. Units: bytes
   * @param folder where the code is edited and run in place, or null where it came as a zip
   */
  record Code(String sha256, long size, @Nullable String folder) {}

  /**
   * A name for a version, or two.
   *
   * @param weights share of other versions, by their number
   */
  record Alias(
      String name,
      String version,
      String description,
      Map<String, Double> weights,
      String revisionId) {
    Alias {
      weights = Map.copyOf(weights);
    }
  }

  /**
   * Who may invoke it.
   *
   * @param qualifier the version or alias it is for, or empty
   */
  record Permission(String id, String qualifier, JsonNode statement) {}

  LambdaFunction {
    versions = new TreeMap<>(versions);
    aliases = new LinkedHashMap<>(aliases);
    tags = new LinkedHashMap<>(tags);
    policy = List.copyOf(policy);
  }

  LambdaFunction withLatest(Revision other) {
    return new LambdaFunction(
        arn, other, versions, versionLast, aliases, reservedConcurrency, tags, policy);
  }

  LambdaFunction withVersion(int number, Revision revision) {
    var all = new TreeMap<>(versions);
    all.put(number, revision);
    return new LambdaFunction(
        arn,
        latest,
        all,
        Math.max(number, versionLast),
        aliases,
        reservedConcurrency,
        tags,
        policy);
  }

  LambdaFunction withoutVersion(int number) {
    var all = new TreeMap<>(versions);
    all.remove(number);
    return new LambdaFunction(
        arn, latest, all, versionLast, aliases, reservedConcurrency, tags, policy);
  }

  LambdaFunction withAlias(Alias alias) {
    var all = new LinkedHashMap<>(aliases);
    all.put(alias.name(), alias);
    return new LambdaFunction(
        arn, latest, versions, versionLast, all, reservedConcurrency, tags, policy);
  }

  LambdaFunction withoutAlias(String name) {
    var all = new LinkedHashMap<>(aliases);
    all.remove(name);
    return new LambdaFunction(
        arn, latest, versions, versionLast, all, reservedConcurrency, tags, policy);
  }

  LambdaFunction withConcurrency(@Nullable Integer reserved) {
    return new LambdaFunction(arn, latest, versions, versionLast, aliases, reserved, tags, policy);
  }

  LambdaFunction withTags(Map<String, String> other) {
    return new LambdaFunction(
        arn, latest, versions, versionLast, aliases, reservedConcurrency, other, policy);
  }

  LambdaFunction withPolicy(List<Permission> other) {
    return new LambdaFunction(
        arn, latest, versions, versionLast, aliases, reservedConcurrency, tags, other);
  }

  LambdaFunction withPermission(Permission permission) {
    var all = new ArrayList<>(policy);
    all.add(permission);
    return withPolicy(all);
  }

  /** The revision of a version: a number, or {@code $LATEST}. */
  Optional<Revision> revision(String version) {
    if (version.equals(LATEST)) {
      return Optional.of(latest);
    }
    return version.matches("\\d{1,9}")
        ? Optional.ofNullable(versions.get(Integer.parseInt(version)))
        : Optional.empty();
  }

  /** The version that a qualifier leads to; an alias may have two, and {@code random} decides. */
  Optional<String> version(@Nullable String qualifier, RandomGenerator random) {
    if (qualifier == null) {
      return Optional.of(LATEST);
    }
    var alias = aliases.get(qualifier);
    if (alias == null) {
      return revision(qualifier).map(known -> qualifier);
    }
    var drawn = random.nextDouble();
    for (var weight : alias.weights().entrySet()) {
      drawn -= weight.getValue();
      if (drawn < 0) {
        return Optional.of(weight.getKey());
      }
    }
    return Optional.of(alias.version());
  }
}
