package io.stepwise.testkit;

import io.stepwise.expression.Payload;
import io.stepwise.integration.Connector;
import io.stepwise.integration.ConnectorOutcome;
import io.stepwise.integration.ConnectorRequest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/**
 * A connector for any service that notes what it is asked and answers what the test has scripted,
 * in that order; with nothing scripted it echoes the parameters. Thread safe.
 */
public final class RecordingConnector implements Connector {
  private final List<ConnectorRequest> requests = new ArrayList<>();
  private final Queue<ConnectorOutcome> script = new ArrayDeque<>();

  /** Answers the next request that has no answer yet with an output. */
  public synchronized RecordingConnector succeeds(String output) {
    script.add(new ConnectorOutcome.Success(Payload.ofTrustedText(output)));
    return this;
  }

  /** Answers the next request that has no answer yet with an error. */
  public synchronized RecordingConnector fails(String error, String cause) {
    script.add(new ConnectorOutcome.Failure(error, cause));
    return this;
  }

  /** What it was asked, in order. */
  public synchronized List<ConnectorRequest> requests() {
    return List.copyOf(requests);
  }

  @Override
  public boolean supports(String service, String action) {
    return true;
  }

  @Override
  public synchronized CompletableFuture<ConnectorOutcome> invoke(ConnectorRequest request) {
    requests.add(request);
    var scripted = script.poll();
    return CompletableFuture.completedFuture(
        scripted == null ? new ConnectorOutcome.Success(request.parameters()) : scripted);
  }
}
