package io.stepwise.protocol;

import io.stepwise.edge.Handler;
import io.stepwise.edge.Request;
import java.util.List;

/** A service of AWS on the one port: it knows which requests are its own. */
public interface AwsService extends Handler {
  /** What credential scopes and log lines call it, e.g. {@code states}. */
  String name();

  /** Whether a request is for it; of one that could not be read, only the head is there. */
  boolean takes(Request request);

  /** The operation a request names, if the service has it; {@code Unknown} else. */
  String action(Request request);

  /** Its operations. */
  List<Operation> operations();
}
