package io.stepwise.cli;

import io.stepwise.expression.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code stepwise backup DIR}: has a running server copy its data. */
@Command(
    name = "backup",
    mixinStandardHelpOptions = true,
    description = "Copies the data of a running server into a new folder, consistently.",
    footer = {
      "",
      "Example:",
      "  stepwise backup /backups/monday",
      "  stepwise start --data /backups/monday     (starts from the copy)",
    })
final class BackupCommand implements Callable<Integer> {
  @Parameters(paramLabel = "DIR", description = "Folder for the copy; made if it is missing.")
  private Path folder = Path.of("");

  @Option(
      names = "--endpoint-url",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:8083",
      description = "The server. Default: ${DEFAULT-VALUE}")
  private URI endpoint = URI.create("http://127.0.0.1:8083");

  @Override
  public Integer call() throws InterruptedException {
    var body =
        Json.print(
            Json.nodes()
                .objectNode()
                .put("folder", folder.toAbsolutePath().normalize().toString()));
    var request =
        HttpRequest.newBuilder(endpoint.resolve("/_stepwise/backup"))
            .header("X-Stepwise-Admin", "backup")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try (var client = HttpClient.newHttpClient()) {
      var response = client.send(request, HttpResponse.BodyHandlers.ofString());
      var message = Json.parseTrusted(response.body()).path("message").asString("");
      if (response.statusCode() == 200) {
        System.out.println(message);
        return 0;
      }
      System.err.println(message);
    } catch (IOException e) {
      System.err.println("Expected a running server at " + endpoint + ", but: " + e);
    }
    return 1;
  }
}
