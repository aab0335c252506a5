package io.stepwise.services.lambda;

import io.stepwise.protocol.Call;
import io.stepwise.protocol.Member;
import io.stepwise.protocol.Operation;
import io.stepwise.protocol.Outputs;
import io.stepwise.protocol.RestService.Route;
import io.stepwise.protocol.Shape;
import io.stepwise.services.lambda.LambdaError.InvalidParameterValueException;
import io.stepwise.services.lambda.LambdaError.PreconditionFailedException;
import io.stepwise.services.lambda.LambdaFunction.Code;
import io.stepwise.services.lambda.LambdaFunction.Revision;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Creates, shows, changes and deletes functions. */
final class FunctionOperations {
  static final String FUNCTIONS = "/2015-03-31/functions";
  static final String FUNCTION = FUNCTIONS + "/{FunctionName}";
  private static final int PAGE = 50;

  /** Buckets that stand for a folder of this machine: code that is run where it is edited. */
  private static final List<String> LOCAL = List.of("local", "hot-reload");

  private final LambdaFunctions functions;
  private final boolean allowsFolders;

  /**
   * On the functions there are.
   *
   * @param allowsFolders whether callers may name folders of this machine
   */
  FunctionOperations(LambdaFunctions functions, boolean allowsFolders) {
    this.functions = functions;
    this.allowsFolders = allowsFolders;
  }

  List<Route> routes() {
    var configured = new ArrayList<>(List.of(FunctionName.MEMBER));
    configured.addAll(Configuration.MEMBERS);
    var configuration = new Shape(configured);
    var named = Shape.of(FunctionName.MEMBER, FunctionName.QUALIFIER_MEMBER);
    return List.of(
        Route.of(
            "POST", FUNCTIONS, Operation.blocking("CreateFunction", configuration, this::create)),
        Route.of(
            "GET",
            FUNCTIONS,
            Operation.blocking(
                "ListFunctions",
                Shape.of(
                    Member.text("Marker", 0, 1024),
                    Member.whole("MaxItems", 1, 10_000),
                    Member.text("FunctionVersion", 0, 16)),
                this::list)),
        Route.of("GET", FUNCTION, Operation.blocking("GetFunction", named, this::get)),
        Route.of(
            "GET",
            FUNCTION + "/configuration",
            Operation.blocking("GetFunctionConfiguration", named, this::getConfiguration)),
        Route.of(
            "PUT",
            FUNCTION + "/code",
            Operation.blocking(
                "UpdateFunctionCode", Shape.of(FunctionName.MEMBER), this::updateCode)),
        Route.of(
            "PUT",
            FUNCTION + "/configuration",
            Operation.blocking(
                "UpdateFunctionConfiguration", configuration, this::updateConfiguration)),
        Route.of("DELETE", FUNCTION, Operation.blocking("DeleteFunction", named, this::delete)),
        Route.of(
            "GET",
            FUNCTION + "/zip/{CodeName}",
            Operation.blocking("GetFunctionCode", Shape.of(FunctionName.MEMBER), this::zip)));
  }

  private void create(Call call) {
    var name = FunctionName.of(call);
    if (!call.input().path("Code").isObject()) {
      throw new InvalidParameterValueException("Please provide a source for function code.")
          .toException();
    }
    var settings = Configuration.of(name.arn().name(), call.input());
    var code = code(call.input().path("Code"));
    var revision = functions.revision(settings, code);
    var function =
        new LambdaFunction(
            name.arn(), revision, Map.of(), 0, Map.of(), null, tags(call.input()), List.of());
    if (call.flag("Publish", false)) {
      function = function.withVersion(1, functions.revision(settings, code));
    }
    var created = functions.create(function);
    call.reply(
        201,
        created.versions().isEmpty()
            ? shown(created, null)
            : Configuration.shownVersion(created, 1));
  }

  static Map<String, String> tags(JsonNode input) {
    var tags = new LinkedHashMap<String, String>();
    for (var tag : input.path("Tags").properties()) {
      tags.put(tag.getKey(), tag.getValue().asString(""));
    }
    return tags;
  }

  /** The code that a request brings. */
  private Code code(JsonNode source) {
    if (source.path("ImageUri").isString()) {
      throw Configuration.notThere("container images (ImageUri)");
    }
    if (source.path("ZipFile").isString()) {
      try {
        return functions
            .code()
            .put(Base64.getDecoder().decode(source.path("ZipFile").stringValue()));
      } catch (IllegalArgumentException e) {
        throw new InvalidParameterValueException(
                "Could not unzip uploaded file. Please check your file, then try to upload again.")
            .toException();
      }
    }
    if (source.path("S3Bucket").isString()) {
      if (!LOCAL.contains(source.path("S3Bucket").stringValue())) {
        throw Configuration.notThere(
            "code from S3 (S3Bucket other than '"
                + LOCAL.getFirst()
                + "', whose S3Key is a folder of this machine)");
      }
      return inPlace(source.path("S3Key").asString(""));
    }
    throw new InvalidParameterValueException("Please provide a source for function code.")
        .toException();
  }

  private Code inPlace(String key) {
    if (!allowsFolders) {
      throw new InvalidParameterValueException(
              "Code is run from a folder for callers on this machine only; this server listens for"
                  + " others as well.")
          .toException();
    }
    try {
      var folder = Path.of(key);
      if (folder.isAbsolute() && Files.isDirectory(folder)) {
        return CodeStore.inPlace(folder.normalize());
      }
    } catch (InvalidPathException e) {
      // told below
    }
    throw new InvalidParameterValueException(
            "Expected S3Key to be the absolute path of a folder with the code, found '" + key + "'")
        .toException();
  }

