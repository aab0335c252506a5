package io.stepwise.server.config;

import java.net.URI;
import java.net.URISyntaxException;

/** Checks the URLs of servers that one is told. */
public final class EndpointUrl {
  private EndpointUrl() {}

  /**
   * Reads a URL as one of http or https that names a host.
   *
   * <p>Errors: {@link IllegalArgumentException} that names {@code what} and an {@code example}.
   */
  public static URI parse(String what, String text, String example) {
    try {
      return check(what, new URI(text), example);
    } catch (URISyntaxException e) {
      throw wrong(what, text, example);
    }
  }

  /** As {@link #parse}, of what was read already. */
  public static URI check(String what, URI url, String example) {
    var scheme = String.valueOf(url.getScheme());
    if (!scheme.equalsIgnoreCase("http") && !scheme.equalsIgnoreCase("https")
        || url.getHost() == null) {
      throw wrong(what, url.toString(), example);
    }
    return url;
  }

  private static IllegalArgumentException wrong(String what, String text, String example) {
    return new IllegalArgumentException(
        "Expected a URL such as " + example + " in " + what + ", got '" + text + "'");
  }
}
