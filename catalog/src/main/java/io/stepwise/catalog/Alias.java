package io.stepwise.catalog;

import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A name that leads to one or two versions. Units: milliseconds since 1970.
 *
 * @param description null where none was given
 */
public record Alias(
    String name,
    @Nullable String description,
    List<Route> routes,
    long createdMillis,
    long updatedMillis) {

  public Alias {
    routes = List.copyOf(routes);
  }

  /** The version an execution started now is to run. */
  public int choose(RandomGenerator random) {
    var drawn = random.nextInt(100);
    for (var route : routes) {
      drawn -= route.weight();
      if (drawn < 0) {
        return route.version();
      }
    }
    return routes.getLast().version();
  }

  /** Whether it may lead to a version. */
  public boolean leadsTo(int version) {
    return routes.stream().anyMatch(route -> route.version() == version);
  }

  /** A version and how often it is chosen. Units: percent. */
  public record Route(int version, int weight) {}
}
