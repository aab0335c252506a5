package io.stepwise.services.states.version;

import io.stepwise.catalog.Alias.Route;
import io.stepwise.protocol.Call;
import io.stepwise.protocol.CommonError.ValidationException;
import io.stepwise.protocol.Member;
import io.stepwise.services.states.resource.Arns;
import io.stepwise.services.states.resource.Backend;
import io.stepwise.services.states.resource.Machines;
import io.stepwise.services.states.resource.StatesError.InvalidArn;
import io.stepwise.services.states.resource.StatesError.ResourceNotFound;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** What the operations on aliases read alike. Source: AWS, "State machine aliases". */
final class Aliases {
  /** Not digits only: those are versions. */
  static final String NAME = "^(?=.*[a-zA-Z_\\-\\.])[a-zA-Z0-9_\\-\\.]+$";

  static final Member ROUTES =
      Member.structures(
              "routingConfiguration",
              "RoutingConfigurationListItem",
              Member.text("stateMachineVersionArn", 1, 256).required(),
              Member.whole("weight", 0, 100).required())
          .within(1, 2);

  private static final String REASON = "INVALID_ROUTING_CONFIGURATION";

  private Aliases() {}

  /** Routes to versions of one state machine. */
  record Routing(String machineArn, List<Route> routes) {}

  /** The routes a call gives. Errors: ValidationException, ResourceNotFound, InvalidArn. */
  static Routing routing(Call call, Backend backend) {
    var arns = arns(call);
    if (new HashSet<>(arns).size() < arns.size()) {
      throw refused(
          "Routing configuration must contain distinct state machine version ARNs. Received: "
              + arns);
    }
    var routes = new ArrayList<Route>();
    var weights = new ArrayList<Integer>();
    var machineArn = "";
    for (var item : call.input().path("routingConfiguration")) {
      var arn = item.path("stateMachineVersionArn").stringValue();
      var version = Arns.stateMachine(arn);
      var number = version.version().orElseThrow(() -> notVersions(call));
      var ofMachine = version.unqualified().text();
      var machine = backend.catalog().machine(ofMachine);
      var sameMachine = machineArn.isEmpty() || machineArn.equals(ofMachine);
      if (!sameMachine || machine == null || !machine.versions().containsKey(number)) {
        throw notVersions(call);
      }
      machineArn = ofMachine;
      weights.add(item.path("weight").intValue());
      routes.add(new Route(number, weights.getLast()));
    }
    if (weights.stream().mapToInt(Integer::intValue).sum() != 100) {
      throw refused("Sum of routing configuration weights must equal 100. Received: " + weights);
    }
    return new Routing(machineArn, routes);
  }

  static RuntimeException notVersions(Call call) {
    return refused(
        "Routing configuration must contain state machine version ARNs. Received: " + arns(call));
  }

  private static List<String> arns(Call call) {
    return call.input()
        .path("routingConfiguration")
        .valueStream()
        .map(item -> item.path("stateMachineVersionArn").stringValue())
        .toList();
  }

  private static RuntimeException refused(String message) {
    return new ValidationException(message, REASON).toException();
  }

  /** An alias as its ARN names it. */
  record Named(String machineArn, String alias) {}

  /** What the ARN of an alias names. */
  static Named parse(String text) {
    Machines.unlabelled(text);
    var arn = Arns.stateMachine(text);
    var alias = arn.qualifier();
    if (alias == null) {
      throw InvalidArn.type("stateMachine").toException();
    }
    return new Named(arn.unqualified().text(), alias);
  }

  static RuntimeException missing(String arn) {
    return new ResourceNotFound("Request references a resource that does not exist.", arn)
        .toException();
  }
}
