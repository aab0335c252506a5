package io.stepwise.protocol;

import io.stepwise.aws.AwsLocation;
import io.stepwise.edge.Request;
import java.util.Objects;

/**
 * Where a request acts: AWS region and account. Credentials are not checked here.
 *
 * <p>Both are read off the credential scope of the signature, {@code Credential=<key
 * id>/<date>/<region>/<service>/aws4_request}; a key id of twelve digits is an account.
 */
public record Identity(String region, String account) {
  private static final String CREDENTIAL = "Credential=";
  private static final int ACCOUNT_DIGITS = 12;

  public Identity {
    Objects.requireNonNull(region);
    Objects.requireNonNull(account);
  }

  /** The identity of a request; what it does not say is taken from {@code defaults}. */
  public static Identity of(Request request, Identity defaults) {
    var header = request.header("authorization");
    var at = header == null ? -1 : header.indexOf(CREDENTIAL);
    if (header == null || at < 0) {
      return defaults;
    }
    var start = at + CREDENTIAL.length();
    var keyEnd = header.indexOf('/', start);
    var dateEnd = header.indexOf('/', keyEnd + 1);
    var regionEnd = header.indexOf('/', dateEnd + 1);
    if (keyEnd < 0 || dateEnd < 0 || regionEnd < 0) {
      return defaults;
    }
    var isAccount = keyEnd - start == ACCOUNT_DIGITS && allDigits(header, start, keyEnd);
    var account = isAccount ? header.substring(start, keyEnd) : defaults.account();
    if (header.startsWith(defaults.region() + "/", dateEnd + 1)) {
      return isAccount ? new Identity(defaults.region(), account) : defaults;
    }
    var region = header.substring(dateEnd + 1, regionEnd);
    return isRegion(region)
        ? new Identity(region, account)
        : new Identity(defaults.region(), account);
  }

  /** The service that a request was signed for, or empty. */
  static String serviceOf(Request request) {
    var header = request.header("authorization");
    var at = header == null ? -1 : header.indexOf(CREDENTIAL);
    if (header == null || at < 0) {
      return "";
    }
    var scope = header.substring(at + CREDENTIAL.length()).split("[/, ]", 6);
    return scope.length > 3 ? scope[3] : "";
  }

  /** Where what it makes is. */
  public AwsLocation location() {
    return AwsLocation.of(region, account);
  }

  private static boolean allDigits(String text, int from, int to) {
    for (var i = from; i < to; i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  private static boolean isRegion(String text) {
    if (text.isEmpty() || text.length() > 32) {
      return false;
    }
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '-') {
        return false;
      }
    }
    return true;
  }
}
