package io.stepwise.connectors.aws.wire;

import io.stepwise.aws.model.ModelMember;
import io.stepwise.aws.model.ModelOperation;
import io.stepwise.aws.model.ModelShape;
import io.stepwise.aws.model.ModelShape.Kind;
import io.stepwise.aws.model.ModelShape.TimeFormat;
import io.stepwise.aws.model.ServiceModel;
import io.stepwise.aws.model.ServiceModel.Protocol;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;

/** Bodies of the protocols Query and EC2: forms whose names are paths. */
final class FormBodies {
  private final StringBuilder form = new StringBuilder();
  private final boolean isEc2;

  private FormBodies(boolean isEc2) {
    this.isEc2 = isEc2;
  }

  static byte[] write(ServiceModel service, ModelOperation operation, JsonNode parameters) {
    var body = new FormBodies(service.protocol() == Protocol.EC2);
    body.add("Action", operation.name());
    body.add("Version", service.apiVersion());
    operation.input().ifPresent(shape -> body.add("", shape, parameters, false, false));
    return body.form.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void add(String name, String value) {
    form.append(form.isEmpty() ? "" : "&").append(Scalars.encode(name));
    form.append('=').append(Scalars.encode(value));
  }

  private void add(String at, ModelShape shape, JsonNode value, boolean flat, boolean named) {
    if (value.isNull()) {
      return;
    }
    switch (shape.kind()) {
      case STRUCTURE -> {
        for (var entry : value.properties()) {
          var member = ParameterCheck.member(shape, entry.getKey());
          addMember(
              at.isEmpty() ? name(member) : at + "." + name(member), member, entry.getValue());
        }
      }
      case LIST -> addList(at, shape, value, flat, named);
      case MAP -> addMap(at, shape, value, flat);
      default -> add(at, Scalars.text(shape, TimeFormat.ANY, value, TimeFormat.ISO_8601));
    }
  }

  private void addMember(String path, ModelMember member, JsonNode value) {
    if (member.shape().kind() == Kind.TIMESTAMP && !value.isNull()) {
      add(path, Scalars.text(member, value, TimeFormat.ISO_8601));
    } else {
      add(path, member.shape(), value, member.isFlattenedItself(), member.isNamed());
    }
  }

  private void addList(String at, ModelShape shape, JsonNode value, boolean flat, boolean named) {
    if (value.isEmpty()) {
      if (!isEc2) {
        add(at, "");
      }
      return;
    }
    var path = at;
    if (!isEc2) {
      var own = shape.elementName("");
      if (!shape.isFlattened() && !flat) {
        path = at + "." + shape.elementName("member");
      } else if (!own.isEmpty() && !named && !flat) {
        path = at.substring(0, at.lastIndexOf('.') + 1) + own;
      }
    }
    var number = 1;
    for (var item : value) {
      add(path + "." + number++, shape.element(), item, false, false);
    }
  }

  private void addMap(String at, ModelShape shape, JsonNode value, boolean flat) {
    var number = 1;
    for (var entry : value.properties()) {
      var path = at + (shape.isFlattened() || flat ? "." : ".entry.") + number++ + ".";
      add(path + shape.keyName(), entry.getKey());
      add(path + shape.elementName("value"), shape.element(), entry.getValue(), false, false);
    }
  }

  private String name(ModelMember member) {
    if (!isEc2) {
      return member.wireName();
    }
    if (!member.queryName().isEmpty()) {
      return member.queryName();
    }
    var name = member.isNamed() ? member.wireName() : member.name();
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }
}
