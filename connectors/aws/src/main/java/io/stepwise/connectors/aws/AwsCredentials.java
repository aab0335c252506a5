package io.stepwise.connectors.aws;

import java.util.Map;
import java.util.Optional;

/**
 * What requests are signed with.
 *
 * @param sessionToken of temporary ones
 */
public record AwsCredentials(String accessKeyId, String secretKey, Optional<String> sessionToken) {

  /** Those that an environment holds. */
  public static Optional<AwsCredentials> of(Map<String, String> environment) {
    var id = environment.get("AWS_ACCESS_KEY_ID");
    var secret = environment.get("AWS_SECRET_ACCESS_KEY");
    if (id == null || id.isBlank() || secret == null || secret.isBlank()) {
      return Optional.empty();
    }
    return Optional.of(
        new AwsCredentials(
            id.strip(),
            secret.strip(),
            Optional.ofNullable(environment.get("AWS_SESSION_TOKEN")).filter(t -> !t.isBlank())));
  }

  /** For emulators, which take the account from a key of 12 digits and look at no signature. */
  public static AwsCredentials ofAccount(String account) {
    return new AwsCredentials(account, "stepwise", Optional.empty());
  }

  /** Never shows its secret. */
  @Override
  public String toString() {
    return "credentials " + accessKeyId;
  }
}
