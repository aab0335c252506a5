package io.stepwise.connectors.aws;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Where services answer, by the variables of the AWS SDKs and of Step Functions Local.
 *
 * @param byVariable the endpoints of single services, by the variable that names them
 * @param others the endpoint of all others, if there is one
 */
public record AwsEndpoints(Map<String, URI> byVariable, Optional<URI> others) {
  /** Nothing answers. */
  public static final AwsEndpoints NONE = new AwsEndpoints(Map.of(), Optional.empty());

  private static final String PREFIX = "AWS_ENDPOINT_URL";

  /** Names of services in the variables of Step Functions Local, where these differ. */
  private static final Map<String, String> OLD_NAMES =
      Map.of("SFN", "STEP_FUNCTIONS", "SAGEMAKER", "SAGE_MAKER");

  public AwsEndpoints {
    byVariable = Map.copyOf(byVariable);
  }

  /** Reads the text of a variable as a URL. */
  @FunctionalInterface
  public interface UrlReader {
    /** The URL in {@code variable}. Errors: {@link IllegalArgumentException} that names it. */
    URI read(String variable, String text);
  }

  /** Those that an environment names. */
  public static AwsEndpoints of(Map<String, String> environment, UrlReader reader) {
    var found = new HashMap<String, URI>();
    environment.forEach(
        (variable, text) -> {
          if ((variable.startsWith(PREFIX + "_") || variable.endsWith("_ENDPOINT"))
              && !text.isBlank()
              && isOfService(variable)) {
            found.put(variable, reader.read(variable, text.strip()));
          }
        });
    var others = environment.getOrDefault(PREFIX, "").strip();
    return new AwsEndpoints(
        found, others.isEmpty() ? Optional.empty() : Optional.of(reader.read(PREFIX, others)));
  }

  /** The old names are those of Step Functions Local alone: others mean other things. */
  private static boolean isOfService(String variable) {
    return variable.startsWith(PREFIX)
        || List.of(
                "BATCH_ENDPOINT",
                "DYNAMODB_ENDPOINT",
                "ECS_ENDPOINT",
                "GLUE_ENDPOINT",
                "SAGE_MAKER_ENDPOINT",
                "SNS_ENDPOINT",
                "SQS_ENDPOINT",
                "STEP_FUNCTIONS_ENDPOINT",
                "LAMBDA_ENDPOINT")
            .contains(variable);
  }

  /** As well with that endpoint of a service. */
  public AwsEndpoints with(String serviceId, URI endpoint) {
    var all = new HashMap<>(byVariable);
    all.put(variable(serviceId), endpoint);
    return new AwsEndpoints(all, others);
  }

  /** The endpoint of a service that is named for it alone. */
  public Optional<URI> own(String serviceId) {
    var name = name(serviceId);
    var old = OLD_NAMES.getOrDefault(name, name) + "_ENDPOINT";
    return Optional.ofNullable(byVariable.get(PREFIX + "_" + name))
        .or(() -> Optional.ofNullable(byVariable.get(old)));
  }

  /** The endpoint of a service. */
  public Optional<URI> find(String serviceId) {
    return own(serviceId).or(() -> others);
  }

  /** The variable that names the endpoint of a service. */
  public static String variable(String serviceId) {
    return PREFIX + "_" + name(serviceId);
  }

  private static String name(String serviceId) {
    return serviceId.toUpperCase(Locale.ROOT).replace(' ', '_').replace('-', '_');
  }
}
