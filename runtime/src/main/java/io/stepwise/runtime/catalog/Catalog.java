package io.stepwise.runtime.catalog;

import io.stepwise.asl.CompiledDefinition;
import io.stepwise.asl.model.StateMachineType;
import io.stepwise.aws.Arn;
import io.stepwise.aws.StateMachineArn;
import io.stepwise.engine.execution.StateMachineRevision;
import io.stepwise.runtime.Clock;
import io.stepwise.runtime.StateMachineDirectory;
import io.stepwise.runtime.catalog.Alias.Route;
import io.stepwise.runtime.catalog.CatalogException.Reason;
import io.stepwise.runtime.catalog.Settings.Encryption;
import io.stepwise.storage.Storage;
import io.stepwise.storage.execution.ExecutionIndex;
import io.stepwise.storage.execution.ExecutionReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * State machines and activities.
 *
 * <p>Thread safety: reads take no lock and see whole changes. Changes queue for one lock and are
 * committed before they become visible; they may wait for the disk, so not on a loop.
 *
 * <p>Errors: {@link CatalogException} for what a client may not do.
 */
public final class Catalog implements StateMachineDirectory {
  /** State machines of an account and region. Source: AWS quota. */
  static final int MACHINES_MAX = 100_000;

  private static final int VERSIONS_MAX = 1_000;
  private static final int ALIASES_MAX = 100;
  private static final int TAGS_MAX = 50;

  private final Storage storage;
  private final Clock clock;
  private final Revisions revisions;
  private final ExecutionIndex index;
  private final ReentrantLock lock = new ReentrantLock();
  private final NavigableMap<String, StateMachine> machines = new ConcurrentSkipListMap<>();
  private final NavigableMap<String, Activity> activities = new ConcurrentSkipListMap<>();
  private long revisionLast;

  /** The catalog kept in {@code storage}; reads all but definitions into memory. */
  public Catalog(Storage storage, Clock clock) {
    this.storage = storage;
    this.clock = clock;
    this.revisions = new Revisions(storage);
    this.index = new ExecutionIndex(storage, new ExecutionReader(storage, this::revision));
    storage.scan(
        Rows.table(Rows.MACHINES),
        Rows.after(Rows.MACHINES),
        (key, row) -> {
          var machine = Rows.decodeMachine(row);
          machines.put(machine.arn(), machine);
          return true;
        });
    storage.scan(
        Rows.table(Rows.ACTIVITIES),
        Rows.after(Rows.ACTIVITIES),
        (key, row) -> {
          var activity = Rows.decodeActivity(row);
          activities.put(activity.arn(), activity);
          return true;
        });
    storage.scanBackwards(
        Rows.table(Rows.REVISIONS),
        Rows.after(Rows.REVISIONS),
        (key, row) -> {
          revisionLast = Rows.revisionOf(key);
          return false;
        });
  }

  // ── Reading ────────────────────────────────────────────────────────────────────────────────

  @Override
  public StateMachineRevision revision(long id) {
    return revisions.get(id).machine();
  }

  /** As {@link #revision}, or null where it would have to be compiled: for threads in a hurry. */
  public @Nullable StateMachineRevision revisionAtHand(long id) {
    var compiled = revisions.peek(id);
    return compiled == null ? null : compiled.machine();
  }

  /** A revision as the client gave it. */
  public Revision source(long id) {
    return revisions.get(id).revision();
  }

  /** Variables that the states of a revision read. */
  public Map<String, Set<String>> variableReferences(long id) {
    return revisions.get(id).variableReferences();
  }

  /** The state machine of that ARN without qualifier; also one that is being deleted. */
  public @Nullable StateMachine machine(String arn) {
    return machines.get(arn);
  }

  /** State machines by ARN, those with {@code prefix} and after {@code afterArn}; not copied. */
  public Iterable<StateMachine> machines(String prefix, String afterArn) {
    return range(machines, prefix, afterArn).values();
  }

  /** The activity of that ARN. */
  public @Nullable Activity activity(String arn) {
    return activities.get(arn);
  }

  @Override
  public boolean activityExists(String arn) {
    return activities.containsKey(arn);
  }

