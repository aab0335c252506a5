package io.stepwise.integration;

import java.util.List;
import java.util.Optional;

/** The connectors of a server, in the order in which they are asked. */
public record Connectors(List<Connector> connectors) {

  public Connectors {
    connectors = List.copyOf(connectors);
  }

  /** The connector that does the work of such a task. */
  public Optional<Connector> find(String service, String action) {
    return connectors.stream().filter(connector -> connector.supports(service, action)).findFirst();
  }
}
