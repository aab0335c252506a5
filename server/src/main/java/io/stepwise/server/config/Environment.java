package io.stepwise.server.config;

import io.stepwise.connectors.aws.AwsCredentials;
import io.stepwise.connectors.aws.AwsEndpoints;
import io.stepwise.server.logging.LogFormat;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The environment variables a server reads: those of the AWS SDKs and of Step Functions Local.
 *
 * @param variables the environment of the process
 */
public record Environment(Map<String, String> variables) {

  public Environment {
    variables = Map.copyOf(variables);
  }

  /** {@code AWS_ACCOUNT_ID}, else Step Functions Local's default. */
  public String account() {
    return first("AWS_ACCOUNT_ID").orElse("123456789012");
  }

  /** {@code AWS_REGION} or {@code AWS_DEFAULT_REGION}, else Step Functions Local's default. */
  public String region() {
    return first("AWS_REGION", "AWS_DEFAULT_REGION").orElse("us-east-1");
  }

  /**
   * {@code WAIT_TIME_SCALE}, else 1.
   *
   * <p>Errors: {@link IllegalArgumentException} where it is no number.
   */
  public double waitTimeScale() {
    var text = first("WAIT_TIME_SCALE").orElse("1");
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "Expected a number in WAIT_TIME_SCALE, got '" + text + "'", e);
    }
  }

  /**
   * Where Lambda answers: {@code AWS_ENDPOINT_URL_LAMBDA}, {@code LAMBDA_ENDPOINT}, or {@code
   * AWS_ENDPOINT_URL} for all services.
   *
   * <p>Errors: {@link IllegalArgumentException} where it is no URL.
   */
  public Optional<URI> lambdaEndpoint() {
    return endpoint("http://127.0.0.1:3001", "AWS_ENDPOINT_URL_LAMBDA", "LAMBDA_ENDPOINT");
  }

  /**
   * Where the services of AWS answer: {@code AWS_ENDPOINT_URL_<SERVICE>}, the old names of Step
   * Functions Local, and {@code AWS_ENDPOINT_URL} for all others.
   *
   * <p>Errors: {@link IllegalArgumentException} where one is no URL.
   */
  public AwsEndpoints serviceEndpoints() {
    return AwsEndpoints.of(
        variables, (variable, text) -> EndpointUrl.parse(variable, text, "http://127.0.0.1:4566"));
  }

  /** {@code AWS_ACCESS_KEY_ID}, {@code AWS_SECRET_ACCESS_KEY} and {@code AWS_SESSION_TOKEN}. */
  public Optional<AwsCredentials> credentials() {
    return AwsCredentials.of(variables);
  }

  /**
   * Where Step Functions answers: {@code AWS_ENDPOINT_URL_SFN}, or {@code AWS_ENDPOINT_URL} for all
   * services.
   *
   * <p>Errors: {@link IllegalArgumentException} where it is no URL.
   */
  public Optional<URI> endpoint() {
    return endpoint("http://127.0.0.1:8083", "AWS_ENDPOINT_URL_SFN");
  }

  private Optional<URI> endpoint(String example, String... names) {
    for (var name : names) {
      if (first(name).isPresent()) {
        return first(name).map(text -> EndpointUrl.parse(name, text, example));
      }
    }
    return first("AWS_ENDPOINT_URL")
        .map(text -> EndpointUrl.parse("AWS_ENDPOINT_URL", text, example));
  }

  /** {@code SFN_MOCK_CONFIG} or {@code LOCALSTACK_SFN_MOCK_CONFIG}: a file of mocked answers. */
  public Optional<Path> mockConfig() {
    return first("SFN_MOCK_CONFIG", "LOCALSTACK_SFN_MOCK_CONFIG").map(Path::of);
  }

  /**
   * {@code STEPWISE_LOG_FORMAT}: text or json; else text.
   *
   * <p>Errors: {@link IllegalArgumentException} where it is neither.
   */
  public LogFormat logFormat() {
    var text = first("STEPWISE_LOG_FORMAT").orElse("text");
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "text" -> LogFormat.TEXT;
      case "json" -> LogFormat.JSON;
      default ->
          throw new IllegalArgumentException(
              "Expected text or json in STEPWISE_LOG_FORMAT, got '" + text + "'");
    };
  }

  /** {@code STEPWISE_LOG_REQUESTS}: true for a line for each request. */
  public boolean logRequests() {
    return first("STEPWISE_LOG_REQUESTS").map(Boolean::parseBoolean).orElse(false);
  }

  private Optional<String> first(String... names) {
    for (var name : names) {
      var value = variables.get(name);
      if (value != null && !value.isBlank()) {
        return Optional.of(value.strip());
      }
    }
    return Optional.empty();
  }
}
