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
 * The output shapes of AWS services, read from {@code service-shapes.zip} when first asked for. The
 * file is made by {@code aws/src/build/service-shapes.py}, which also describes its lines.
 */
public final class ServiceShapes {
  private static final String RESOURCE = "/io/stepwise/aws/service-shapes.zip";

  private final Map<String, Service> services = new ConcurrentHashMap<>();

  /** A kind of value that a service answers with. */
  public sealed interface OutputShape {
    /** An object with known members, by their names in results. */
    record Structure(Map<String, Integer> members, List<String> required) implements OutputShape {}

    /** An array. */
    record Items(int item, Bounds length) implements OutputShape {}

    /** An object with any keys. */
    record Values(int value) implements OutputShape {}

    /** Text, with bounds of its length; blobs and timestamps as well. */
    record Text(Bounds length) implements OutputShape {}

    /** One of several texts. */
    record Choice(List<String> values) implements OutputShape {}

    /** A number. */
    record Numeric(Bounds value) implements OutputShape {}

    /** A boolean. */
    record Flag() implements OutputShape {}

    /** Anything. */
    record Anything() implements OutputShape {}
  }

  /** Least and greatest; NaN where there is no bound. */
  public record Bounds(double min, double max) {}

  /** The shapes of one service, by number, and the outputs of its operations. */
  public record Service(Map<String, Integer> outputs, List<OutputShape> shapes) {
    /** The output of an operation such as {@code PutItem}, or null. */
    public @Nullable OutputShape output(String operation) {
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
      return new Service(Map.of(), List.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Service parse(String text) {
    var outputs = new HashMap<String, Integer>();
    var shapes = new ArrayList<OutputShape>();
    text.lines()
        .forEach(
            line -> {
              var parts = line.split(" ");
              if (parts[0].equals("o")) {
                outputs.put(parts[1], Integer.valueOf(parts[2]));
              } else {
                shapes.add(shape(parts));
              }
            });
    return new Service(outputs, shapes);
  }

  private static OutputShape shape(String[] parts) {
    return switch (parts[0]) {
      case "s" -> structure(parts);
      case "l" -> new OutputShape.Items(Integer.parseInt(parts[1]), bounds(parts, 2));
      case "m" -> new OutputShape.Values(Integer.parseInt(parts[1]));
      case "t", "x" -> new OutputShape.Text(bounds(parts, 1));
      case "d" -> new OutputShape.Text(new Bounds(Double.NaN, Double.NaN));
      case "e" -> new OutputShape.Choice(List.of(parts).subList(1, parts.length));
      case "i", "n" -> new OutputShape.Numeric(bounds(parts, 1));
      case "b" -> new OutputShape.Flag();
      case "j" -> new OutputShape.Anything();
      default -> throw new IllegalStateException("Expected a shape, found " + parts[0]);
    };
  }

  private static OutputShape structure(String[] parts) {
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
    return new OutputShape.Structure(members, required);
  }

  /** Results spell the names of members with a capital. */
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
