package io.stepwise.server;

import io.stepwise.edge.Handler;
import io.stepwise.edge.Request;
import io.stepwise.edge.Responder;
import io.stepwise.expression.InvalidJsonException;
import io.stepwise.expression.Json;
import io.stepwise.storage.Storage;
import io.stepwise.storage.StorageFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the command line asks of a running server: {@code POST /_stepwise/backup}.
 *
 * <p>A browser can't send the header that these requests must carry to another origin without being
 * asked first, so no web page can reach them.
 */
final class Administration implements Handler {
  /** The path below which these requests are. */
  static final String PATH = "/_stepwise/";

  private static final Logger LOG = LoggerFactory.getLogger(Administration.class);
  private static final String JSON = "application/json";

  private final Storage storage;

  Administration(Storage storage) {
    this.storage = storage;
  }

  @Override
  public void handle(Request request, Responder responder) {
    if (request.header("X-Stepwise-Admin") == null) {
      answer(responder, 403, "Expected the header X-Stepwise-Admin");
    } else if (request.path().equals(PATH + "backup")) {
      Thread.startVirtualThread(() -> backup(request, responder));
    } else {
      answer(responder, 404, "Expected /_stepwise/backup");
    }
  }

  private void backup(Request request, Responder responder) {
    try {
      var folder = Path.of(Json.parse(request.text()).path("folder").asString(""));
      if (!folder.isAbsolute()) {
        answer(responder, 400, "Expected an absolute path in 'folder'");
        return;
      }
      Files.createDirectories(folder);
      storage.backup(folder.resolve("store"));
      LOG.info("Backed up to {}", folder);
      answer(responder, 200, "Backed up to " + folder);
    } catch (InvalidJsonException | InvalidPathException e) {
      answer(responder, 400, "Expected {\"folder\": \"/absolute/path\"}");
    } catch (StorageFault | IOException e) {
      answer(responder, 409, String.valueOf(e.getMessage()));
    }
  }

  private static void answer(Responder responder, int status, String message) {
    var body = Json.nodes().objectNode().put("message", message);
    responder.respond(status, JSON, Json.print(body));
  }
}