  /** Activities by ARN, those with {@code prefix} and after {@code afterArn}; not copied. */
  public Iterable<Activity> activities(String prefix, String afterArn) {
    return range(activities, prefix, afterArn).values();
  }

  private static <T> NavigableMap<String, T> range(
      NavigableMap<String, T> all, String prefix, String afterArn) {
    var end = prefix + Character.MAX_VALUE;
    return afterArn.compareTo(prefix) < 0
        ? all.subMap(prefix, true, end, false)
        : all.subMap(afterArn, false, end, false);
  }

  /** The tags of a state machine or an activity. */
  public Map<String, String> tags(String arn) {
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

  /**
   * What an execution started by an ARN is to run.
   *
   * @param machine its state machine
   * @param revision the revision's id
   */
  public record Resolved(
      StateMachine machine,
      long revision,
      @Nullable String versionArn,
      @Nullable String aliasArn) {}

  /**
   * What the ARN of a state machine, version or alias leads to; empty where there is none.
   *
   * @param random picks the version of an alias that routes to two
   */
  public Optional<Resolved> resolve(String arn, RandomGenerator random) {
    var machine = machines.get(arn);
    if (machine != null) {
      return Optional.of(new Resolved(machine, machine.revision(), null, null));
    }
    var named = Arn.parse(arn).orElse(null);
    if (!(named instanceof StateMachineArn qualified) || qualified.label() != null) {
      return Optional.empty();
    }
    machine = machines.get(qualified.unqualified().text());
    if (machine == null) {
      return Optional.empty();
    }
    @Nullable String aliasArn = null;
    var number = qualified.version().orElse(-1);
    var qualifier = qualified.qualifier();
    var alias = qualifier == null ? null : machine.aliases().get(qualifier);
    if (alias != null) {
      number = alias.choose(random);
      aliasArn = arn;
    }
    var version = machine.versions().get(number);
    return version == null
        ? Optional.empty()
        : Optional.of(
            new Resolved(machine, version.revision(), machine.versionArn(number), aliasArn));
  }

  @Override
  public boolean isDeleted(String stateMachineArn) {
    var machine = machines.get(stateMachineArn);
    return machine == null || machine.deleting();
  }

  @Override
  public Optional<Target> find(String arn, long seed) {
    return resolve(arn, new Random(seed))
        .filter(resolved -> !resolved.machine().deleting())
        .map(
            resolved ->
                new Target(
                    revision(resolved.revision()), resolved.versionArn(), resolved.aliasArn()));
  }

  /** Whether executions of a state machine are under way. */
  public boolean hasRunning(String machineArn) {
    return index.hasRunning(StateMachineArn.of(machineArn));
  }

  // ── State machines ─────────────────────────────────────────────────────────────────────────

  /**
   * A request to create a state machine.
   *
   * @param compiled what the compiler made of {@code definition}; without errors
   */
  public record NewStateMachine(
      String arn,
      String name,
      StateMachineType type,
      String definition,
      CompiledDefinition compiled,
      String roleArn,
      Settings settings,
      boolean publish,
      String versionDescription,
      Map<String, String> tags) {}

  /** Creates a state machine, or finds the one that the same request created before. */
  public StateMachine create(NewStateMachine request) {
    lock.lock();
    try {
      forgetDeleted(request.arn());
      var existing = machines.get(request.arn());
      if (existing != null) {
        return sameAsBefore(existing, request);
      }
      if (machines.size() >= MACHINES_MAX) {
        throw new CatalogException(Reason.STATE_MACHINE_LIMIT, request.arn());
      }
      checkTags(request.tags());
      var now = clock.nowMillis();
      var revision =
          new Revision(
              ++revisionLast,
              request.arn(),
              request.name(),
              request.type(),
              request.roleArn(),
              "",
              request.definition(),
              request.settings(),
              now);
      var machine =
          new StateMachine(
              request.arn(),
              request.name(),
              request.type(),
              now,
              revision.id(),
              false,
              request.publish(),
              request.versionDescription(),
              0,
              new TreeMap<>(),
              Map.of(),
              request.tags());
      if (request.publish()) {
        machine =
            machine.withVersion(new Version(1, revision.id(), request.versionDescription(), now));
      }
      commit(machine, revision, request.compiled());
      return machine;
    } finally {
      lock.unlock();
    }
  }

  private StateMachine sameAsBefore(StateMachine existing, NewStateMachine request) {
    if (existing.deleting()) {
      throw new CatalogException(Reason.STATE_MACHINE_DELETING, existing.arn());
    }
    var current = revisions.get(existing.revision()).revision();
    var same =
        existing.type() == request.type()
            && current.says(request.definition(), current.roleArn(), request.settings())
            && existing.publishedAtCreation() == request.publish()
            && existing.creationDescription().equals(request.versionDescription());
    if (!same) {
      throw new CatalogException(Reason.STATE_MACHINE_EXISTS, existing.arn());
    }
    return existing;
  }

  /**
   * A request to change a state machine; null leaves a part as it is.
   *
   * @param compiled given with {@code definition}
   */
  public record Update(
      String arn,
      @Nullable String definition,
      @Nullable CompiledDefinition compiled,
      @Nullable String roleArn,
      Settings.@Nullable Logging logging,
      @Nullable Boolean tracing,
      @Nullable Encryption encryption,
      boolean publish,
      String versionDescription) {}

  /** A state machine after a change, with its revision, and the version if one was asked for. */
  public record Updated(Revision revision, long updatedMillis, @Nullable String versionArn) {}

  /** Changes a state machine: a new revision, unless nothing is different. */
  public Updated update(Update request) {
    lock.lock();
    try {
      var machine = live(request.arn());
      var current = revisions.get(machine.revision()).revision();
      var definition = request.definition() == null ? current.definition() : request.definition();
      var role = request.roleArn() == null ? current.roleArn() : request.roleArn();
      var settings = settings(current.settings(), request);
      var now = clock.nowMillis();
      if (current.says(definition, role, settings)) {
        var version =
            request.publish() ? publish(machine, request.versionDescription(), now) : null;
        return new Updated(current, now, version == null ? null : version.arn());
      }
      var revision =
          new Revision(
              ++revisionLast,
              machine.arn(),
              machine.name(),
              machine.type(),
              role,
              UUID.randomUUID().toString(),
              definition,
              settings,
              now);
      var changed = machine.withRevision(revision.id());
      @Nullable String versionArn = null;
      if (request.publish()) {
        var version = nextVersion(changed, request.versionDescription(), now);
        changed = changed.withVersion(version);
        versionArn = changed.versionArn(version.number());
      }
      commit(changed, revision, request.compiled());
      return new Updated(revision, now, versionArn);
    } finally {
      lock.unlock();
    }
  }

  private static Settings settings(Settings current, Update request) {
    return new Settings(
        request.logging() == null ? current.logging() : request.logging(),
        request.tracing() == null ? current.tracing() : request.tracing(),
        request.encryption() == null ? current.encryption() : request.encryption());
  }

  /**
   * Deletes a state machine; while executions run it stays as DELETING. Returns whether some do. A
   * machine that does not exist is fine.
   */
  public boolean delete(String arn) {
    lock.lock();
    try {
      var machine = machines.get(arn);
      if (machine == null) {
        return false;
      }
      if (hasRunning(arn)) {
        commit(machine.withDeleting());
        return true;
      }
      remove(arn);
      return false;
    } finally {
      lock.unlock();
    }
  }

  /** Forgets a state machine that was being deleted, once no execution of it runs. */
  public void forgetDeleted(String arn) {
    var machine = machines.get(arn);
    if (machine != null && machine.deleting()) {
      lock.lock();
      try {
        if (!hasRunning(arn)) {
          remove(arn);
        }
      } finally {
        lock.unlock();
      }
    }
  }

  private void remove(String arn) {
    var batch = storage.newBatch();
    batch.delete(Rows.key(Rows.MACHINES, arn));
    storage.commit(batch);
    machines.remove(arn);
  }

  // ── Versions ───────────────────────────────────────────────────────────────────────────────

  /** A version as its publisher sees it. */
  public record Published(String arn, long createdMillis) {}

  /**
   * Publishes the current revision, or finds the version that does.
   *
   * @param revisionId what the current revision is expected to be, or null
   * @param description null where none was given
   */
  public Published publish(String arn, @Nullable String revisionId, @Nullable String description) {
    lock.lock();
    try {
      var machine = live(arn);
      var current = revisions.get(machine.revision()).revision().revisionId();
      var shown = current.isEmpty() ? Revision.INITIAL : current;
      if (revisionId != null && !revisionId.equals(shown)) {
        throw new CatalogException(Reason.REVISION_CONFLICT, shown);
      }
      var existing = machine.versionOf(machine.revision());
      if (existing != null && description != null && !description.equals(existing.description())) {
        throw new CatalogException(
            Reason.DESCRIPTION_CONFLICT, machine.versionArn(existing.number()));
      }
      return publish(machine, description == null ? "" : description, clock.nowMillis());
    } finally {
      lock.unlock();
    }
  }

  private Published publish(StateMachine machine, String description, long now) {
    var version = machine.versionOf(machine.revision());
    if (version == null) {
      version = nextVersion(machine, description, now);
      commit(machine.withVersion(version));
    }
    return new Published(machine.versionArn(version.number()), version.createdMillis());
  }

  private static Version nextVersion(StateMachine machine, String description, long now) {
    if (machine.versions().size() >= VERSIONS_MAX) {
      throw new CatalogException(Reason.VERSION_LIMIT, machine.arn());
    }
    return new Version(machine.versionLast() + 1, machine.revision(), description, now);
  }

  /** Deletes a version; one that does not exist is fine. */
  public void deleteVersion(String machineArn, int number) {
    lock.lock();
    try {
      var machine = machines.get(machineArn);
      if (machine == null || !machine.versions().containsKey(number)) {
        return;
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
      commit(machine.withoutVersion(number));
    } finally {
      lock.unlock();
    }
  }

  // ── Aliases ────────────────────────────────────────────────────────────────────────────────

  /** Creates an alias, or finds the one that the same request created before. */
  public Alias createAlias(
      String machineArn, String name, @Nullable String description, List<Route> routes) {
    lock.lock();
    try {
      var machine = live(machineArn);
      checkRoutes(machine, routes);
      var existing = machine.aliases().get(name);
      if (existing != null) {
        var same =
            existing.routes().equals(routes) && Objects.equals(existing.description(), description);
        if (!same) {
          throw new CatalogException(Reason.ALIAS_CONFLICT, machine.aliasArn(name));
        }
        return existing;
      }
      if (machine.aliases().size() >= ALIASES_MAX) {
        throw new CatalogException(Reason.ALIAS_LIMIT, machineArn);
      }
      var now = clock.nowMillis();
      var alias = new Alias(name, description, routes, now, now);
      commit(machine.withAlias(alias));
      return alias;
    } finally {
      lock.unlock();
    }
  }

  /** Changes an alias; null leaves a part as it is. */
  public Alias updateAlias(
      String machineArn, String name, @Nullable String description, @Nullable List<Route> routes) {
    lock.lock();
    try {
      var machine = machines.get(machineArn);
      var existing = machine == null ? null : machine.aliases().get(name);
      if (machine == null || existing == null) {
        throw new CatalogException(Reason.ALIAS_MISSING, machineArn + ":" + name);
      }
      if (machine.deleting()) {
        throw new CatalogException(Reason.STATE_MACHINE_DELETING, machineArn);
      }
      if (routes != null) {
        checkRoutes(machine, routes);
      }
      var alias =
          new Alias(
              name,
              description == null ? existing.description() : description,
              routes == null ? existing.routes() : routes,
              existing.createdMillis(),
              clock.nowMillis());
      commit(machine.withAlias(alias));
      return alias;
    } finally {
      lock.unlock();
    }
  }

  private static void checkRoutes(StateMachine machine, List<Route> routes) {
    for (var route : routes) {
      if (!machine.versions().containsKey(route.version())) {
        throw new CatalogException(Reason.ROUTE_MISSING, machine.versionArn(route.version()));
      }
    }
  }

  /** Deletes an alias; one that does not exist is fine. */
  public void deleteAlias(String machineArn, String name) {
    lock.lock();
    try {
      var machine = machines.get(machineArn);
      if (machine != null && machine.aliases().containsKey(name)) {
        commit(machine.withoutAlias(name));
      }
    } finally {
      lock.unlock();
    }
  }

  // ── Activities ─────────────────────────────────────────────────────────────────────────────

  /** Creates an activity, or finds the one of that name. */
  public Activity createActivity(
      String arn, String name, @Nullable Encryption encryption, Map<String, String> tags) {
    lock.lock();
    try {
      var existing = activities.get(arn);
      if (existing != null) {
        if (!Objects.equals(existing.encryption(), encryption)) {
          throw new CatalogException(Reason.ACTIVITY_EXISTS, arn);
        }
        return existing;
      }
      if (activities.size() >= MACHINES_MAX) {
        throw new CatalogException(Reason.ACTIVITY_LIMIT, arn);
      }
      checkTags(tags);
      var activity = new Activity(arn, name, clock.nowMillis(), encryption, tags);
      commit(activity);
      return activity;
    } finally {
      lock.unlock();
    }
  }

  /** Deletes an activity; one that does not exist is fine. */
  public void deleteActivity(String arn) {
    lock.lock();
    try {
      if (activities.containsKey(arn)) {
        var batch = storage.newBatch();
        batch.delete(Rows.key(Rows.ACTIVITIES, arn));
        storage.commit(batch);
        activities.remove(arn);
      }
    } finally {
      lock.unlock();
    }
  }

  // ── Tags ───────────────────────────────────────────────────────────────────────────────────

  /** Adds tags, and replaces those whose keys exist. */
  public void tag(String arn, Map<String, String> added) {
    changeTags(arn, tags -> tags.putAll(added));
  }

  /** Removes tags; unknown keys are fine. */
  public void untag(String arn, List<String> keys) {
    changeTags(arn, tags -> keys.forEach(tags::remove));
  }

  private void changeTags(String arn, Consumer<Map<String, String>> change) {
    lock.lock();
    try {
      var tags = new LinkedHashMap<>(tags(arn));
      change.accept(tags);
      checkTags(tags);
      var machine = machines.get(arn);
      var activity = activities.get(arn);
      if (machine != null) {
        commit(machine.withTags(tags));
      } else if (activity != null) {
        commit(activity.withTags(tags));
      }
    } finally {
      lock.unlock();
    }
  }

  private static void checkTags(Map<String, String> tags) {
    if (tags.size() > TAGS_MAX) {
      throw new CatalogException(Reason.TOO_MANY_TAGS, "");
    }
  }

  // ── Writing ────────────────────────────────────────────────────────────────────────────────

  private StateMachine live(String arn) {
    var machine = machines.get(arn);
    if (machine == null) {
      throw new CatalogException(Reason.STATE_MACHINE_MISSING, arn);
    }
    if (machine.deleting()) {
      throw new CatalogException(Reason.STATE_MACHINE_DELETING, arn);
    }
    return machine;
  }

  private void commit(
      StateMachine machine, Revision revision, @Nullable CompiledDefinition compiled) {
    var batch = storage.newBatch();
    batch.put(Rows.revisionKey(revision.id()), Rows.encode(revision));
    batch.put(Rows.key(Rows.MACHINES, machine.arn()), Rows.encode(machine));
    storage.commit(batch);
    if (compiled != null) {
      revisions.keep(revision, compiled);
    }
    machines.put(machine.arn(), machine);
  }

  private void commit(StateMachine machine) {
    var batch = storage.newBatch();
    batch.put(Rows.key(Rows.MACHINES, machine.arn()), Rows.encode(machine));
    storage.commit(batch);
    machines.put(machine.arn(), machine);
  }

  private void commit(Activity activity) {
    var batch = storage.newBatch();
    batch.put(Rows.key(Rows.ACTIVITIES, activity.arn()), Rows.encode(activity));
    storage.commit(batch);
    activities.put(activity.arn(), activity);
  }
}
