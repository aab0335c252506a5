package io.stepwise.aws.model;

import io.stepwise.aws.model.ModelShape.Kind;
import io.stepwise.aws.model.ModelShape.TimeFormat;
import io.stepwise.aws.model.ServiceModel.Protocol;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the table of a service; its form stands in {@code aws/src/build/service-models.py}. */
final class TableReader {
  private static final String[] METHODS = {
    "POST", "GET", "PUT", "DELETE", "HEAD", "PATCH", "OPTIONS"
  };

  private final byte[] table;
  private final Dialect dialect;
  private final String[] pool;
  private int at;
  private String serviceId = "";
  private ModelShape[] shapes = {};

  private TableReader(byte[] table, Dialect dialect) {
    this.table = table;
    this.dialect = dialect;
    this.pool = new String[number()];
    for (var i = 0; i < pool.length; i++) {
      var length = number();
      pool[i] = new String(table, at, length, StandardCharsets.UTF_8);
      at += length;
    }
  }

  static ServiceModel read(byte[] table, Dialect dialect) {
    return new TableReader(table, dialect).service();
  }

  private ServiceModel service() {
    serviceId = text();
    var protocol = Protocol.valueOf(text().toUpperCase(Locale.ROOT).replace('-', '_'));
    var jsonVersion = text();
    var endpointPrefix = text();
    var signingName = text();
    var targetPrefix = text();
    var apiVersion = text();
    var xmlNamespace = text();
    text(); // the version of signatures: those that are not 4 are left to whoever answers
    var isQueryCompatible = number() == 1;
    readShapes();
    var operations = new HashMap<String, ModelOperation>();
    for (var left = number(); left > 0; left--) {
      var operation = operation();
      operations.put(SdkNames.action(operation.name()), operation);
    }
    return new ServiceModel(
        serviceId,
        protocol,
        jsonVersion,
        endpointPrefix,
        signingName,
        targetPrefix,
        apiVersion,
        xmlNamespace,
        isQueryCompatible,
        dialect,
        operations,
        errors());
  }

  private Map<String, String> errors() {
    var errors = new HashMap<String, String>();
    for (var left = number(); left > 0; left--) {
      var shape = text();
      var code = text();
      errors.put(shape, shape);
      if (!code.isEmpty()) {
        errors.put(code, shape);
      }
    }
    return errors;
  }

  /** Shapes name each other by number, so all are there before the first is filled. */
  private void readShapes() {
    shapes = new ModelShape[number()];
    var bodies = at;
    for (var i = 0; i < shapes.length; i++) {
      var kind = Kind.values()[table[at++]];
      shapes[i] = new ModelShape(kind);
      skip(kind);
    }
    at = bodies;
    for (var shape : shapes) {
      at++;
      fill(shape);
    }
  }

  private void skip(Kind kind) {
    switch (kind) {
      case STRUCTURE -> {
        skip(5);
        for (var left = number(); left > 0; left--) {
          var flags = number();
          skip(2);
          skip((flags & ModelMember.HAS_WIRE_NAME) != 0 ? 1 : 0);
          skip((flags & ModelMember.HAS_NAMESPACE) != 0 ? 2 : 0);
          skip((flags & ModelMember.HAS_QUERY_NAME) != 0 ? 1 : 0);
        }
      }
      case LIST -> skip(3);
      case MAP -> skip(5);
      case TIMESTAMP -> skip(1);
      case STRING, BLOB, BOOLEAN, INTEGER, LONG, FLOAT, DOUBLE, DOCUMENT -> {}
    }
  }

  private void skip(int numbers) {
    for (var i = 0; i < numbers; i++) {
      number();
    }
  }

  private void fill(ModelShape shape) {
    switch (shape.kind()) {
      case STRUCTURE -> {
        var eventStream = number() == 1;
        var payload = text();
        var xmlNamespace = text();
        var xmlPrefix = text();
        var locationName = text();
        var members = new ArrayList<ModelMember>();
        for (var left = number(); left > 0; left--) {
          members.add(member());
        }
        shape.fillStructure(eventStream, payload, xmlNamespace, xmlPrefix, locationName, members);
      }
      case LIST -> shape.fillList(shape(), text(), number() == 1);
      case MAP -> {
        shape(); // keys are texts
        shape.fillMap(shape(), text(), text(), number() == 1);
      }
      case TIMESTAMP -> shape.fillTime(TimeFormat.values()[number()]);
      case STRING, BLOB, BOOLEAN, INTEGER, LONG, FLOAT, DOUBLE, DOCUMENT -> {}
    }
  }

  private ModelMember member() {
    var flags = number();
    var name = text();
    var shape = shape();
    var wireName = (flags & ModelMember.HAS_WIRE_NAME) != 0 ? text() : name;
    var hasNamespace = (flags & ModelMember.HAS_NAMESPACE) != 0;
    var xmlNamespace = hasNamespace ? text() : "";
    var xmlPrefix = hasNamespace ? text() : "";
    var queryName = (flags & ModelMember.HAS_QUERY_NAME) != 0 ? text() : "";
    return new ModelMember(
        name,
        dialect.key(serviceId, name),
        wireName,
        shape,
        xmlNamespace,
        xmlPrefix,
        queryName,
        flags);
  }

  private ModelOperation operation() {
    return new ModelOperation(
        text(),
        METHODS[number()],
        text(),
        shapeIfAny(),
        shapeIfAny(),
        text(),
        text(),
        text(),
        text(),
        text(),
        number());
  }

  private int number() {
    var value = 0;
    var shift = 0;
    byte next;
    do {
      next = table[at++];
      value |= (next & 0x7f) << shift;
      shift += 7;
    } while (next < 0);
    return value;
  }

  private String text() {
    return pool[number()];
  }

  private ModelShape shape() {
    return shapes[number() - 1];
  }

  private @Nullable ModelShape shapeIfAny() {
    var number = number();
    return number == 0 ? null : shapes[number - 1];
  }
}
