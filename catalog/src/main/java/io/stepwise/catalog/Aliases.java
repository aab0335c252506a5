package io.stepwise.catalog;

import io.stepwise.catalog.Alias.Route;
import io.stepwise.catalog.CatalogException.Reason;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Creates, changes and deletes aliases. */
public final class Aliases {
  private static final int ALIASES_MAX = 100;

  private final CatalogTable<StateMachine> table;
  private final StateMachines machines;
  private final CatalogWriter writer;
  private final LongSupplier nowMillis;

  Aliases(
      CatalogTable<StateMachine> table,
      StateMachines machines,
      CatalogWriter writer,
      LongSupplier nowMillis) {
    this.table = table;
    this.machines = machines;
    this.writer = writer;
    this.nowMillis = nowMillis;
  }

  /** Creates an alias, or finds the one that the same request created before. */
  public Alias create(
      String machineArn, String name, @Nullable String description, List<Route> routes) {
    return writer.change(
        changes -> {
          var machine = machines.live(machineArn);
          check(machine, routes);
          var existing = machine.aliases().get(name);
          if (existing != null) {
            var same =
                existing.routes().equals(routes)
                    && Objects.equals(existing.description(), description);
            if (!same) {
              throw new CatalogException(Reason.ALIAS_CONFLICT, machine.aliasArn(name));
            }
            return existing;
          }
          if (machine.aliases().size() >= ALIASES_MAX) {
            throw new CatalogException(Reason.ALIAS_LIMIT, machineArn);
          }
          var now = nowMillis.getAsLong();
          var alias = new Alias(name, description, routes, now, now);
          changes.set(table, machine, machine.withAlias(alias));
          return alias;
        });
  }

  /** Changes an alias; null leaves a part as it is. */
  public Alias update(
      String machineArn, String name, @Nullable String description, @Nullable List<Route> routes) {
    return writer.change(
        changes -> {
          var machine = table.get(machineArn);
          var existing = machine == null ? null : machine.aliases().get(name);
          if (machine == null || existing == null) {
            throw new CatalogException(Reason.ALIAS_MISSING, machineArn + ":" + name);
          }
          if (machine.deleting()) {
            throw new CatalogException(Reason.STATE_MACHINE_DELETING, machineArn);
          }
          if (routes != null) {
            check(machine, routes);
          }
          var alias =
              new Alias(
                  name,
                  description == null ? existing.description() : description,
                  routes == null ? existing.routes() : routes,
                  existing.createdMillis(),
                  nowMillis.getAsLong());
          changes.set(table, machine, machine.withAlias(alias));
          return alias;
        });
  }

  private static void check(StateMachine machine, List<Route> routes) {
    for (var route : routes) {
      if (!machine.versions().containsKey(route.version())) {
        throw new CatalogException(Reason.ROUTE_MISSING, machine.versionArn(route.version()));
      }
    }
  }

  /** Deletes an alias; one that does not exist is fine. */
  public void delete(String machineArn, String name) {
    writer.change(
        changes -> {
          var machine = table.get(machineArn);
          if (machine != null && machine.aliases().containsKey(name)) {
            changes.set(table, machine, machine.withoutAlias(name));
          }
          return true;
        });
  }
}
