package io.stepwise.cli.clients;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The AWS SDK for JavaScript, in {@code target}, where npm puts it at the first time. */
public final class JavaScriptSdk {
  /** Scripts in this folder find the SDK. */
  public static final Path FOLDER = Path.of("target", "clients", "javascript");

  private JavaScriptSdk() {}

  /** Whether it is there, or could be had. */
  public static boolean isThere() throws IOException, InterruptedException {
    Files.createDirectories(FOLDER);
    return Files.isDirectory(FOLDER.resolve("node_modules/@aws-sdk/client-sfn"))
        || Commands.succeeds(
            "npm",
            "install",
            "--silent",
            "--no-audit",
            "--no-fund",
            "--fetch-retries=0",
            "--prefix",
            FOLDER.toString(),
            "@aws-sdk/client-sfn@^3");
  }
}
