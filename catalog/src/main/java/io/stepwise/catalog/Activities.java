package io.stepwise.catalog;

import io.stepwise.catalog.CatalogException.Reason;
import io.stepwise.catalog.Settings.Encryption;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Creates and deletes activities. */
public final class Activities {
  private static final int ACTIVITIES_MAX = 100_000;

  private final CatalogTable<Activity> table;
  private final CatalogWriter writer;
  private final LongSupplier nowMillis;

  Activities(CatalogTable<Activity> table, CatalogWriter writer, LongSupplier nowMillis) {
    this.table = table;
    this.writer = writer;
    this.nowMillis = nowMillis;
  }

  /** Creates an activity, or finds the one of that name. */
  public Activity create(
      String arn, String name, @Nullable Encryption encryption, Map<String, String> tags) {
    return writer.change(
        changes -> {
          var existing = table.get(arn);
          if (existing != null) {
            if (!Objects.equals(existing.encryption(), encryption)) {
              throw new CatalogException(Reason.ACTIVITY_EXISTS, arn);
            }
            return existing;
          }
          if (table.size() >= ACTIVITIES_MAX) {
            throw new CatalogException(Reason.ACTIVITY_LIMIT, arn);
          }
          Tags.check(tags);
          var activity = new Activity(arn, name, nowMillis.getAsLong(), encryption, tags);
          changes.set(table, null, activity);
          return activity;
        });
  }

  /** Deletes an activity; one that does not exist is fine. */
  public void delete(String arn) {
    writer.change(
        changes -> {
          var activity = table.get(arn);
          if (activity != null) {
            changes.remove(table, activity);
          }
          return true;
        });
  }
}
