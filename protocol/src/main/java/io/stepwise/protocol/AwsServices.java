package io.stepwise.protocol;

import io.stepwise.edge.Handler;
import io.stepwise.edge.Request;
import io.stepwise.edge.Responder;
import java.util.List;

/** All services on the port: a request goes to the one that it is for. */
public final class AwsServices implements Handler {
  private final List<AwsService> services;

  /**
   * Of these services, of which there must be one.
   *
   * @param services the first refuses what is for none
   */
  public AwsServices(List<AwsService> services) {
    if (services.isEmpty()) {
      throw new IllegalArgumentException("Expected a service");
    }
    this.services = List.copyOf(services);
  }

  /** The service of that name. */
  public AwsService service(String name) {
    return services.stream()
        .filter(service -> service.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("Expected a service, found " + name));
  }

  /** The service that a request is for; the first where it is for none. */
  public AwsService of(Request request) {
    for (var service : services) {
      if (service.takes(request)) {
        return service;
      }
    }
    return services.getFirst();
  }

  /** The operation a request names, if a service has it; {@code Unknown} else. */
  public String action(Request request) {
    return of(request).action(request);
  }

  @Override
  public void handle(Request request, Responder responder) {
    of(request).handle(request, responder);
  }

  @Override
  public void refuse(Request head, Refusal refusal, Responder responder) {
    of(head).refuse(head, refusal, responder);
  }
}
