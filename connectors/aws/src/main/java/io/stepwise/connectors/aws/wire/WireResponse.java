package io.stepwise.connectors.aws.wire;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An answer of a service.
 *
 * @param headers by name in any case, see {@link #header}; in the order sent
 * @param body not to be changed
 */
public record WireResponse(int status, Map<String, List<String>> headers, byte[] body) {

  /** The first header of that name, in any case. */
  public Optional<String> header(String name) {
    var exact = headers.get(name);
    if (exact != null) {
      return Optional.of(exact.getFirst());
    }
    return headers.entrySet().stream()
        .filter(header -> header.getKey().equalsIgnoreCase(name))
        .map(header -> header.getValue().getFirst())
        .findFirst();
  }

  /** Whether the service did what was asked. */
  public boolean isSuccess() {
    return status / 100 == 2;
  }
}
