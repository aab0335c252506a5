package io.stepwise.catalog;

import io.stepwise.asl.CompiledDefinition;
import io.stepwise.asl.model.StateMachineType;
import io.stepwise.aws.StateMachineArn;
import io.stepwise.catalog.CatalogException.Reason;
import io.stepwise.catalog.Settings.Encryption;
import io.stepwise.storage.execution.ExecutionIndex;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Creates, changes and deletes state machines. */
public final class StateMachines {
  /** State machines of an account and region. Source: AWS quota. */
  static final int MACHINES_MAX = 100_000;

  private final CatalogTable<StateMachine> table;
  private final Revisions revisions;
  private final CatalogWriter writer;
  private final ExecutionIndex executions;
  private final LongSupplier nowMillis;

  StateMachines(
      CatalogTable<StateMachine> table,
      Revisions revisions,
      CatalogWriter writer,
      ExecutionIndex executions,
      LongSupplier nowMillis) {
    this.table = table;
    this.revisions = revisions;
    this.writer = writer;
    this.executions = executions;
    this.nowMillis = nowMillis;
  }

  /** The state machine of that ARN, which is not on its way out. */
  StateMachine live(String arn) {
    var machine = table.get(arn);
    if (machine == null) {
      throw new CatalogException(Reason.STATE_MACHINE_MISSING, arn);
    }
    if (machine.deleting()) {
      throw new CatalogException(Reason.STATE_MACHINE_DELETING, arn);
    }
    return machine;
  }

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
    forgetDeleted(request.arn());
    return writer.change(
        changes -> {
          var existing = table.get(request.arn());
          if (existing != null) {
            return sameAsBefore(existing, request);
          }
          if (table.size() >= MACHINES_MAX) {
            throw new CatalogException(Reason.STATE_MACHINE_LIMIT, request.arn());
          }
          Tags.check(request.tags());
          var revision = firstRevision(request);
          var machine = newMachine(request, revision);
          changes.add(revisions, revision, () -> revisions.keep(revision, request.compiled()));
          changes.set(table, null, machine);
          return machine;
        });
  }

  private Revision firstRevision(NewStateMachine request) {
    return new Revision(
        revisions.nextId(),
        request.arn(),
        request.name(),
        request.type(),
        request.roleArn(),
        "",
        request.definition(),
        request.settings(),
        nowMillis.getAsLong());
  }

  private static StateMachine newMachine(NewStateMachine request, Revision revision) {
    var now = revision.createdMillis();
    var machine =
        new StateMachine(
            StateMachineArn.of(request.arn()),
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
    return request.publish()
        ? machine.withVersion(new Version(1, revision.id(), request.versionDescription(), now))
        : machine;
  }

  private StateMachine sameAsBefore(StateMachine existing, NewStateMachine request) {
    if (existing.deleting()) {
      throw new CatalogException(Reason.STATE_MACHINE_DELETING, existing.arn().text());
    }
    var current = revisions.get(existing.revision()).revision();
    var same =
        existing.type() == request.type()
            && current.says(request.definition(), current.roleArn(), request.settings())
            && existing.publishedAtCreation() == request.publish()
            && existing.creationDescription().equals(request.versionDescription());
    if (!same) {
      throw new CatalogException(Reason.STATE_MACHINE_EXISTS, existing.arn().text());
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
    return writer.change(
        changes -> {
          var machine = live(request.arn());
          var current = revisions.get(machine.revision()).revision();
          var revision = revision(machine, current, request);
          var changed = machine.withRevision(revision.id());
          @Nullable String versionArn = null;
          if (request.publish()) {
            var version = changed.versionOf(revision.id());
            if (version == null) {
              version =
                  Versions.next(changed, request.versionDescription(), revision.createdMillis());
              changed = changed.withVersion(version);
            }
            versionArn = changed.versionArn(version.number());
          }
          if (revision != current) {
            changes.add(revisions, revision, () -> keep(revision, request.compiled()));
          }
          if (revision != current || !changed.versions().equals(machine.versions())) {
            changes.set(table, machine, changed);
          }
          return new Updated(revision, nowMillis.getAsLong(), versionArn);
        });
  }

  private void keep(Revision revision, @Nullable CompiledDefinition compiled) {
    if (compiled != null) {
      revisions.keep(revision, compiled);
    }
  }

  /** The revision that a request leads to: the current one where it says the same. */
  private Revision revision(StateMachine machine, Revision current, Update request) {
    var definition = request.definition() == null ? current.definition() : request.definition();
    var role = request.roleArn() == null ? current.roleArn() : request.roleArn();
    var settings = settings(current.settings(), request);
    if (current.says(definition, role, settings)) {
      return current;
    }
    return new Revision(
        revisions.nextId(),
        machine.arn().text(),
        machine.name(),
        machine.type(),
        role,
        UUID.randomUUID().toString(),
        definition,
        settings,
        nowMillis.getAsLong());
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
    return writer.change(
        changes -> {
          var machine = table.get(arn);
          if (machine == null) {
            return false;
          }
          if (hasRunning(arn)) {
            changes.set(table, machine, machine.withDeleting());
            return true;
          }
          changes.remove(table, machine);
          return false;
        });
  }

  /** Forgets a state machine that was being deleted, once no execution of it runs. */
  public void forgetDeleted(String arn) {
    var known = table.get(arn);
    if (known != null && known.deleting()) {
      writer.change(
          changes -> {
            var machine = table.get(arn);
            if (machine != null && machine.deleting() && !hasRunning(arn)) {
              changes.remove(table, machine);
            }
            return true;
          });
    }
  }

  /** Whether executions of a state machine are under way. */
  public boolean hasRunning(String arn) {
    return executions.hasRunning(StateMachineArn.of(arn));
  }
}
