package io.stepwise.services.logs;

import io.stepwise.logs.LogStore;
import io.stepwise.protocol.Identity;
import io.stepwise.protocol.JsonService;
import io.stepwise.protocol.Operation;
import java.util.ArrayList;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/** AWS CloudWatch Logs on a log store. */
public final class LogsService {
  private static final JsonService.Dialect DIALECT =
      new JsonService.Dialect("logs", "Logs_20140328.", "application/x-amz-json-1.1", "");

  private LogsService() {}

  /**
   * The service.
   *
   * @param blocking where operations wait for the store
   * @param nowMillis the time. Units: milliseconds since 1970
   */
  public static JsonService on(
      LogStore store, Identity defaults, Executor blocking, LongSupplier nowMillis) {
    var operations = new ArrayList<Operation>();
    operations.addAll(new GroupOperations(store).all());
    operations.addAll(new StreamOperations(store).all());
    operations.addAll(new EventOperations(store, nowMillis).all());
    operations.addAll(new TagOperations(store).all());
    return new JsonService(DIALECT, operations, defaults, LogsError::of, blocking);
  }
}
