package io.stepwise.catalog;

import io.stepwise.catalog.CatalogException.Reason;
import java.util.ArrayList;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Publishes revisions as versions, and deletes these. */
public final class Versions {
  private static final int VERSIONS_MAX = 1_000;

  private final CatalogTable<StateMachine> table;
  private final StateMachines machines;
  private final Revisions revisions;
  private final CatalogWriter writer;
  private final LongSupplier nowMillis;

  Versions(
      CatalogTable<StateMachine> table,
      StateMachines machines,
      Revisions revisions,
      CatalogWriter writer,
      LongSupplier nowMillis) {
    this.table = table;
    this.machines = machines;
    this.revisions = revisions;
    this.writer = writer;
    this.nowMillis = nowMillis;
  }

  /** A version as its publisher sees it. */
  public record Published(String arn, long createdMillis) {}

  /**
   * Publishes the current revision, or finds the version that does.
   *
   * @param revisionId what the current revision is expected to be, or null
   * @param description null where none was given
   */
  public Published publish(String arn, @Nullable String revisionId, @Nullable String description) {
    return writer.change(
        changes -> {
          var machine = machines.live(arn);
          var current = revisions.get(machine.revision()).revision().revisionId();
          var shown = current.isEmpty() ? Revision.INITIAL : current;
          if (revisionId != null && !revisionId.equals(shown)) {
            throw new CatalogException(Reason.REVISION_CONFLICT, shown);
          }
          var version = machine.versionOf(machine.revision());
          if (version == null) {
            version = next(machine, description == null ? "" : description, nowMillis.getAsLong());
            changes.set(table, machine, machine.withVersion(version));
          } else if (description != null && !description.equals(version.description())) {
            throw new CatalogException(
                Reason.DESCRIPTION_CONFLICT, machine.versionArn(version.number()));
          }
          return new Published(machine.versionArn(version.number()), version.createdMillis());
        });
  }

  /** The version that publishes the current revision of a state machine. */
  static Version next(StateMachine machine, String description, long now) {
    if (machine.versions().size() >= VERSIONS_MAX) {
      throw new CatalogException(Reason.VERSION_LIMIT, machine.arn().text());
    }
    return new Version(machine.versionLast() + 1, machine.revision(), description, now);
  }

  /** Deletes a version; one that does not exist is fine. */
  public void delete(String machineArn, int number) {
    writer.change(
        changes -> {
          var machine = table.get(machineArn);
          if (machine == null || !machine.versions().containsKey(number)) {
            return false;
          }
          var referrers = new ArrayList<String>();
          for (var alias : machine.aliases().values()) {
            if (alias.leadsTo(number)) {
              referrers.add(alias.name());
            }
          }
          if (!referrers.isEmpty()) {
            throw new CatalogException(Reason.VERSION_REFERENCED, String.join(", ", referrers));
          }
          changes.set(table, machine, machine.withoutVersion(number));
          return true;
        });
  }
}
