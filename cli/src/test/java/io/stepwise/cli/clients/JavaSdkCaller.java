package io.stepwise.cli.clients;

import io.stepwise.expression.Json;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.SfnException;
import software.amazon.awssdk.utils.builder.SdkBuilder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The AWS SDK for Java. Its requests are filled, and its answers read, by its own descriptions. */
public final class JavaSdkCaller implements Caller {
  private static final String MODEL = "software.amazon.awssdk.services.sfn.model.";

  private final SfnClient client;

  /** With a client, which is closed with this. */
  public JavaSdkCaller(SfnClient client) {
    this.client = client;
  }

  @Override
  public JsonNode call(String operation, JsonNode input) {
    var answer = Json.nodes().objectNode();
    try {
      var type = Class.forName(MODEL + operation + "Request");
      var builder = (SdkPojo) type.getMethod("builder").invoke(null);
      var method = Character.toLowerCase(operation.charAt(0)) + operation.substring(1);
      var output = SfnClient.class.getMethod(method, type).invoke(client, built(builder, input));
      answer.set("output", json((SdkPojo) output));
    } catch (InvocationTargetException e) {
      if (!(e.getCause() instanceof SfnException refused)) {
        throw new IllegalStateException(operation, e.getCause());
      }
      answer.put("refused", refused.awsErrorDetails().errorCode());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Expected the SDK to know " + operation, e);
    }
    return answer;
  }

  private static Object built(SdkPojo builder, JsonNode members) {
    for (var field : builder.sdkFields()) {
      var value = members.get(field.memberName());
      if (value == null) {
        value = members.get(field.locationName());
      }
      if (value != null) {
        field.set(builder, java(field, value));
      }
    }
    return ((SdkBuilder<?, ?>) builder).build();
  }

  private static Object java(SdkField<?> field, JsonNode value) {
    return switch (field.marshallingType().getTargetClass().getSimpleName()) {
      case "String" -> value.stringValue();
      case "Integer" -> value.intValue();
      case "Boolean" -> value.booleanValue();
      case "List" -> {
        List<Object> items = new ArrayList<>();
        var element = field.getTrait(ListTrait.class).memberFieldInfo();
        value.forEach(item -> items.add(java(element, item)));
        yield items;
      }
      case "SdkPojo" -> built(field.constructor().get(), value);
      default ->
          throw new IllegalArgumentException("Expected a known type of " + field.memberName());
    };
  }

  private static ObjectNode json(SdkPojo pojo) {
    var object = Json.nodes().objectNode();
    for (var field : pojo.sdkFields()) {
      var value = json(field.getValueOrDefault(pojo));
      if (value != null) {
        object.set(Objects.requireNonNull(field.locationName()), value);
      }
    }
    return object;
  }

  private static @Nullable JsonNode json(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case SdkPojo pojo -> json(pojo);
      case Boolean flag -> Json.nodes().booleanNode(flag);
      case List<?> list -> {
        var array = Json.nodes().arrayNode();
        list.forEach(item -> array.add(json(item)));
        yield array;
      }
      default -> Json.nodes().stringNode(value.toString());
    };
  }

  @Override
  public void close() {
    client.close();
  }
}
