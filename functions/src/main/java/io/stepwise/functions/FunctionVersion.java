package io.stepwise.functions;

import io.stepwise.aws.FunctionArn;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A version of a function as it is run.
 *
 * @param arn of the function, without a qualifier
 * @param version a number, or {@code $LATEST}
 * @param revisionId changes with everything here; a process belongs to one
 * @param runtime AWS's name of it, e.g. {@code nodejs22.x}
 * @param handler what the runtime is to call
 * @param timeoutSeconds bound on an invocation
 * @param memoryMegabytes what handlers are told; reported, not enforced
 * @param environment variables of the function's own
 * @param code the folder with its unpacked code, or a jar that is run as it stands
 * @param layers the folder that stands for {@code /opt}, if there are layers
 * @param concurrencyMax invocations at a time
 * @param jsonLogs whether its log lines are to be JSON
 * @param logGroup where its lines go
 */
public record FunctionVersion(
    FunctionArn arn,
    String version,
    String revisionId,
    String runtime,
    String handler,
    int timeoutSeconds,
    int memoryMegabytes,
    Map<String, String> environment,
    Path code,
    Optional<Path> layers,
    int concurrencyMax,
    boolean jsonLogs,
    String logGroup) {
  public FunctionVersion {
    Objects.requireNonNull(arn);
    Objects.requireNonNull(code);
    environment = Map.copyOf(environment);
  }

  /** The group that lines of a function go to where nothing else is said. */
  public static String defaultLogGroup(String name) {
    return "/aws/lambda/" + name;
  }

  /** The folder that handlers are started in: that of the code, or the one its jar is in. */
  public Path taskRoot() {
    var parent = code.toString().endsWith(".jar") ? code.getParent() : null;
    return parent == null || Files.isDirectory(code) ? code : parent;
  }
}