  private void list(Call call) {
    var location = call.identity().location();
    var output = Outputs.object();
    var items = output.putArray("Functions");
    var max = Math.min(PAGE, call.whole("MaxItems", PAGE));
    @Nullable String last = null;
    for (var function : functions.list(location, call.text("Marker", ""))) {
      if (items.size() == max) {
        output.put("NextMarker", last);
        break;
      }
      items.add(shown(function, null));
      if (call.text("FunctionVersion", "").equals("ALL")) {
        function
            .versions()
            .keySet()
            .forEach(number -> items.add(Configuration.shownVersion(function, number)));
      }
      last = function.arn().text();
    }
    call.reply(output);
  }

  private static ObjectNode shown(LambdaFunction function, @Nullable String qualifier) {
    return Configuration.shown(
        function,
        function.latest(),
        LambdaFunction.LATEST,
        function.arn().text() + (qualifier == null ? "" : ":" + qualifier));
  }

  /** The configuration of what a name and its qualifier lead to. */
  static ObjectNode configuration(LambdaFunction function, FunctionName name) {
    var qualifier = name.qualifier();
    if (qualifier == null || qualifier.equals(LambdaFunction.LATEST)) {
      return shown(function, qualifier);
    }
    var alias = function.aliases().get(qualifier);
    var version = alias == null ? qualifier : alias.version();
    var revision =
        function.revision(version).orElseThrow(() -> LambdaFunctions.notFound(name.qualified()));
    return Configuration.shown(function, revision, version, name.qualified());
  }

  private void get(Call call) {
    var name = FunctionName.of(call);
    var function = functions.get(name);
    var output = Outputs.object();
    var configuration = configuration(function, name);
    output.set("Configuration", configuration);
    var code = output.putObject("Code");
    code.put("RepositoryType", "S3");
    var revision = function.revision(configuration.path("Version").stringValue()).orElseThrow();
    if (revision.code().folder() == null) {
      code.put(
          "Location",
          "http://"
              + Objects.requireNonNullElse(call.header("Host"), "127.0.0.1")
              + FUNCTIONS
              + "/"
              + function.arn().name()
              + "/zip/"
              + CodeStore.name(revision.code()));
    } else {
      code.put("Location", Path.of(revision.code().folder()).toUri().toString());
    }
    if (!function.tags().isEmpty()) {
      var tags = output.putObject("Tags");
      function.tags().forEach(tags::put);
    }
    var reserved = function.reservedConcurrency();
    if (reserved != null) {
      output.putObject("Concurrency").put("ReservedConcurrentExecutions", reserved);
    }
    call.reply(output);
  }

  private void getConfiguration(Call call) {
    var name = FunctionName.of(call);
    call.reply(configuration(functions.get(name), name));
  }

  private void updateCode(Call call) {
    var name = FunctionName.of(call);
    var input = call.input();
    if (input.path("ImageUri").isString()) {
      throw new InvalidParameterValueException(
              "Please don't provide ImageUri when updating a function with packageType Zip.")
          .toException();
    }
    var before = functions.get(name);
    checkRevision(before.latest(), call);
    var code = code(input);
    if (call.flag("DryRun", false)) {
      call.reply(shown(before, null));
      return;
    }
    var changed =
        functions.change(
            name,
            function -> {
              var latest = functions.revision(function.latest().settings(), code);
              var updated = function.withLatest(latest);
              return call.flag("Publish", false)
                  ? VersionOperations.published(functions, updated, null)
                  : updated;
            });
    call.reply(
        call.flag("Publish", false) ? VersionOperations.shownLast(changed) : shown(changed, null));
  }

  private void updateConfiguration(Call call) {
    var name = FunctionName.of(call);
    checkRevision(functions.get(name).latest(), call);
    var changed =
        functions.change(
            name,
            function ->
                function.withLatest(
                    functions.revision(
                        Configuration.changed(function.latest().settings(), call.input()),
                        function.latest().code())));
    call.reply(shown(changed, null));
  }

  static void checkRevision(Revision revision, Call call) {
    var expected = call.optionalText("RevisionId");
    if (expected != null && !expected.equals(revision.revisionId())) {
      throw new PreconditionFailedException(
              "The Revision Id provided does not match the latest Revision Id. Call the"
                  + " GetFunction/GetAlias API to retrieve the latest Revision Id")
          .toException();
    }
  }

  private void delete(Call call) {
    var name = FunctionName.of(call);
    var qualifier = name.qualifier();
    if (qualifier == null) {
      functions.delete(name);
    } else if (qualifier.equals(LambdaFunction.LATEST)) {
      throw new InvalidParameterValueException(
              "$LATEST version cannot be deleted without deleting the function.")
          .toException();
    } else {
      var unused =
          functions.change(
              name,
              function ->
                  qualifier.matches("\\d{1,9}")
                      ? function.withoutVersion(Integer.parseInt(qualifier))
                      : function);
    }
    call.replyEmpty(204);
  }

  private void zip(Call call) {
    var zip =
        functions
            .code()
            .zip(call.text("CodeName"))
            .orElseThrow(() -> LambdaFunctions.notFound(call.text("FunctionName")));
    call.reply(200, "application/zip", Map.of(), zip);
  }
}
