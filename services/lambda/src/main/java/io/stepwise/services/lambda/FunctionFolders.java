package io.stepwise.services.lambda;

import io.stepwise.aws.AwsLocation;
import io.stepwise.aws.FunctionArn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Functions that are subfolders of one folder: what is in it when it is asked for is what there is.
 * Nothing of them is kept, so a folder that is gone leaves nothing behind. Reads files, so not for
 * threads that must not wait. Thread safe.
 */
public final class FunctionFolders {
  /** No folder, and no function. */
  public static final FunctionFolders NONE = new FunctionFolders(null, null);

  private final @Nullable Path folder;
  private final @Nullable AwsLocation location;
  private final JarHandlers jars = new JarHandlers();

  private FunctionFolders(@Nullable Path folder, @Nullable AwsLocation location) {
    this.folder = folder;
    this.location = location;
  }

  /** The subfolders of {@code folder}, as functions of {@code location}. */
  public static FunctionFolders in(Path folder, AwsLocation location) {
    return new FunctionFolders(folder.toAbsolutePath().normalize(), location);
  }

  /** Whether there may be any. */
  boolean isThere() {
    return folder != null;
  }

  /** The folder of a function, if it has one. */
  Optional<Path> folder(FunctionArn arn) {
    // Names come from callers: only what can be the name of a function is looked for.
    if (folder == null || !arn.location().equals(location) || !isName(arn.name())) {
      return Optional.empty();
    }
    var own = folder.resolve(arn.name());
    return Files.isDirectory(own) ? Optional.of(own) : Optional.empty();
  }

  /** A function as its folder is now, if it has one. */
  Optional<LambdaFunction> find(FunctionArn arn) {
    return folder(arn)
        .map(own -> FolderFunction.read(arn.location().function(arn.name()), own, jars));
  }

  /** All functions of a place. */
  List<LambdaFunction> list(AwsLocation of) {
    var functions = new ArrayList<LambdaFunction>();
    if (folder != null && of.equals(location)) {
      try (var subfolders = Files.newDirectoryStream(folder)) {
        for (var subfolder : subfolders) {
          find(of.function(subfolder.getFileName().toString())).ifPresent(functions::add);
        }
      } catch (IOException e) {
        // The folder has gone since the start, and its functions with it.
        return List.of();
      }
    }
    return functions;
  }

  /** Modules that functions share are beside them, and none of them. */
  private static boolean isName(String name) {
    return FunctionName.isName(name) && !name.equals("node_modules") && !name.equals("__pycache__");
  }
}
