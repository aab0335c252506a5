package io.stepwise.cli;

import io.stepwise.expression.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code stepwise backup DIR}: has a running server copy its data. */
@Command(
    name = "backup",
    mixinStandardHelpOptions = true,
    description = "Copies the data of a running server into a new folder, consistently.",
    footer = {
      "",
      "The server writes the copy: the folder is one of its machine.",
      "",
      "Exit code: 0 where the copy is there, 2 where it is not.",
      "",
      "Examples:",
      "  stepwise backup /backups/monday",
      "  stepwise start --data /backups/monday     (starts from the copy)",
    })
final class BackupCommand implements Callable<Integer> {
  @Parameters(paramLabel = "DIR", description = "Folder for the copy; made if it is missing.")
  private Path folder = Path.of("");

  @Mixin private ServerAccess server = new ServerAccess();

  @Override
  public Integer call() throws InterruptedException {
    if (folder.toString().isEmpty()) {
      throw CommandProblem.misuse("Expected the name of a folder for the copy, got ''");
    }
    return server.with(this::backUp);
  }

  private int backUp(SfnApi api) throws IOException, InterruptedException, SfnApi.Refused {
    var wish = folder.toAbsolutePath().normalize();
    var done =
        api.administer(
            "backup", Json.nodes().objectNode().put("folder", wish.toString()), "folder");
    System.out.println("Backed up to " + done);
    return 0;
  }
}
