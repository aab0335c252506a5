package io.stepwise.server;

import io.stepwise.edge.Request;
import io.stepwise.edge.Responder;
import io.stepwise.expression.InvalidJsonException;
import io.stepwise.expression.Json;
import io.stepwise.runtime.time.VirtualTime;
import io.stepwise.runtime.time.VirtualTime.Skip;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;

/**
 * Tells and moves the time of a server.
 *
 * <pre>
 * GET                                         {"clock":"virtual","now":"…Z","skip":"waits"}
 * POST {"advance": "PT36H"}                   moves on; answers when all that was due is done
 * POST {"advanceTo": "2030-01-01T00:00:00Z"}  as well
 * POST {"skip": "nothing|waits|everything"}   what time skips to by itself
 * </pre>
 *
 * @param time the server's time where it is virtual
 */
record ClockRequest(Optional<VirtualTime> time) {
  private static final String EXPECTED =
      "Expected {\"advance\": \"PT36H\"}, {\"advanceTo\": \"2030-01-01T00:00:00Z\"} or"
          + " {\"skip\": \"nothing|waits|everything\"}";

  void answer(Request request, Responder responder) {
    if (request.method().equals("GET")) {
      tell(responder);
    } else if (time.isEmpty()) {
      Administration.answer(
          responder, 409, "Expected a server started with --clock virtual; this one's is real");
    } else {
      move(time.get(), request, responder);
    }
  }

  private void move(VirtualTime virtual, Request request, Responder responder) {
    CompletableFuture<Instant> moved;
    try {
      moved = move(virtual, Json.parse(request.text()));
    } catch (InvalidJsonException | DateTimeException | ArithmeticException e) {
      Administration.answer(responder, 400, EXPECTED);
      return;
    } catch (IllegalArgumentException e) {
      Administration.answer(responder, 400, String.valueOf(e.getMessage()));
      return;
    }
    moved.thenRun(() -> tell(responder));
  }

  private static CompletableFuture<Instant> move(VirtualTime virtual, JsonNode wish) {
    if (wish.has("skip")) {
      virtual.skip(skip(wish.path("skip").asString("")));
    }
    if (wish.has("advance")) {
      return virtual.advance(notNegative(Duration.parse(wish.path("advance").asString(""))));
    }
    if (wish.has("advanceTo")) {
      return virtual.advanceTo(Instant.parse(wish.path("advanceTo").asString("")));
    }
    if (!wish.has("skip")) {
      throw new IllegalArgumentException(EXPECTED);
    }
    return CompletableFuture.completedFuture(Instant.ofEpochMilli(virtual.nowMillis()));
  }

  private static Duration notNegative(Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException("Expected a duration to move on by: time never goes back");
    }
    return duration;
  }

  private static Skip skip(String word) {
    for (var skip : Skip.values()) {
      if (word(skip).equals(word)) {
        return skip;
      }
    }
    throw new IllegalArgumentException(EXPECTED);
  }

  private static String word(Skip skip) {
    return skip.name().toLowerCase(Locale.ROOT);
  }

  private void tell(Responder responder) {
    var body = Json.nodes().objectNode().put("clock", time.isPresent() ? "virtual" : "real");
    body.put(
        "now",
        time.map(virtual -> Instant.ofEpochMilli(virtual.nowMillis()))
            .orElseGet(Instant::now)
            .toString());
    time.ifPresent(virtual -> body.put("skip", word(virtual.skip())));
    responder.respond(200, "application/json", Json.print(body));
  }
}
