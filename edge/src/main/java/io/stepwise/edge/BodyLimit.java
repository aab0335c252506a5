package io.stepwise.edge;

/** How long the body of a request may be, by what its head says. Called on a loop. */
@FunctionalInterface
public interface BodyLimit {
  /**
   * The longest body that is taken. Units: bytes.
   *
   * @param uri the request target as sent
   */
  int bytesMax(String method, String uri);
}
