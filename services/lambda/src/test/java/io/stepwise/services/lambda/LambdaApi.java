package io.stepwise.services.lambda;

import io.stepwise.catalog.Catalog;
import io.stepwise.edge.Request;
import io.stepwise.edge.Responder;
import io.stepwise.expression.Json;
import io.stepwise.functions.FunctionHost;
import io.stepwise.functions.HostSettings;
import io.stepwise.functions.LogSink;
import io.stepwise.protocol.Identity;
import io.stepwise.protocol.RestService;
import io.stepwise.storage.InMemoryStorage;
import io.stepwise.storage.Storage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The service on a store in memory, and a way to ask it. */
final class LambdaApi implements AutoCloseable {
  static final String ROLE = "arn:aws:iam::123456789012:role/test";

  final Storage storage;

  /** The time. Units: milliseconds since 1970. */
  final AtomicLong now = new AtomicLong(System.currentTimeMillis());

  final LambdaService lambda;
  private final FunctionHost host;
  private final RestService service;

  LambdaApi(Path folder) {
    this(folder, new InMemoryStorage());
  }

  LambdaApi(Path folder, Storage storage) {
    this(folder, storage, FunctionFolders.NONE);
  }

  LambdaApi(Path folder, Storage storage, FunctionFolders folders) {
    this.storage = storage;
    this.host =
        new FunctionHost(
            new HostSettings(
                folder.resolve("host"),
                4,
                Duration.ofMinutes(10),
                Optional::empty,
                Map.of(),
                Path.of(System.getProperty("java.home"))),
            LogSink.NONE);
    this.lambda =
        new LambdaService(
            storage,
            new Catalog(storage, now::get).writer(),
            folder.resolve("code"),
            host,
            true,
            folders,
            now::get);
    this.service = lambda.api(new Identity("us-east-1", "123456789012"), Runnable::run);
  }

  /** An answer: its status, its headers, its body. */
  record Answer(int status, Map<String, String> headers, byte[] body) {
    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    JsonNode json() {
      return Json.parseTrusted(text());
    }

    /** The error that it tells, with its message. */
    String error() {
      var json = json();
      return headers.get("x-amzn-ErrorType")
          + ": "
          + json.path("Message").asString(json.path("message").asString(""));
    }
  }

  Answer ask(String method, String path, String body) throws Exception {
    return ask(method, path, body, Map.of());
  }

  Answer ask(String method, String path, String body, Map<String, String> headers)
      throws Exception {
    var answer = new CompletableFuture<Answer>();
    service.handle(
        Request.of(method, path, headers, body.getBytes(StandardCharsets.UTF_8)),
        new Responder() {
          @Override
          public void respond(
              int status, @Nullable String type, Map<String, String> sent, byte[] bytes) {
            answer.complete(new Answer(status, new HashMap<>(sent), bytes));
          }

          @Override
          public void onClose(Runnable action) {}
        });
    return answer.get(60, TimeUnit.SECONDS);
  }

  /** Creates a Python function of one file. */
  Answer create(String name, String text, String more) throws Exception {
    return ask(
        "POST",
        "/2015-03-31/functions",
        "{\"FunctionName\":\""
            + name
            + "\",\"Runtime\":\"python3.11\",\"Handler\":\"app.h\",\"Role\":\""
            + ROLE
            + "\",\"Code\":{\"ZipFile\":\""
            + zip("app.py", text)
            + "\"}"
            + more
            + "}");
  }

  static String zip(String file, String text) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(file));
      zip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }

  @Override
  public void close() {
    lambda.close();
    host.close();
  }
}
