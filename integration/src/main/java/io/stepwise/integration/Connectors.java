package io.stepwise.integration;

import java.util.List;
import java.util.Optional;

/**
 * What a server reaches the world by.
 *
 * @param connectors in the order in which they are asked
 * @param items where Distributed Maps read their items from
 */
public record Connectors(List<Connector> connectors, ItemSource items) {
  /** Without anything to read items from. */
  public Connectors(List<Connector> connectors) {
    this(connectors, ItemSource.NONE);
  }

  public Connectors {
    connectors = List.copyOf(connectors);
  }

  /** The connector that does the work of such a task. */
  public Optional<Connector> find(String service, String action) {
    return connectors.stream().filter(connector -> connector.supports(service, action)).findFirst();
  }
}
