package io.stepwise.services.lambda;

import io.stepwise.aws.Arn;
import io.stepwise.aws.AwsLocation;
import io.stepwise.aws.FunctionArn;
import io.stepwise.catalog.CatalogTable;
import io.stepwise.catalog.CatalogWriter;
import io.stepwise.functions.FunctionHost;
import io.stepwise.functions.FunctionVersion;
import io.stepwise.services.lambda.LambdaError.ResourceConflictException;
import io.stepwise.services.lambda.LambdaError.ResourceNotFoundException;
import io.stepwise.services.lambda.LambdaFunction.Code;
import io.stepwise.services.lambda.LambdaFunction.Revision;
import io.stepwise.storage.Storage;
import io.stepwise.storage.Tables;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/** What functions there are. Reads take no lock; changes pass the catalog's one writer. */
final class LambdaFunctions {
  /** Its tables. */
  static final Tables.Table TABLE = new Tables.Table('F', "functions by ARN", "lambda", 1);

  /** Calls of a function at a time, where none are reserved for it. Source: quotas of Lambda. */
  private static final int CONCURRENCY = 1_000;

  private static final Tables.Table CONFIGS =
      new Tables.Table('C', "settings of asynchronous calls by qualified ARN", "lambda", 1);

  private final CatalogTable<LambdaFunction> table;
  private final CatalogTable<EventInvokeConfig> configs;
  private final CatalogWriter writer;
  private final CodeStore code;
  private final FunctionHost host;
  private final FunctionFolders folders;
  private final LongSupplier nowMillis;

  /** Code that is run where it is edited, as its last call found it. */
  private final Map<String, String> lastStates = new ConcurrentHashMap<>();

  LambdaFunctions(
      Storage storage,
      CatalogWriter writer,
      CodeStore code,
      FunctionHost host,
      FunctionFolders folders,
      LongSupplier nowMillis) {
    this.table = new CatalogTable<>(storage, TABLE, new FunctionForm());
    this.configs = new CatalogTable<>(storage, CONFIGS, new EventInvokeConfig.OfRows());
    this.writer = writer;
    this.code = code;
    this.host = host;
    this.folders = folders;
    this.nowMillis = nowMillis;
  }

  /** Where the code is. */
  CodeStore code() {
    return code;
  }

  /** A function, if it is there. */
  Optional<LambdaFunction> find(FunctionArn arn) {
    return folders.find(arn).or(() -> Optional.ofNullable(table.get(arn.text())));
  }

  /** Whether to find and to run it reads files, for which threads of others must not wait. */
  boolean isReadFromFiles(FunctionArn arn) {
    var kept = table.get(arn.text());
    return folders.isThere() || (kept != null && kept.latest().code().folder() != null);
  }

  /** What is a folder is changed there: a change that its next call undid would be none. */
  private void refuseIfFolder(FunctionArn arn) {
    folders
        .folder(arn)
        .ifPresent(
            folder -> {
              throw new ResourceConflictException(
                      "The function "
                          + arn.name()
                          + " is what is in "
                          + folder
                          + ": change it there.")
                  .toException();
            });
  }

  /** A function that must be there. */
  LambdaFunction get(FunctionName name) {
    return find(name.arn())
        .orElseThrow(
            () -> notFound(name.qualifier() == null ? name.arn().text() : name.qualified()));
  }

  /** The refusal of a function, or a version of one, that is not there. */
  static RuntimeException notFound(String arn) {
    return new ResourceNotFoundException("Function not found: " + arn).toException();
  }

  /** Functions of a place by name, those after a name. */
  Iterable<LambdaFunction> list(AwsLocation location, String afterArn) {
    var kept = table.range(location.function("").text(), afterArn);
    if (!folders.isThere()) {
      return kept;
    }
    var all = new TreeMap<String, LambdaFunction>();
    kept.forEach(function -> all.put(function.arn().text(), function));
    folders.list(location).forEach(function -> all.put(function.arn().text(), function));
    return all.tailMap(afterArn, false).values();
  }

  /** A revision that is made now. */
  Revision revision(ObjectNode settings, Code of) {
    return new Revision(settings, of, nowMillis.getAsLong(), UUID.randomUUID().toString());
  }

  /** Creates a function. */
  LambdaFunction create(LambdaFunction function) {
    return writer.change(
        changes -> {
          if (find(function.arn()).isPresent()) {
            throw new ResourceConflictException("Function already exist: " + function.arn().name())
                .toException();
          }
          changes.set(table, null, function);
          return function;
        });
  }

