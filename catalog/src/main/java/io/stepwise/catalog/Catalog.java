package io.stepwise.catalog;

import io.stepwise.aws.Arn;
import io.stepwise.aws.StateMachineArn;
import io.stepwise.engine.execution.StateMachineRevision;
import io.stepwise.storage.Storage;
import io.stepwise.storage.Tables;
import io.stepwise.storage.execution.ExecutionIndex;
import io.stepwise.storage.execution.ExecutionReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What there is to run: state machines with versions, aliases and revisions, activities, tags.
 *
 * <p>Thread safety: reads take no lock and see whole changes. Changes, each resource's in a class
 * of its own, pass one {@link CatalogWriter} and are committed before they become visible.
 *
 * <p>Errors: {@link CatalogException} for what a client may not do.
 */
public final class Catalog implements StateMachineDirectory {
  /** Its tables. */
  public static final List<Tables.Table> TABLES =
      List.of(Forms.MACHINES, Forms.REVISIONS, Forms.ACTIVITIES);

  private final CatalogTable<StateMachine> machines;
  private final CatalogTable<Activity> activities;
  private final Revisions revisions;
  private final StateMachines changesOfMachines;
  private final Versions versions;
  private final Aliases aliases;
  private final Activities changesOfActivities;
  private final Tags tags;
  private final CatalogWriter writer;

  /**
   * The catalog kept in {@code storage}; reads all but definitions into memory.
   *
   * @param nowMillis the time. Units: milliseconds since 1970
   */
  public Catalog(Storage storage, LongSupplier nowMillis) {
    this.machines = new CatalogTable<>(storage, Forms.MACHINES, new Forms.OfStateMachine());
    this.activities = new CatalogTable<>(storage, Forms.ACTIVITIES, new Forms.OfActivity());
    this.revisions = new Revisions(storage);
    this.writer = new CatalogWriter(storage);
    var executions =
        new ExecutionIndex(
            storage, new ExecutionReader(storage, id -> revisions.get(id).machine()));
    this.changesOfMachines = new StateMachines(machines, revisions, writer, executions, nowMillis);
    this.versions = new Versions(machines, changesOfMachines, revisions, writer, nowMillis);
    this.aliases = new Aliases(machines, changesOfMachines, writer, nowMillis);
    this.changesOfActivities = new Activities(activities, writer, nowMillis);
    this.tags = new Tags(machines, activities, writer);
  }

  /** What all changes pass, those of other services' tables as well. */
  public CatalogWriter writer() {
    return writer;
  }

  /** Changes state machines. */
  public StateMachines stateMachines() {
    return changesOfMachines;
  }

  /** Changes versions. */
  public Versions versions() {
    return versions;
  }

  /** Changes aliases. */
  public Aliases aliases() {
    return aliases;
  }

  /** Changes activities. */
  public Activities activities() {
    return changesOfActivities;
  }

  /** Tags. */
  public Tags tags() {
    return tags;
  }

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
    return machines.range(prefix, afterArn);
  }

  /** The activity of that ARN. */
  public @Nullable Activity activity(String arn) {
    return activities.get(arn);
  }

  @Override
  public boolean activityExists(String arn) {
    return activities.get(arn) != null;
  }

  /** Activities by ARN, those with {@code prefix} and after {@code afterArn}; not copied. */
  public Iterable<Activity> activities(String prefix, String afterArn) {
    return activities.range(prefix, afterArn);
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
}
