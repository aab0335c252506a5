package io.stepwise.aws.model;

import java.util.Map;
import java.util.Optional;

/**
 * A service: how it is spoken to, its operations, and its errors.
 *
 * @param serviceId e.g. {@code Secrets Manager}
 * @param protocol how it is spoken to
 * @param jsonVersion of its content type, or empty
 * @param endpointPrefix what its host begins with
 * @param signingName its name in signatures
 * @param targetPrefix what the header X-Amz-Target begins with, or empty
 * @param apiVersion of its forms
 * @param xmlNamespace of its elements, or empty
 * @param isQueryCompatible whether its JSON errors have an older code in a header as well
 * @param dialect how tasks name and write what the service does
 * @param operations by action, e.g. {@code putItem}
 * @param errors names of shapes by themselves and by the code on the wire
 */
public record ServiceModel(
    String serviceId,
    Protocol protocol,
    String jsonVersion,
    String endpointPrefix,
    String signingName,
    String targetPrefix,
    String apiVersion,
    String xmlNamespace,
    boolean isQueryCompatible,
    Dialect dialect,
    Map<String, ModelOperation> operations,
    Map<String, String> errors) {

  /** How a service is spoken to. */
  public enum Protocol {
    JSON,
    REST_JSON,
    REST_XML,
    QUERY,
    EC2;

    /** Whether paths and headers of HTTP mean something. */
    public boolean isRest() {
      return this == REST_JSON || this == REST_XML;
    }

    /** Whether bodies are JSON. */
    public boolean isJson() {
      return this == JSON || this == REST_JSON;
    }
  }

  public ServiceModel {
    operations = Map.copyOf(operations);
    errors = Map.copyOf(errors);
  }

  /** What its errors begin with in aws-sdk integrations, e.g. {@code SecretsManager}. */
  public String prefix() {
    return SdkNames.prefix(serviceId);
  }

  /** An operation by its action. */
  public Optional<ModelOperation> operation(String action) {
    return Optional.ofNullable(operations.get(action));
  }

  /** The name of an error in aws-sdk integrations, by its code on the wire. */
  public String errorName(String code) {
    var shape = errors.get(code);
    var prefix = prefix();
    return prefix + "." + (shape == null ? prefix + "Exception" : SdkNames.exception(shape));
  }
}
