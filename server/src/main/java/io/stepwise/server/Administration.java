package io.stepwise.server;

import io.stepwise.edge.Handler;
import io.stepwise.edge.Request;
import io.stepwise.edge.Responder;
import io.stepwise.expression.InvalidJsonException;
import io.stepwise.expression.Json;
import io.stepwise.server.config.Reason;
import io.stepwise.storage.StorageFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the command line, the console and tests ask of a running server.
 *
 * <pre>
 * POST /_stepwise/backup   copies the data
 * POST /_stepwise/reset    drops all data of a server that keeps none
 * GET  /_stepwise/clock    tells the time; POST moves it, where it is virtual
 * GET  /_stepwise/monitoring                  figures of the last days by time
 * GET  /_stepwise/monitoring/state-machines   figures of each state machine
 * GET  /_stepwise/waiting                     tasks that wait for somebody from outside
 * GET  /_stepwise/waiting/activities          activities with tasks or workers that wait
 * </pre>
 *
 * <p>A browser can't send the header that these requests must carry to another origin without being
 * asked first, so no web page can reach them.
 */
final class Administration implements Handler {
  /** The path below which these requests are. */
  static final String PATH = "/_stepwise/";

  private static final Logger LOG = LoggerFactory.getLogger(Administration.class);
  private static final String JSON = "application/json";

  /** How long figures wait for what was decided before. Units: milliseconds. */
  static final long FEED_MILLIS_MAX = 500;

  private final Supplier<Core> core;
  private final Runnable reset;

  /** Of the core that is there at the time; {@code reset} puts an empty one in its place. */
  Administration(Supplier<Core> core, Runnable reset) {
    this.core = core;
    this.reset = reset;
  }

  @Override
  public void handle(Request request, Responder responder) {
    if (request.header("X-Stepwise-Admin") == null) {
      answer(responder, 403, "Expected the header X-Stepwise-Admin");
      return;
    }
    switch (request.path()) {
      case PATH + "backup" -> Thread.startVirtualThread(() -> backup(request, responder));
      case PATH + "reset" -> Thread.startVirtualThread(() -> reset(responder));
      case PATH + "clock" -> new ClockRequest(core.get().virtualTime()).answer(request, responder);
      case PATH + "monitoring" ->
          tell(request, responder, (now, of) -> now.monitoring().series(of));
      case PATH + "monitoring/state-machines" ->
          tell(request, responder, (now, of) -> now.monitoring().stateMachines(of));
      case PATH + "waiting" -> tell(request, responder, (now, of) -> now.waiting().tasks(of));
      case PATH + "waiting/activities" ->
          tell(request, responder, (now, of) -> now.waiting().activities());
      default ->
          answer(
              responder,
              404,
              "Expected one of /_stepwise/backup, /reset, /clock, /monitoring,"
                  + " /monitoring/state-machines, /waiting and /waiting/activities there");
    }
  }

  /** Answers a question about the core that is there, off the loop. */
  private void tell(
      Request request, Responder responder, BiFunction<Core, Map<String, String>, String> asked) {
    if (!request.method().equals("GET")) {
      answer(responder, 405, "Expected GET");
      return;
    }
    Thread.startVirtualThread(
        () -> {
          try {
            var now = core.get();
            now.feed().awaitTaken(FEED_MILLIS_MAX);
            responder.respond(200, JSON, asked.apply(now, QueryFields.of(request.query())));
          } catch (IllegalArgumentException e) {
            answer(responder, 400, String.valueOf(e.getMessage()));
          } catch (StorageFault e) {
            answer(responder, 500, String.valueOf(e.getMessage()));
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  private void backup(Request request, Responder responder) {
    try {
      var folder = Path.of(Json.parse(request.text()).path("folder").asString(""));
      if (!folder.isAbsolute()) {
        answer(responder, 400, "Expected an absolute path in 'folder'");
        return;
      }
      Files.createDirectories(folder);
      core.get().storage().backup(folder.resolve("store"));
      LOG.info("Backed up to {}", folder);
      var body =
          Json.nodes()
              .objectNode()
              .put("message", "Backed up to " + folder)
              .put("folder", folder.toString());
      responder.respond(200, JSON, Json.print(body));
    } catch (InvalidJsonException | InvalidPathException e) {
      answer(responder, 400, "Expected {\"folder\": \"/absolute/path\"}");
    } catch (StorageFault e) {
      answer(responder, 409, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      answer(responder, 409, "Expected to make the folder, but: " + Reason.ofMaking(e));
    }
  }

  private void reset(Responder responder) {
    try {
      reset.run();
      answer(responder, 200, "Everything is dropped");
    } catch (IllegalStateException e) {
      answer(responder, 409, String.valueOf(e.getMessage()));
    }
  }

  static void answer(Responder responder, int status, String message) {
    var body = Json.nodes().objectNode().put("message", message);
    responder.respond(status, JSON, Json.print(body));
  }
}
