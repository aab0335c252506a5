package io.stepwise.catalog;

import io.stepwise.catalog.CatalogException.Reason;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Puts tags on state machines and activities. */
public final class Tags {
  private static final int TAGS_MAX = 50;

  private final CatalogTable<StateMachine> machines;
  private final CatalogTable<Activity> activities;
  private final CatalogWriter writer;

  Tags(
      CatalogTable<StateMachine> machines,
      CatalogTable<Activity> activities,
      CatalogWriter writer) {
    this.machines = machines;
    this.activities = activities;
    this.writer = writer;
  }

  /** The tags of a state machine or an activity. */
  public Map<String, String> of(String arn) {
    var machine = machines.get(arn);
    if (machine != null) {
      return machine.tags();
    }
    var activity = activities.get(arn);
    if (activity == null) {
      throw new CatalogException(Reason.RESOURCE_MISSING, arn);
    }
    return activity.tags();
  }

  /** Adds tags, and replaces those whose keys exist. */
  public void add(String arn, Map<String, String> added) {
    change(arn, tags -> tags.putAll(added));
  }

  /** Removes tags; unknown keys are fine. */
  public void remove(String arn, List<String> keys) {
    change(arn, tags -> keys.forEach(tags::remove));
  }

  private void change(String arn, Consumer<Map<String, String>> change) {
    writer.change(
        changes -> {
          var tags = new LinkedHashMap<>(of(arn));
          change.accept(tags);
          check(tags);
          var machine = machines.get(arn);
          var activity = activities.get(arn);
          if (machine != null) {
            changes.set(machines, machine, machine.withTags(tags));
          } else if (activity != null) {
            changes.set(activities, activity, activity.withTags(tags));
          }
          return true;
        });
  }

  /** Refuses more tags than there may be. */
  static void check(Map<String, String> tags) {
    if (tags.size() > TAGS_MAX) {
      throw new CatalogException(Reason.TOO_MANY_TAGS, "");
    }
  }
}
