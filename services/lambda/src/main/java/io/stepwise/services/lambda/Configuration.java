package io.stepwise.services.lambda;

import io.stepwise.expression.Json;
import io.stepwise.protocol.CommonError.ValidationException;
import io.stepwise.protocol.Member;
import io.stepwise.services.lambda.LambdaError.InvalidParameterValueException;
import io.stepwise.services.lambda.LambdaFunction.Revision;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The configuration of functions: what a request may set, and how AWS shows it.
 *
 * <p>Source: Lambda's service model, FunctionConfiguration; quotas of Lambda.
 */
final class Configuration {
  /** What requests that set a configuration have in common. */
  static final List<Member> MEMBERS =
      List.of(
          Member.text("Runtime", 0, 64),
          Member.text("Role", 0, 2048),
          Member.text("Handler", 0, 128),
          Member.text("Description", 0, 256),
          Member.whole("Timeout", 1, 900),
          Member.whole("MemorySize", 128, 32_768));

  private static final Set<String> RUNTIMES =
      Set.of(
          "nodejs16.x",
          "nodejs18.x",
          "nodejs20.x",
          "nodejs22.x",
          "nodejs24.x",
          "python3.8",
          "python3.9",
          "python3.10",
          "python3.11",
          "python3.12",
          "python3.13",
          "python3.14",
          "java8.al2",
          "java11",
          "java17",
          "java21",
          "java25",
          "provided.al2",
          "provided.al2023");

  private static final Set<String> RESERVED =
      Set.of(
          "_HANDLER",
          "_X_AMZN_TRACE_ID",
          "AWS_DEFAULT_REGION",
          "AWS_REGION",
          "AWS_EXECUTION_ENV",
          "AWS_LAMBDA_FUNCTION_NAME",
          "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
          "AWS_LAMBDA_FUNCTION_VERSION",
          "AWS_LAMBDA_INITIALIZATION_TYPE",
          "AWS_LAMBDA_LOG_GROUP_NAME",
          "AWS_LAMBDA_LOG_STREAM_NAME",
          "AWS_ACCESS_KEY",
          "AWS_ACCESS_KEY_ID",
          "AWS_SECRET_ACCESS_KEY",
          "AWS_SESSION_TOKEN",
          "AWS_LAMBDA_RUNTIME_API",
          "LAMBDA_TASK_ROOT",
          "LAMBDA_RUNTIME_DIR");

  private static final Pattern VARIABLE = Pattern.compile("[a-zA-Z]([a-zA-Z0-9_])+");
  private static final int ENVIRONMENT_BYTES_MAX = 4096;

  /** What is kept and shown, but changes nothing here. */
  private static final List<String> KEPT =
      List.of(
          "TracingConfig", "DeadLetterConfig", "VpcConfig", "LoggingConfig", "EphemeralStorage");

  private static final DateTimeFormatter MODIFIED =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSxx", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private Configuration() {}

  /** The settings of a new function. */
  static ObjectNode of(String name, JsonNode request) {
    refuseWhatIsNotThere(request);
    var settings = defaults(name);
    if (request.path("Architectures").isArray()) {
      settings.set("Architectures", architectures(request.path("Architectures")));
    }
    return change(settings, request);
  }

  /** The settings of a function that can't be called, which say why. */
  static ObjectNode unusable(String name, String role, String reason) {
    var settings = defaults(name);
    settings.put("Role", role);
    settings.put("State", "Failed").put("StateReason", reason);
    settings.put("StateReasonCode", "InvalidConfiguration");
    return settings;
  }

  private static ObjectNode defaults(String name) {
    var settings = Json.nodes().objectNode();
    settings.put("Runtime", "");
    settings.put("Role", "");
    settings.put("Handler", "");
    settings.put("Description", "");
    settings.put("Timeout", 3);
    settings.put("MemorySize", 128);
    settings.putObject("TracingConfig").put("Mode", "PassThrough");
    settings.putArray("Architectures").add("x86_64");
    settings.putObject("EphemeralStorage").put("Size", 512);
    var logging = settings.putObject("LoggingConfig");
    logging.put("LogFormat", "Text").put("LogGroup", "/aws/lambda/" + name);
    return settings;
  }

  private static JsonNode architectures(JsonNode asked) {
    if (asked.size() != 1 || !Set.of("x86_64", "arm64").contains(asked.path(0).asString(""))) {
      throw new ValidationException(
              "1 validation error detected: Value '"
                  + Json.print(asked)
                  + "' at 'architectures' failed to satisfy constraint: Member must satisfy"
                  + " constraint: [Member must satisfy enum value set: [x86_64, arm64], Member must"
                  + " have length less than or equal to 1]")
          .toException();
    }
    return asked;
  }

  /** Settings as a request changes them; what it leaves out stays. */
  static ObjectNode changed(ObjectNode settings, JsonNode request) {
    refuseWhatIsNotThere(request);
    return change(settings.deepCopy(), request);
  }

  private static ObjectNode change(ObjectNode settings, JsonNode request) {
    for (var member : MEMBERS) {
      var value = request.get(member.name());
      if (value != null) {
        settings.set(member.name(), value);
      }
    }
    checkRuntime(settings.path("Runtime").asString(""));
    if (settings.path("Handler").asString("").isEmpty()) {
      throw new InvalidParameterValueException(
              "Runtime and Handler are mandatory parameters for functions created with deployment"
                  + " packages.")
          .toException();
    }
    var environment = request.get("Environment");
    if (environment != null) {
      settings.remove("Environment");
      var variables = environment.path("Variables");
      if (variables.isObject() && !variables.isEmpty()) {
        check((ObjectNode) variables);
        settings.putObject("Environment").set("Variables", variables);
      }
    }
    for (var name : KEPT) {
      var value = request.get(name);
      if (value instanceof ObjectNode object) {
        keep(settings, name, object);
      }
    }
    return settings;
  }

