package io.stepwise.asl.validation;

import io.stepwise.asl.model.QueryLanguage;
import io.stepwise.asl.model.TaskResource.ServiceIntegration;
import io.stepwise.aws.ServiceCatalogue;
import io.stepwise.aws.ServiceShapes;
import io.stepwise.aws.ServiceShapes.ServiceShape;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * The parameters of service integrations: a name that the called operation doesn't have is refused.
 * Names are those of AWS's SDK for Java, which spells some otherwise than the service does; they
 * are told by their letters. Services whose shapes are not at hand are not checked.
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
    var service = SHAPES.service(ServiceCatalogue.sdkName(integration.service()));
    ServiceCatalogue.takenBy(integration.service(), integration.action())
        .map(service::input)
        .ifPresent(
            input ->
                new IntegrationParameters(service, place.field(field), jsonPath)
                    .check(input, parameters));
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
    return OF_SDK.contains(name.toLowerCase(java.util.Locale.ROOT)) ? UNSEEN : UNKNOWN;
  }
}
