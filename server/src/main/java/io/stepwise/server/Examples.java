package io.stepwise.server;

import io.stepwise.asl.DefinitionCompiler;
import io.stepwise.asl.model.StateMachineType;
import io.stepwise.aws.AwsLocation;
import io.stepwise.catalog.Catalog;
import io.stepwise.catalog.Settings;
import io.stepwise.catalog.StateMachines;
import io.stepwise.expression.Payload;
import io.stepwise.runtime.port.ExecutionGateway;
import io.stepwise.runtime.port.StartRequest;
import io.stepwise.server.config.ServerConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Two state machines, each run once, so that a newcomer has something to look at. */
final class Examples {
  private static final List<String> NAMES = List.of("OrderFlow", "TemperatureReport");

  private final Catalog catalog;
  private final ExecutionGateway gateway;
  private final ServerConfig config;

  Examples(Catalog catalog, ExecutionGateway gateway, ServerConfig config) {
    this.catalog = catalog;
    this.gateway = gateway;
    this.config = config;
  }

  /** Puts the examples into a catalog that has no state machine at all. */
  void putIfEmpty() {
    if (catalog.machines("", "").iterator().hasNext()) {
      return;
    }
    var location = AwsLocation.of(config.region(), config.account());
    for (var name : NAMES) {
      var arn = location.stateMachine(name);
      var definition = read(name + ".asl.json");
      catalog
          .stateMachines()
          .create(
              new StateMachines.NewStateMachine(
                  arn.text(),
                  name,
                  StateMachineType.STANDARD,
                  definition,
                  new DefinitionCompiler().compile(definition, StateMachineType.STANDARD),
                  location.role("example"),
                  Settings.DEFAULT,
                  false,
                  "",
                  Map.of()));
      var machine = catalog.machine(arn.text());
      if (machine != null) {
        gateway.start(
            StartRequest.ofClient(
                catalog.revision(machine.revision()),
                arn.execution("first-run"),
                "first-run",
                Payload.ofTrustedText(read(name + ".input.json").strip()),
                null,
                null,
                null));
      }
    }
  }

  private static String read(String file) {
    try (var in = Examples.class.getResourceAsStream("/examples/" + file)) {
      if (in == null) {
        throw new IllegalStateException("Expected the example " + file + " in the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
