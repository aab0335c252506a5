package io.stepwise.aws;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/**
 * What the operations of AWS services take and answer, read from {@code service-shapes.zip} when
 * first asked for. The file is made by {@code aws/src/build/service-shapes.py}, which also
 * describes its lines.
 */
public final class ServiceShapes {
  private static final String RESOURCE = "/io/stepwise/aws/service-shapes.zip";

  private final Map<String, Service> services = new ConcurrentHashMap<>();

  /** A kind of value that a service takes or answers with. */
  public sealed interface ServiceShape {
    /** An object with known members, by their names in parameters and results. */
    record Structure(Map<String, Integer> members, List<String> required) implements ServiceShape {}

    /** An array. */
    record Items(int item, Bounds length) implements ServiceShape {}

    /** An object with any keys. */
    record Values(int value) implements ServiceShape {}

    /** Text, with bounds of its length; blobs and timestamps as well. */
    record Text(Bounds length) implements ServiceShape {}

    /** One of several texts. */
    record Choice(List<String> values) implements ServiceShape {}

    /** A number. */
    record Numeric(Bounds value) implements ServiceShape {}

    /** A boolean. */
    record Flag() implements ServiceShape {}

    /** Anything. */
    record Anything() implements ServiceShape {}
  }

  /** Least and greatest; NaN where there is no bound. */
  public record Bounds(double min, double max) {}

  /** The shapes of one service, by number, and the inputs and outputs of its operations. */
  public record Service(
      Map<String, Integer> inputs, Map<String, Integer> outputs, List<ServiceShape> shapes) {
    /** The shape of that number. */
    public ServiceShape shape(int number) {
      return shapes.get(number);
    }

    /** What an operation such as {@code PutItem} takes, or null. */
    public @Nullable ServiceShape input(String operation) {
      var number = inputs.get(operation);
      return number == null ? null : shapes.get(number);
    }

    /** The output of an operation such as {@code PutItem}, or null. */
    public @Nullable ServiceShape output(String operation) {
      var number = outputs.get(operation);
      return number == null ? null : shapes.get(number);
    }
  }

  /** A service as aws-sdk integrations name it; without operations where it is not known. */
  public Service service(String name) {
    return services.computeIfAbsent(name, ServiceShapes::read);
  }

  private static Service read(String name) {
    try (var zip =
        new ZipInputStream(
            Objects.requireNonNull(
                ServiceShapes.class.getResourceAsStream(RESOURCE), "Expected " + RESOURCE))) {
      for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (entry.getName().equals(name)) {
          return parse(new String(zip.readAllBytes(), StandardCharsets.UTF_8));
        }
      }
      return new Service(Map.of(), Map.of(), List.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Service parse(String text) {
    var inputs = new HashMap<String, Integer>();
    var outputs = new HashMap<String, Integer>();
    var shapes = new ArrayList<ServiceShape>();
    text.lines()
        .forEach(
            line -> {
              var parts = line.split(" ");
              switch (parts[0]) {
                case "o" -> outputs.put(parts[1], Integer.valueOf(parts[2]));
                case "p" -> inputs.put(parts[1], Integer.valueOf(parts[2]));
                default -> shapes.add(shape(parts));
              }
            });
    return new Service(inputs, outputs, shapes);
  }

  private static ServiceShape shape(String[] parts) {
    return switch (parts[0]) {
      case "s" -> structure(parts);
      case "l" -> new ServiceShape.Items(Integer.parseInt(parts[1]), bounds(parts, 2));
      case "m" -> new ServiceShape.Values(Integer.parseInt(parts[1]));
      case "t", "x" -> new ServiceShape.Text(bounds(parts, 1));
      case "d" -> new ServiceShape.Text(new Bounds(Double.NaN, Double.NaN));
      case "e" -> new ServiceShape.Choice(List.of(parts).subList(1, parts.length));
      case "i", "n" -> new ServiceShape.Numeric(bounds(parts, 1));
      case "b" -> new ServiceShape.Flag();
      case "j" -> new ServiceShape.Anything();
      default -> throw new IllegalStateException("Expected a shape, found " + parts[0]);
    };
  }

  private static ServiceShape structure(String[] parts) {
    var members = new LinkedHashMap<String, Integer>();
    var required = new ArrayList<String>();
    for (var i = 1; i < parts.length; i++) {
      var colon = parts[i].lastIndexOf(':');
      var isRequired = parts[i].charAt(colon - 1) == '!';
      var name = inResults(parts[i].substring(0, isRequired ? colon - 1 : colon));
      members.put(name, Integer.valueOf(parts[i].substring(colon + 1)));
      if (isRequired) {
        required.add(name);
      }
    }
    return new ServiceShape.Structure(members, required);
  }

  /** Parameters and results spell the names of members with a capital. */
  private static String inResults(String member) {
    return Character.toUpperCase(member.charAt(0)) + member.substring(1);
  }

  private static Bounds bounds(String[] parts, int at) {
    return new Bounds(bound(parts[at]), bound(parts[at + 1]));
  }

  private static double bound(String text) {
    return text.equals("-") ? Double.NaN : Double.parseDouble(text);
  }
}
