package io.stepwise.functions;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** AWS's own runtime client for Java, unchanged, beside the code of a function. */
final class JavaRuntimeClient {
  /** What it starts with. */
  static final String MAIN = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";

  /** A class of each jar it consists of. */
  private static final List<String> PARTS =
      List.of(
          "com/amazonaws/services/lambda/runtime/api/client/AWSLambda.class",
          "com/amazonaws/services/lambda/runtime/serialization/PojoSerializer.class",
          "com/amazonaws/services/lambda/runtime/RequestHandler.class");

  private JavaRuntimeClient() {}

  /** Its jars, as they stand on the class path of the server; empty where it is not there. */
  static List<Path> jars() {
    var jars = new ArrayList<Path>();
    for (var part : PARTS) {
      var found = JavaRuntimeClient.class.getClassLoader().getResource(part);
      if (found == null) {
        return List.of();
      }
      var inside = found.getPath(); // file:/…/x.jar!/com/…
      try {
        jars.add(Path.of(new URI(inside.substring(0, inside.indexOf('!')))));
      } catch (URISyntaxException e) {
        return List.of();
      }
    }
    return jars.stream().distinct().toList();
  }

  /** The class path: the client, the code, its libraries, those of layers. */
  static String classPath(List<Path> client, FunctionVersion function) {
    var all = new ArrayList<>(client);
    all.add(function.code());
    all.addAll(jarsIn(function.taskRoot().resolve("lib")));
    function.layers().ifPresent(opt -> all.addAll(jarsIn(opt.resolve("java/lib"))));
    return all.stream().map(Path::toString).collect(Collectors.joining(":"));
  }

  private static List<Path> jarsIn(Path folder) {
    try (var files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}
