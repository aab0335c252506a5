package io.stepwise.edge;

import java.time.Duration;
import java.util.Objects;

/**
 * How a server listens.
 *
 * @param port 0 for any free one
 * @param bodies longest bodies taken
 * @param idle how long a connection may rest between two requests, and how long a request may take
 *     to arrive; a request that waits for its answer is never cut off
 */
public record HttpServerConfig(String host, int port, BodyLimit bodies, Duration idle) {
  /** AWS's limit of 1 MB for a request, with room for escapes in a definition of 1 MB. */
  public static final int BODY_BYTES_MAX = 4 << 20;

  public HttpServerConfig {
    Objects.requireNonNull(host);
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("Expected a port from 0 to 65535, got " + port);
    }
    Objects.requireNonNull(bodies);
  }

  /** With the usual limits. */
  public static HttpServerConfig of(String host, int port) {
    return of(host, port, (method, uri) -> BODY_BYTES_MAX);
  }

  /** With longer bodies for some. */
  public static HttpServerConfig of(String host, int port, BodyLimit bodies) {
    return new HttpServerConfig(host, port, bodies, Duration.ofSeconds(75));
  }
}