  /** Changes a function; calls under way end with what they began with. */
  LambdaFunction change(FunctionName name, UnaryOperator<LambdaFunction> change) {
    return writer.change(
        changes -> {
          refuseIfFolder(name.arn());
          var before = get(name);
          var after = change.apply(before);
          changes.set(table, before, after);
          if (!isRunAlike(before, after)) {
            host.retire(name.arn().text());
          }
          return after;
        });
  }

  /** Whether processes of the one may answer calls of the other. */
  private static boolean isRunAlike(LambdaFunction before, LambdaFunction after) {
    return before.latest().revisionId().equals(after.latest().revisionId())
        && Objects.equals(before.reservedConcurrency(), after.reservedConcurrency());
  }

  /** Deletes a function. */
  void delete(FunctionName name) {
    writer.change(
        changes -> {
          refuseIfFolder(name.arn());
          changes.remove(table, get(name));
          configs
              .range(name.arn().text() + ":", "")
              .forEach(config -> changes.remove(configs, config));
          return true;
        });
    host.retire(name.arn().text());
  }

  // ── Asynchronous calls ─────────────────────────────────────────────────────────────────────

  /** What is set for a function with a qualifier, by its ARN. */
  Optional<EventInvokeConfig> eventConfig(String qualifiedArn) {
    return Optional.ofNullable(configs.get(qualifiedArn));
  }

  /** What holds for a call of a function by that ARN, with a qualifier or without. */
  EventInvokeConfig eventConfigFor(String arn) {
    var qualified =
        Arn.parse(arn).orElse(null) instanceof FunctionArn named && named.qualifier() == null
            ? arn + ":" + LambdaFunction.LATEST
            : arn;
    return eventConfig(qualified).orElseGet(() -> EventInvokeConfig.defaults(qualified));
  }

  /** What is set for a function's qualifiers, those after an ARN. */
  Iterable<EventInvokeConfig> eventConfigs(FunctionArn arn, String afterArn) {
    return configs.range(arn.text() + ":", afterArn);
  }

  /** Sets what holds for asynchronous calls. */
  void setEventConfig(EventInvokeConfig config) {
    writer.change(
        changes -> {
          changes.set(configs, configs.get(config.arn()), config);
          return config;
        });
  }

  /** Has AWS's defaults hold again; whether others held. */
  boolean removeEventConfig(String qualifiedArn) {
    return writer.change(
        changes -> {
          var known = configs.get(qualifiedArn);
          if (known != null) {
            changes.remove(configs, known);
          }
          return known != null;
        });
  }

  /** A version as it is run. */
  FunctionVersion runnable(LambdaFunction function, Revision revision, String version) {
    Map<String, String> environment = new HashMap<>();
    for (var variable : revision.settings().path("Environment").path("Variables").properties()) {
      environment.put(variable.getKey(), variable.getValue().stringValue());
    }
    if (revision.code().folder() != null) {
      // What Python compiles is known to it by the second and the size of its source: what is saved
      // twice in a second would be run as it was. And the folder is its owner's, not ours.
      environment.putIfAbsent("PYTHONDONTWRITEBYTECODE", "1");
    }
    var place = code.folder(revision.code());
    var reserved = function.reservedConcurrency();
    return new FunctionVersion(
        function.arn(),
        version,
        revision.code().folder() == null
            ? revision.revisionId()
            : edited(function.arn(), version, revision.revisionId() + FileState.of(place)),
        revision.text("Runtime"),
        revision.text("Handler"),
        revision.whole("Timeout"),
        revision.whole("MemorySize"),
        environment,
        place,
        Optional.empty(),
        reserved == null ? CONCURRENCY : reserved,
        revision.settings().path("LoggingConfig").path("LogFormat").asString("").equals("JSON"),
        revision
            .settings()
            .path("LoggingConfig")
            .path("LogGroup")
            .asString(FunctionVersion.defaultLogGroup(function.arn().name())));
  }

  /** Has processes end that run what has been changed since; no call would use them again. */
  private String edited(FunctionArn arn, String version, String state) {
    var before = lastStates.put(arn.text() + ":" + version, state);
    if (before != null && !before.equals(state)) {
      host.retire(arn.text());
    }
    return state;
  }

  /** All tables of the service. */
  static List<Tables.Table> tables() {
    return List.of(TABLE, CONFIGS, EventQueue.TABLE);
  }
}
