package io.stepwise.aws.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The models of all AWS services, by their names in aws-sdk integrations. A model is read when it
 * is first asked for, on the thread that asks; large ones take some ten milliseconds.
 *
 * <p>Source: {@code models/NOTICE}.
 */
public final class ServiceModels {
  /** Those that come with Stepwise. */
  public static final ServiceModels BUILT_IN = new ServiceModels(ServiceModels::resource);

  /** Where tables are. */
  @FunctionalInterface
  public interface Tables {
    /** The table of that name, or null if there is none. */
    @Nullable InputStream open(String name);
  }

  private final Tables tables;
  private final Set<String> names;
  private final Map<Key, ServiceModel> models = new ConcurrentHashMap<>();

  /** Models from tables, with an {@code index} of their names. */
  public ServiceModels(Tables tables) {
    this.tables = tables;
    this.names =
        new String(bytes("index"), StandardCharsets.UTF_8)
            .lines()
            .collect(Collectors.toUnmodifiableSet());
  }

  /** The names of all services, e.g. {@code secretsmanager}. */
  public Set<String> names() {
    return names;
  }

  private record Key(String name, Dialect dialect) {}

  /** The model of a service. */
  public Optional<ServiceModel> find(String name, Dialect dialect) {
    return names.contains(name)
        ? Optional.of(models.computeIfAbsent(new Key(name, dialect), this::read))
        : Optional.empty();
  }

  private ServiceModel read(Key key) {
    return TableReader.read(bytes(key.name()), key.dialect());
  }

  private byte[] bytes(String name) {
    try (var in = tables.open(name)) {
      if (in == null) {
        throw new IllegalStateException("Expected a table " + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static @Nullable InputStream resource(String name) {
    return ServiceModels.class.getResourceAsStream("/io/stepwise/aws/models/" + name);
  }
}
