package io.stepwise.benchmarks;

import io.stepwise.edge.Handler;
import io.stepwise.edge.HttpServer;
import io.stepwise.edge.HttpServerConfig;
import io.stepwise.edge.Loops;
import io.stepwise.edge.Request;
import io.stepwise.edge.Responder;
import io.stepwise.host.embedded.RocksDbStorage;
import io.stepwise.storage.Storage;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * The two baselines of a run, on the very edge and store of the product:
 *
 * <ul>
 *   <li>echo: answers at once with the body it got;
 *   <li>ceiling: answers after a synced batch of four entries and about 1.5 KB a request, gathered
 *       with those of all other requests that came meanwhile. No parsing, no interpreter.
 * </ul>
 */
final class BaselineServer {
  private static final int ENTRIES = 4;
  private static final String JSON = "application/x-amz-json-1.0";

  private BaselineServer() {}

  /** Serves until killed. Arguments: echo|ceiling PORT [FOLDER]. */
  static void serve(List<String> arguments) throws Exception {
    var port = Integer.parseInt(arguments.get(1));
    Handler handler =
        arguments.get(0).equals("echo")
            ? (request, responder) -> responder.respond(200, JSON, Map.of(), request.body())
            : new Ceiling(RocksDbStorage.open(Path.of(arguments.get(2))));
    new HttpServer(HttpServerConfig.of("127.0.0.1", port), new Loops(1), handler).start();
    Thread.currentThread().join();
  }

  private record Waiting(Request request, Responder responder) {}

  private static final class Ceiling implements Handler {
    private static final int BATCH_MAX = 512;
    private final ConcurrentLinkedQueue<Waiting> queue = new ConcurrentLinkedQueue<>();
    private final Storage storage;
    private final Thread committer;
    private volatile boolean parked;
    private long next;

    Ceiling(Storage storage) {
      this.storage = storage;
      this.committer = Thread.ofPlatform().name("committer").start(this::run);
    }

    @Override
    public void handle(Request request, Responder responder) {
      queue.add(new Waiting(request, responder));
      if (parked) {
        LockSupport.unpark(committer);
      }
    }

    private void run() {
      var batch = storage.newBatch();
      var taken = new ArrayList<Waiting>();
      while (true) {
        for (var waiting = queue.poll(); waiting != null; waiting = queue.poll()) {
          put(batch, waiting.request().body());
          taken.add(waiting);
          if (taken.size() == BATCH_MAX) {
            break;
          }
        }
        if (taken.isEmpty()) {
          parked = true;
          if (queue.isEmpty()) {
            LockSupport.parkNanos(1_000_000_000);
          }
          parked = false;
        } else {
          storage.commit(batch);
          for (var waiting : taken) {
            waiting.responder().respond(200, JSON, Map.of(), waiting.request().body());
          }
          taken.clear();
        }
      }
    }

    private void put(Storage.Batch batch, byte[] body) {
      next++;
      for (var entry = 0; entry < ENTRIES; entry++) {
        var key = ByteBuffer.allocate(17).put((byte) entry).putLong(next).putLong(next).array();
        batch.put(key, Arrays.copyOf(body, 375));
      }
    }
  }
}
