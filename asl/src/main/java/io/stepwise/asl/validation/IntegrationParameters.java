package io.stepwise.asl.validation;

import io.stepwise.asl.model.QueryLanguage;
import io.stepwise.asl.model.TaskResource.ServiceIntegration;
import io.stepwise.aws.ServiceCatalogue;
import io.stepwise.aws.ServiceShapes;
import io.stepwise.aws.ServiceShapes.ServiceShape;
import io.stepwise.aws.model.Dialect;
import io.stepwise.aws.model.ModelOperation;
import io.stepwise.aws.model.ModelShape;
import io.stepwise.aws.model.ServiceModels;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * The parameters of service integrations: a name that the called operation doesn't have is refused.
 * Those of aws-sdk integrations are spelled as AWS's SDK for Java spells them. Those of optimized
 * ones are told by their letters; services whose shapes are not at hand are not checked.
 */
final class IntegrationParameters {
  private static final ServiceShapes SHAPES = new ServiceShapes();

  /** What the SDK for Java puts behind names that Java has a use for. */
  private static final String SUFFIX = "value";

  /** Members that only the SDK for Java has. */
  private static final Set<String> OF_SDK =
      Set.of("nul", "destinationbucket", "destinationkey", "sourcebucket", "sourcekey");

  private final ServiceShapes.Service service;
  private final Place place;
  private final boolean templated;

  private IntegrationParameters(ServiceShapes.Service service, Place place, boolean templated) {
    this.service = service;
    this.place = place;
    this.templated = templated;
  }

  /** A rule of Task states. */
  static void check(JsonNode state, Place place) {
    var jsonPath = place.language() == QueryLanguage.JSONPATH;
    var field = jsonPath ? "Parameters" : "Arguments";
    var parameters = state.get(field);
    if (!place.holdsLaterRules()
        || parameters == null
        || !parameters.isObject()
        || !(Resources.parse(state.path("Resource").asString(""))
            instanceof ServiceIntegration integration)) {
      return;
    }
    if (integration.service().startsWith(ServiceCatalogue.SDK)) {
      ServiceModels.BUILT_IN
          .find(ServiceCatalogue.sdkName(integration.service()), Dialect.SDK)
          .flatMap(model -> model.operation(integration.action()))
          .flatMap(ModelOperation::input)
          .ifPresent(input -> checkSdk(input, parameters, place.field(field), jsonPath));
      return;
    }
    var service = SHAPES.service(ServiceCatalogue.sdkName(integration.service()));
    ServiceCatalogue.takenBy(integration.service(), integration.action())
        .map(service::input)
        .ifPresent(
            input ->
                new IntegrationParameters(service, place.field(field), jsonPath)
                    .check(input, parameters));
  }

  private static void checkSdk(ModelShape shape, JsonNode value, Place place, boolean templated) {
    switch (shape.kind()) {
      case STRUCTURE -> {
        if (value.isObject()) {
          value.properties().forEach(e -> checkSdkMember(shape, e, place, templated));
        }
      }
      case LIST -> {
        if (value.isArray()) {
          value.forEach(item -> checkSdk(shape.element(), item, place, templated));
        }
      }
      case MAP -> {
        if (value.isObject()) {
          value.forEach(inner -> checkSdk(shape.element(), inner, place, templated));
        }
      }
      default -> {}
    }
  }

  private static void checkSdkMember(
      ModelShape shape, Map.Entry<String, JsonNode> entry, Place place, boolean templated) {
    var key = entry.getKey();
    var name = templated && key.endsWith(".$") ? key.substring(0, key.length() - 2) : key;
    var member = shape.member(name);
    if (member.isPresent()) {
      checkSdk(member.get().shape(), entry.getValue(), place, templated);
    } else if (!OF_SDK.contains(name.toLowerCase(Locale.ROOT))) {
      var known = new TreeSet<String>();
      shape.members().forEach(other -> known.add(other.key()));
      place.errorOf(name, known, "The field \"" + name + "\" is not supported by Step Functions");
    }
  }

  private void check(ServiceShape shape, JsonNode value) {
    switch (shape) {
      case ServiceShape.Structure structure -> checkMembers(structure, value);
      case ServiceShape.Items(var item, _) -> {
        if (value.isArray()) {
          value.forEach(element -> check(service.shape(item), element));
        }
      }
      case ServiceShape.Values(var inner) -> {
        if (value.isObject()) {
          value.forEach(element -> check(service.shape(inner), element));
        }
      }
      case ServiceShape.Text _,
          ServiceShape.Choice _,
          ServiceShape.Numeric _,
          ServiceShape.Flag _,
          ServiceShape.Anything _ -> {}
    }
  }

  private void checkMembers(ServiceShape.Structure structure, JsonNode value) {
    if (!value.isObject()) {
      return;
    }
    for (var member : value.properties()) {
      var key = member.getKey();
      var name = templated && key.endsWith(".$") ? key.substring(0, key.length() - 2) : key;
      var known = find(structure, name);
      if (known >= 0) {
        check(service.shape(known), member.getValue());
      } else if (known == UNKNOWN) {
        place.errorOf(
            name,
            new TreeSet<>(structure.members().keySet()),
            "The field \"" + name + "\" is not supported by Step Functions");
      }
    }
  }

  private static final int UNKNOWN = -1;
  private static final int UNSEEN = -2;

  private static int find(ServiceShape.Structure structure, String name) {
    if (name.isEmpty() || Character.isLowerCase(name.charAt(0))) {
      return UNKNOWN;
    }
    var exact = structure.members().get(name);
    if (exact != null) {
      return exact;
    }
    for (var member : structure.members().entrySet()) {
      if (member.getKey().equalsIgnoreCase(name)
          || (member.getKey() + SUFFIX).equalsIgnoreCase(name)) {
        return member.getValue();
      }
    }
    return OF_SDK.contains(name.toLowerCase(Locale.ROOT)) ? UNSEEN : UNKNOWN;
  }
}
