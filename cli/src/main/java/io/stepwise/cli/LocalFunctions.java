package io.stepwise.cli;

import io.stepwise.aws.AwsLocation;
import io.stepwise.catalog.Catalog;
import io.stepwise.functions.Folder;
import io.stepwise.functions.FunctionHost;
import io.stepwise.functions.HostSettings;
import io.stepwise.functions.LogSink;
import io.stepwise.integration.Functions;
import io.stepwise.server.config.ServerConfig;
import io.stepwise.services.lambda.FunctionFolders;
import io.stepwise.services.lambda.LambdaService;
import io.stepwise.storage.InMemoryStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Functions of a folder, run by this process: what a server has, without one. */
final class LocalFunctions implements AutoCloseable {
  /** The refusal of two places to call functions at. */
  static final String ONE_PLACE = "Expected --functions or --lambda-endpoint, got both";

  private final Path kept;
  private final FunctionHost host;
  private final LambdaService lambda;

  private LocalFunctions(Path folder, AwsLocation location, LogSink logs, Path kept) {
    this.kept = kept;
    this.host =
        new FunctionHost(
            new HostSettings(
                kept.resolve("host"),
                ServerConfig.FUNCTION_PROCESSES_MAX,
                Duration.ofMinutes(10),
                Optional::empty,
                Map.of(),
                Path.of(System.getProperty("java.home"))),
            logs);
    var storage = new InMemoryStorage();
    this.lambda =
        new LambdaService(
            storage,
            new Catalog(storage, System::currentTimeMillis).writer(),
            kept.resolve("code"),
            host,
            false,
            FunctionFolders.in(folder, location),
            System::currentTimeMillis);
  }

  /** Those of a folder; a {@link CommandProblem} where it is none. */
  static LocalFunctions in(Path folder, AwsLocation location, LogSink logs) {
    if (!Files.isDirectory(folder)) {
      throw CommandProblem.misuse(
          "Expected a folder whose subfolders are functions in --functions, but "
              + folder
              + " is none");
    }
    try {
      return new LocalFunctions(
          folder, location, logs, Files.createTempDirectory("stepwise-functions"));
    } catch (IOException e) {
      throw CommandProblem.failure("Expected a temporary folder for functions: " + e.getMessage());
    }
  }

  /** As connectors call them. */
  Functions functions() {
    return lambda.functions();
  }

  /** Ends their processes and deletes what they left. */
  @Override
  public void close() {
    end();
  }

  /** As {@link #close}, for whoever ends the process meanwhile. */
  void end() {
    host.close();
    Folder.delete(kept);
  }
}
