package io.stepwise.fuzzing;

import io.stepwise.protocol.Operation;
import io.stepwise.protocol.Shape;
import io.stepwise.server.StepwiseServer;
import io.stepwise.server.config.ServerConfig;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.SfnException;
import software.amazon.awssdk.services.sfn.model.SfnRequest;

/**
 * What the operations take and which errors each may answer with: the shapes are the server's own,
 * the errors those that AWS's SDK declares.
 */
record ServiceModel(SortedMap<String, Shape> shapes, SortedMap<String, Set<String>> errors) {
  /** What any operation of an AWS service may answer with. */
  private static final Set<String> COMMON =
      Set.of(
          "ValidationException",
          "SerializationException",
          "UnknownOperationException",
          "RequestEntityTooLargeException");

  /** Whether an operation may answer with an error. */
  boolean declares(String operation, String error) {
    return COMMON.contains(error) || errors.getOrDefault(operation, Set.of()).contains(error);
  }

  /** Reads both. */
  static ServiceModel read() {
    var shapes = new TreeMap<String, Shape>();
    try (var server = new StepwiseServer(ServerConfig.builder().build())) {
      for (Operation operation : server.operations()) {
        shapes.put(operation.name(), operation.input());
      }
    }
    var errors = new TreeMap<String, Set<String>>();
    for (var method : SfnClient.class.getMethods()) {
      if (method.getParameterCount() == 1
          && SfnRequest.class.isAssignableFrom(method.getParameterTypes()[0])
          && !method.getName().endsWith("Paginator")) {
        errors.put(capitalized(method.getName()), codes(method.getExceptionTypes()));
      }
    }
    return new ServiceModel(shapes, errors);
  }

  /** The SDK's classes end in Exception also where the code does not. */
  private static Set<String> codes(Class<?>[] exceptions) {
    var codes = new HashSet<String>();
    for (var type : exceptions) {
      if (SfnException.class.isAssignableFrom(type) && type != SfnException.class) {
        codes.add(type.getSimpleName());
        codes.add(type.getSimpleName().replaceFirst("Exception$", ""));
      }
    }
    return codes;
  }

  private static String capitalized(String name) {
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }
}
