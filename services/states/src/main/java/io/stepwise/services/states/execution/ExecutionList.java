package io.stepwise.services.states.execution;

import io.stepwise.asl.model.StateMachineType;
import io.stepwise.engine.execution.Execution;
import io.stepwise.engine.execution.ExecutionStatus;
import io.stepwise.engine.execution.MapRunSnapshot;
import io.stepwise.protocol.Call;
import io.stepwise.protocol.CommonError.ValidationException;
import io.stepwise.protocol.Page;
import io.stepwise.services.states.resource.Arns;
import io.stepwise.services.states.resource.Backend;
import io.stepwise.services.states.resource.Executions;
import io.stepwise.services.states.resource.Machines;
import io.stepwise.services.states.resource.MapRuns;
import io.stepwise.services.states.resource.StatesError;
import io.stepwise.storage.execution.ExecutionIndex.Listing;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An index of executions, newest first, and which of its rows are wanted. A page costs the page.
 *
 * <p>Limits: where rows must be looked at to be chosen (by version, alias, or status within a map
 * run), at most {@value #LOOKED_AT_MAX} are for one page, which may then be short.
 */
final class ExecutionList {
  private static final int LOOKED_AT_MAX = 5_000;

  private final Backend backend;
  private final Listing listing;
  private final @Nullable MapRunSnapshot mapRun;
  private final @Nullable Predicate<Execution> filter;

  private ExecutionList(
      Backend backend,
      Listing listing,
      @Nullable MapRunSnapshot mapRun,
      @Nullable Predicate<Execution> filter) {
    this.backend = backend;
    this.listing = listing;
    this.mapRun = mapRun;
    this.filter = filter;
  }

  /** The list a call asks for. */
  static ExecutionList of(Call call, Backend backend) {
    var machineArn = call.optionalText("stateMachineArn");
    var mapRunArn = call.optionalText("mapRunArn");
    if ((machineArn == null) == (mapRunArn == null)) {
      throw new ValidationException(
              "Exactly one of stateMachineArn and mapRunArn must be specified")
          .toException();
    }
    return machineArn != null
        ? ofMachine(call, backend, machineArn)
        : ofMapRun(call, backend, String.valueOf(mapRunArn));
  }

  private static ExecutionList ofMachine(Call call, Backend backend, String arn) {
    Machines.unlabelled(arn);
    if (call.has("redriveFilter")) {
      throw new ValidationException("redriveFilter can only be used with mapRunArn").toException();
    }
    var status = status(call);
    if (status == ExecutionStatus.PENDING_REDRIVE) {
      throw new ValidationException("PENDING_REDRIVE can only be used with mapRunArn")
          .toException();
    }
    var target = backend.catalog().machine(arn);
    @Nullable Predicate<Execution> filter = null;
    if (target == null) {
      target = backend.catalog().machine(Arns.stateMachine(arn).unqualified().text());
      filter =
          execution ->
              arn.equals(execution.header().versionArn())
                  || arn.equals(execution.header().aliasArn());
    }
    if (target == null) {
      throw new StatesError.StateMachineDoesNotExist(arn).toException();
    }
    if (target.type() == StateMachineType.EXPRESS) {
      throw new StatesError.StateMachineTypeNotSupported().toException();
    }
    var listing = status == null ? Listing.of(target.arn()) : Listing.of(target.arn(), status);
    return new ExecutionList(backend, listing, null, filter);
  }

  private static ExecutionList ofMapRun(Call call, Backend backend, String arn) {
    Arns.mapRun(arn);
    var mapRun = MapRuns.find(backend, arn);
    var status = status(call);
    var redrive = call.optionalText("redriveFilter");
    @Nullable Predicate<Execution> filter = null;
    if (status != null || redrive != null) {
      filter =
          execution ->
              (status == null || Executions.statusWithin(execution, mapRun) == status)
                  && (redrive == null
                      || redrive.equals("REDRIVEN") == (execution.redriveCount() > 0));
    }
    return new ExecutionList(backend, Listing.ofMapRun(arn), mapRun, filter);
  }

  private static @Nullable ExecutionStatus status(Call call) {
    var name = call.optionalText("statusFilter");
    return name == null ? null : ExecutionStatus.valueOf(name);
  }

  boolean isOfMapRun() {
    return mapRun != null;
  }

  /** Hands over the executions of a page; returns the token of the next page, or null. */
  @Nullable String collect(Page page, BiConsumer<Execution, ExecutionStatus> sink) {
    var wanted = filter == null ? page.limit() : LOOKED_AT_MAX;
    var after = page.isFirst() ? null : Long.valueOf(page.cursor());
    var found = backend.index().page(listing, after, wanted);
    var taken = 0;
    var last = 0L;
    for (var id : found.ids()) {
      if (taken == page.limit()) {
        return page.next(Long.toString(last));
      }
      last = id;
      var execution = backend.executions().summarize(id);
      if (execution.isPresent() && (filter == null || filter.test(execution.get()))) {
        var status =
            mapRun == null
                ? execution.get().status()
                : Executions.statusWithin(execution.get(), mapRun);
        sink.accept(execution.get(), status);
        taken++;
      }
    }
    return found.hasMore() ? page.next(Long.toString(last)) : null;
  }
}
