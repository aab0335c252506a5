package io.stepwise.server;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.stepwise.asl.model.QueryLanguage;
import io.stepwise.asl.model.StateType;
import io.stepwise.asl.validation.StateSchemas;
import io.stepwise.aws.ServiceCatalogue;
import io.stepwise.expression.Json;
import io.stepwise.services.states.resource.StatesError;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.SfnException;
import software.amazon.awssdk.services.sfn.model.SfnRequest;
import tools.jackson.databind.node.ObjectNode;

/** The tables of {@code docs/coverage.md}. */
final class CoverageTables {
  private static final String UNSUPPORTED = "Stepwise.UnsupportedIntegration";

  private final CoverageProbe probe;

  CoverageTables(CoverageProbe probe) {
    this.probe = probe;
  }

  /** The operations of the service model, as the AWS SDK has it. */
  String operations() throws IOException, InterruptedException {
    var names = new TreeSet<String>();
    for (var method : SfnClient.class.getMethods()) {
      if (method.getParameterCount() == 1
          && SfnRequest.class.isAssignableFrom(method.getParameterTypes()[0])
          && !method.getName().endsWith("Paginator")) {
        names.add(capitalized(method.getName()));
      }
    }
    var table = new StringBuilder("| operation | |\n|---|---|\n");
    var done = 0;
    for (var name : names) {
      var answers = probe.answers(name);
      done += answers ? 1 : 0;
      table.append("| ").append(name).append(answers ? " | done |\n" : " | not yet |\n");
    }
    return done + " of " + names.size() + " are done.\n\n" + table.toString().strip();
  }

  /** What the API answers errors with. */
  String errors() {
    var rows = new TreeMap<String, String>();
    for (var error : errorSamples()) {
      rows.put(error.code(), "| " + error.status() + " | " + error.message() + " |");
    }
    return "| code | HTTP | message |\n|---|---|---|\n"
        + rows.entrySet().stream()
            .map(row -> "| " + row.getKey() + " " + row.getValue())
            .collect(Collectors.joining("\n"));
  }

  /** What the service model has besides. */
  String unusedErrors() {
    var used =
        errorSamples().stream()
            .map(error -> error.code().replaceFirst("Exception$", ""))
            .collect(Collectors.toSet());
    return new ClassFileImporter()
        .importPackages(SfnException.class.getPackageName()).stream()
            .filter(type -> type.isAssignableTo(SfnException.class))
            .map(type -> type.getSimpleName().replaceFirst("Exception$", ""))
            .filter(name -> !name.equals("Sfn") && !name.isEmpty())
            .filter(name -> !name.endsWith("Impl") && !name.endsWith("Builder"))
            .filter(name -> !used.contains(name))
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "));
  }

  private static List<StatesError> errorSamples() {
    return Arrays.stream(StatesError.class.getPermittedSubclasses())
        .map(CoverageTables::sample)
        .sorted(Comparator.comparing(StatesError::code))
        .toList();
  }

  private static StatesError sample(Class<?> type) {
    var components = type.getRecordComponents();
    var types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    var values = new Object[components.length];
    Arrays.fill(values, "…");
    try {
      return (StatesError) type.getConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("Expected a record of texts: " + type, e);
    }
  }

  /** The fields of each type of state. */
  String states() throws IOException, InterruptedException {
    var notYet = new TreeMap<String, String>();
    for (var field : List.of("ResultWriter")) {
      var error = probe.errorOf(distributedMap(field));
      if (error.equals("States." + field + "Failed")) {
        notYet.put(field, error);
      }
    }
    var fields = new TreeMap<String, Map<StateType, String>>();
    for (var type : StateType.values()) {
      StateSchemas.fields(type)
          .forEach(
              (field, language) ->
                  fields
                      .computeIfAbsent(field, name -> new EnumMap<>(StateType.class))
                      .put(type, notYet.containsKey(field) ? "not yet" : label(language)));
    }
    var table = new StringBuilder("| field");
    for (var type : StateType.values()) {
      table.append(" | ").append(type.label());
    }
    table.append(" |\n|---").append("|---".repeat(StateType.values().length)).append("|\n");
    fields.forEach(
        (field, types) -> {
          table.append("| ").append(field);
          for (var type : StateType.values()) {
            table.append(" | ").append(types.getOrDefault(type, "–"));
          }
          table.append(" |\n");
        });
    notYet.forEach(
        (field, error) ->
            table.append("\nA Map with `%s` fails with `%s`.".formatted(field, error)));
    table.append(
        """

        An `ItemReader` reads `s3:listObjectsV2`, and `s3:getObject` with `InputType` `JSON` (with `ItemsPointer`), \
        `JSONL` and `CSV`, from the S3 at `AWS_ENDPOINT_URL_S3`; not yet `PARQUET`, `MANIFEST`, `ManifestType`, \
        `Transformation` and compressed files, which fail with `States.ItemReaderFailed`.""");
    return table.toString().strip();
  }

  private static String label(Optional<QueryLanguage> language) {
    return language
        .map(only -> only == QueryLanguage.JSONPATH ? "JSONPath" : "JSONata")
        .orElse("both");
  }

  private static ObjectNode distributedMap(String field) {
    var resource = field.equals("ItemReader") ? "s3:getObject" : "s3:putObject";
    return (ObjectNode)
        Json.parseTrusted(
            """
            {"Type": "Map", "%s": {"Resource": "arn:aws:states:::%s",
               "Parameters": {"Bucket": "b", "Key": "k", "Prefix": "p"}}, "Label": "Probe",
             "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
               "StartAt": "P", "States": {"P": {"Type": "Pass", "End": true}}}}
            """
                .formatted(field, resource));
  }

  /** The integrations, by what a Task of each fails with where nothing is set up. */
  String integrations() throws IOException, InterruptedException {
    var rows = new LinkedHashMap<String, List<String>>();
    for (var resource : ServiceCatalogue.resources()) {
      var action = resource.replaceFirst("(\\.sync(:2)?|\\.waitForTaskToken)$", "");
      var pattern = resource.substring(action.length());
      rows.computeIfAbsent("`" + action + "` | " + state(resource), row -> new ArrayList<>())
          .add(pattern.isEmpty() ? "request and response" : "`" + pattern + "`");
    }
    var table = new StringBuilder("| resource | | patterns |\n|---|---|---|\n");
    table.append("| a Lambda function's ARN | done | – |\n| an activity's ARN | done | – |\n");
    rows.forEach(
        (row, patterns) ->
            table.append("| %s | %s |\n".formatted(row, String.join(", ", patterns))));
    var sdk = state("arn:aws:states:::aws-sdk:s3:listBuckets");
    table.append(
        "| `arn:aws:states:::aws-sdk:SERVICE:ACTION` | %s | request and response, `.waitForTaskToken` |"
            .formatted(sdk));
    return table.toString();
  }

  private String state(String resource) throws IOException, InterruptedException {
    var task = Json.nodes().objectNode().put("Type", "Task").put("Resource", resource);
    task.putObject("Parameters");
    var error = probe.errorOf(task);
    return error.equals(UNSUPPORTED) ? "not yet" : "done";
  }

  private static String capitalized(String name) {
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }
}
