package io.stepwise.services.lambda;

import io.stepwise.catalog.CatalogWriter;
import io.stepwise.functions.FunctionHost;
import io.stepwise.integration.Functions;
import io.stepwise.protocol.Call;
import io.stepwise.protocol.ErrorMapping;
import io.stepwise.protocol.Identity;
import io.stepwise.protocol.Member;
import io.stepwise.protocol.Operation;
import io.stepwise.protocol.RestService;
import io.stepwise.protocol.RestService.Route;
import io.stepwise.protocol.Shape;
import io.stepwise.storage.Storage;
import io.stepwise.storage.Tables;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/** AWS Lambda on one store and one function host. */
public final class LambdaService implements AutoCloseable {
  private static final RestService.Dialect DIALECT =
      new RestService.Dialect(
          "lambda",
          List.of(
              "functions",
              "layers",
              "tags",
              "event-source-mappings",
              "account-settings",
              "code-signing-configs"));

  /** Longest request that brings code, as text in Base64. Units: bytes. */
  private static final int CODE_BYTES_MAX = 36 << 20;

  /** Longest request that calls a function, and some room. Units: bytes. */
  private static final int INVOKE_BYTES_MAX = 6_300_000;

  private final LambdaFunctions functions;
  private final Invoker invoker;
  private final EventQueue events;
  private final LongSupplier nowMillis;
  private final boolean allowsFolders;

  /**
   * The service.
   *
   * @param storage where functions are kept
   * @param writer what changes pass
   * @param code folder for the code of functions
   * @param allowsFolders whether callers may have code run from folders of this machine
   * @param folders functions that are folders of this machine
   * @param nowMillis the time. Units: milliseconds since 1970
   */
  public LambdaService(
      Storage storage,
      CatalogWriter writer,
      Path code,
      FunctionHost host,
      boolean allowsFolders,
      FunctionFolders folders,
      LongSupplier nowMillis) {
    this.functions =
        new LambdaFunctions(storage, writer, new CodeStore(code), host, folders, nowMillis);
    this.invoker = new Invoker(functions, host);
    this.events = new EventQueue(storage, functions, invoker, nowMillis);
    this.invoker.queue(events);
    this.nowMillis = nowMillis;
    this.allowsFolders = allowsFolders;
  }

  /** The longest body of a request for it; empty where it is none of its. Units: bytes. */
  public static OptionalInt bodyBytesMax(String uri) {
    if (!uri.startsWith(FunctionOperations.FUNCTIONS)) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(uri.contains("/invocations") ? INVOKE_BYTES_MAX : CODE_BYTES_MAX);
  }

  /** Its tables. */
  public static List<Tables.Table> tables() {
    return LambdaFunctions.tables();
  }

  /** Begins to make the asynchronous calls that were accepted. */
  public void start() {
    events.start();
  }

  /** Asynchronous calls that are not over. */
  public int eventsWaiting() {
    return events.size();
  }

  /** Makes no more asynchronous calls; those that are not over are made after the next start. */
  @Override
  public void close() {
    events.close();
  }

  /** The functions, as connectors call them. */
  public Functions functions() {
    return invoker;
  }

  /** The API. */
  public RestService api(Identity defaults, Executor blocking) {
    var routes = new ArrayList<Route>();
    routes.add(
        Route.ofBytes(
            "POST",
            FunctionOperations.FUNCTION + "/invocations",
            Operation.of(
                "Invoke",
                Shape.of(
                    Member.text("FunctionName", 1, 256).required(),
                    Member.text("Qualifier", 1, 128)),
                this::invoke)));
    routes.addAll(new FunctionOperations(functions, allowsFolders).routes());
    routes.addAll(new VersionOperations(functions).routes());
    routes.addAll(new AliasOperations(functions).routes());
    routes.addAll(new PermissionOperations(functions).routes());
    routes.addAll(new SettingOperations(functions).routes());
    routes.addAll(new EventOperations(functions, nowMillis).routes());
    return new RestService(DIALECT, routes, defaults, ErrorMapping.NONE, blocking);
  }

  private void invoke(Call call) {
    Map<String, String> headers = new HashMap<>();
    for (var name :
        List.of(
            "X-Amz-Invocation-Type", "X-Amz-Log-Type", "X-Amz-Client-Context", "X-Amzn-Trace-Id")) {
      var value = call.header(name);
      if (value != null) {
        headers.put(name, value);
      }
    }
    call.whenDone(
        invoker.invoke(FunctionName.of(call), call.body(), headers, call.requestId()),
        answer -> {
          var more = new HashMap<>(answer.headers());
          var type = more.remove("Content-Type");
          call.reply(answer.status(), answer.body().length == 0 ? null : type, more, answer.body());
        });
  }
}