  private static void keep(ObjectNode settings, String name, ObjectNode value) {
    if (name.equals("LoggingConfig") && settings.get(name) instanceof ObjectNode known) {
      known.setAll(value); // the group stays what it was
    } else if (value.isEmpty()) {
      settings.remove(name);
    } else {
      settings.set(name, value);
    }
  }

  private static void refuseWhatIsNotThere(JsonNode request) {
    if (request.path("PackageType").asString("Zip").equals("Image")) {
      throw notThere("container images (PackageType Image)");
    }
    if (request.path("Layers").isArray() && !request.path("Layers").isEmpty()) {
      throw notThere("layers (Layers)");
    }
    if (request.path("FileSystemConfigs").isArray()
        && !request.path("FileSystemConfigs").isEmpty()) {
      throw notThere("file systems (FileSystemConfigs)");
    }
    if (request.path("SnapStart").path("ApplyOn").asString("None").equals("PublishedVersions")) {
      throw notThere("SnapStart");
    }
    if (!request.path("DeadLetterConfig").path("TargetArn").asString("").isEmpty()) {
      throw notThere("queues and topics for dead letters (DeadLetterConfig)");
    }
    if (request.has("DurableConfig")) {
      throw notThere("durable functions (DurableConfig)");
    }
  }

  /** The refusal of what a function can have on AWS, and not here. */
  static RuntimeException notThere(String what) {
    return new InvalidParameterValueException("Stepwise does not support " + what + " yet.")
        .toException();
  }

  /** Whether AWS has a runtime of that name. */
  static boolean isRuntime(String name) {
    return RUNTIMES.contains(name);
  }

  private static void checkRuntime(String runtime) {
    if (!isRuntime(runtime)) {
      throw new InvalidParameterValueException(
              "Value "
                  + runtime
                  + " at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: "
                  + RUNTIMES.stream().sorted().toList()
                  + " or be a valid ARN")
          .toException();
    }
  }

  private static void check(ObjectNode variables) {
    var reserved =
        variables.properties().stream()
            .map(variable -> variable.getKey())
            .filter(RESERVED::contains)
            .collect(Collectors.joining(", "));
    if (!reserved.isEmpty()) {
      throw new InvalidParameterValueException(
              "Lambda was unable to configure your environment variables because the environment"
                  + " variables you have provided contains reserved keys that are currently not"
                  + " supported for modification. Reserved keys used in this request: "
                  + reserved)
          .toException();
    }
    for (var variable : variables.properties()) {
      if (!VARIABLE.matcher(variable.getKey()).matches() || !variable.getValue().isString()) {
        throw new ValidationException(
                "1 validation error detected: Value at 'environment.variables' failed to satisfy"
                    + " constraint: Map keys must satisfy constraint: [Member must satisfy regular"
                    + " expression pattern: [a-zA-Z]([a-zA-Z0-9_])+]")
            .toException();
      }
    }
    var text = Json.print(variables);
    if (text.getBytes(StandardCharsets.UTF_8).length > ENVIRONMENT_BYTES_MAX) {
      throw new InvalidParameterValueException(
              "Lambda was unable to configure your environment variables because the environment"
                  + " variables you have provided exceeded the 4KB limit. String measured: "
                  + text)
          .toException();
    }
  }

  /** A published version as AWS shows it. */
  static ObjectNode shownVersion(LambdaFunction function, int number) {
    var version = Integer.toString(number);
    return shown(
        function,
        function.revision(version).orElseThrow(),
        version,
        function.arn().text() + ":" + version);
  }

  /** As AWS shows it. */
  static ObjectNode shown(LambdaFunction function, Revision revision, String version, String arn) {
    var shown = Json.nodes().objectNode();
    shown.put("FunctionName", function.arn().name());
    shown.put("FunctionArn", arn);
    for (var name : List.of("Runtime", "Role", "Handler")) {
      shown.set(name, revision.settings().get(name));
    }
    shown.put("CodeSize", revision.code().size());
    for (var name : List.of("Description", "Timeout", "MemorySize")) {
      shown.set(name, revision.settings().get(name));
    }
    shown.put("LastModified", MODIFIED.format(Instant.ofEpochMilli(revision.modified())));
    shown.put("CodeSha256", revision.code().sha256());
    shown.put("Version", version);
    for (var setting : revision.settings().properties()) {
      if (!shown.has(setting.getKey())) {
        shown.set(setting.getKey(), setting.getValue());
      }
    }
    shown.put("RevisionId", revision.revisionId());
    shown.put("State", revision.settings().path("State").asString("Active"));
    shown.put("LastUpdateStatus", "Successful");
    shown.put("PackageType", "Zip");
    var snap = shown.putObject("SnapStart");
    snap.put("ApplyOn", "None").put("OptimizationStatus", "Off");
    shown
        .putObject("RuntimeVersionConfig")
        .put(
            "RuntimeVersionArn",
            "arn:"
                + function.arn().partition()
                + ":lambda:"
                + function.arn().region()
                + "::runtime:"
                + HexFormat.of()
                    .formatHex(
                        CodeStore.sha256(
                            revision.text("Runtime").getBytes(StandardCharsets.UTF_8))));
    return shown;
  }
}
