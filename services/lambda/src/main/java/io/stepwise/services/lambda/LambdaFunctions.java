package io.stepwise.services.lambda;

import io.stepwise.aws.AwsLocation;
import io.stepwise.aws.FunctionArn;
import io.stepwise.catalog.CatalogTable;
import io.stepwise.catalog.CatalogWriter;
import io.stepwise.functions.FunctionHost;
import io.stepwise.functions.FunctionVersion;
import io.stepwise.services.lambda.LambdaError.ResourceConflictException;
import io.stepwise.services.lambda.LambdaError.ResourceNotFoundException;
import io.stepwise.services.lambda.LambdaFunction.Revision;
import io.stepwise.storage.Storage;
import io.stepwise.storage.Tables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/** What functions there are. Reads take no lock; changes pass the catalog's one writer. */
final class LambdaFunctions {
  /** Its tables. */
  static final Tables.Table TABLE = new Tables.Table('F', "functions by ARN", "lambda", 1);

  /** Calls of a function at a time, where none are reserved for it. Source: quotas of Lambda. */
  private static final int CONCURRENCY = 1_000;

  /** Files that are looked at for changes, of code that is run where it is edited. */
  private static final int FILES_WATCHED_MAX = 10_000;

  private final CatalogTable<LambdaFunction> table;
  private final CatalogWriter writer;
  private final CodeStore code;
  private final FunctionHost host;
  private final LongSupplier nowMillis;

  LambdaFunctions(
      Storage storage,
      CatalogWriter writer,
      CodeStore code,
      FunctionHost host,
      LongSupplier nowMillis) {
    this.table = new CatalogTable<>(storage, TABLE, new FunctionForm());
    this.writer = writer;
    this.code = code;
    this.host = host;
    this.nowMillis = nowMillis;
  }

  /** Where the code is. */
  CodeStore code() {
    return code;
  }

  /** A function, if it is there. */
  Optional<LambdaFunction> find(FunctionArn arn) {
    return Optional.ofNullable(table.get(arn.text()));
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
    return table.range(location.function("").text(), afterArn);
  }

  /** A revision that is made now. */
  Revision revision(Revision of) {
    return new Revision(
        of.settings(), of.code(), nowMillis.getAsLong(), UUID.randomUUID().toString());
  }

  /** Creates a function. */
  LambdaFunction create(LambdaFunction function) {
    return writer.change(
        changes -> {
          if (table.get(function.arn().text()) != null) {
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
          changes.remove(table, get(name));
          return true;
        });
    host.retire(name.arn().text());
  }

  /** A version as it is run. */
  FunctionVersion runnable(LambdaFunction function, Revision revision, String version) {
    Map<String, String> environment = new HashMap<>();
    for (var variable : revision.settings().path("Environment").path("Variables").properties()) {
      environment.put(variable.getKey(), variable.getValue().stringValue());
    }
    var place = code.folder(revision.code());
    var reserved = function.reservedConcurrency();
    return new FunctionVersion(
        function.arn(),
        version,
        revision.revisionId() + (revision.code().folder() == null ? "" : stateOf(place)),
        revision.text("Runtime"),
        revision.text("Handler"),
        revision.whole("Timeout"),
        revision.whole("MemorySize"),
        environment,
        place,
        Optional.empty(),
        reserved == null ? CONCURRENCY : reserved,
        revision.settings().path("LoggingConfig").path("LogFormat").asString("").equals("JSON"));
  }

  /** Changes whenever a file does: the latest change, and how many files there are. */
  private static String stateOf(Path folder) {
    try (var files = Files.walk(folder)) {
      var count = 0L;
      var latest = 0L;
      for (var file : (Iterable<Path>) files.limit(FILES_WATCHED_MAX)::iterator) {
        count++;
        latest = Math.max(latest, Files.getLastModifiedTime(file).toMillis());
      }
      return "/" + count + "/" + latest;
    } catch (IOException | UncheckedIOException e) {
      return "/changing";
    }
  }

  /** All tables of the service. */
  static List<Tables.Table> tables() {
    return List.of(TABLE);
  }
}
