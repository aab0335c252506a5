package io.stepwise.services.lambda;

import io.stepwise.protocol.Call;
import io.stepwise.protocol.Member;
import io.stepwise.protocol.Operation;
import io.stepwise.protocol.Outputs;
import io.stepwise.protocol.RestService.Route;
import io.stepwise.protocol.Shape;
import io.stepwise.services.lambda.LambdaError.InvalidParameterValueException;
import io.stepwise.services.lambda.LambdaFunction.Revision;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Publishes and lists versions of functions. */
final class VersionOperations {
  private static final String VERSIONS = FunctionOperations.FUNCTION + "/versions";

  private final LambdaFunctions functions;

  VersionOperations(LambdaFunctions functions) {
    this.functions = functions;
  }

  List<Route> routes() {
    return List.of(
        Route.of(
            "POST",
            VERSIONS,
            Operation.blocking(
                "PublishVersion",
                Shape.of(FunctionName.MEMBER, Member.text("Description", 0, 256)),
                this::publish)),
        Route.of(
            "GET",
            VERSIONS,
            Operation.of(
                "ListVersionsByFunction",
                Shape.of(
                    FunctionName.MEMBER,
                    Member.text("Marker", 0, 1024),
                    Member.whole("MaxItems", 1, 10_000)),
                this::list)));
  }

  private void publish(Call call) {
    var name = FunctionName.of(call);
    var latest = functions.get(name).latest();
    var expected = call.optionalText("CodeSha256");
    if (expected != null && !expected.isEmpty() && !expected.equals(latest.code().sha256())) {
      throw new InvalidParameterValueException(
              "CodeSHA256 ("
                  + expected
                  + ") is different from current CodeSHA256 in $LATEST ("
                  + latest.code().sha256()
                  + "). Please try again with the CodeSHA256 in $LATEST.")
          .toException();
    }
    FunctionOperations.checkRevision(latest, call);
    var changed =
        functions.change(
            name, function -> published(functions, function, call.optionalText("Description")));
    call.reply(201, shownLast(changed));
  }

  /** With {@code $LATEST} as a version; the same where nothing has changed since the last. */
  static LambdaFunction published(
      LambdaFunctions functions, LambdaFunction function, @Nullable String description) {
    var latest = function.latest();
    var last = function.versions().get(function.versionLast());
    if (last != null && isSame(last, latest)) {
      return function;
    }
    var settings = latest.settings();
    if (description != null && !description.isEmpty()) {
      settings = settings.deepCopy();
      settings.put("Description", description);
    }
    return function.withVersion(
        function.versionLast() + 1, functions.revision(settings, latest.code()));
  }

  private static boolean isSame(Revision published, Revision latest) {
    var a = published.settings().deepCopy();
    var b = latest.settings().deepCopy();
    a.remove("Description");
    b.remove("Description");
    return a.equals(b) && published.code().equals(latest.code());
  }

  /** The version that was published last. */
  static ObjectNode shownLast(LambdaFunction function) {
    return Configuration.shownVersion(function, function.versionLast());
  }

  private void list(Call call) {
    var function = functions.get(FunctionName.of(call));
    var arn = function.arn().text();
    var output = Outputs.object();
    var versions = output.putArray("Versions");
    versions.add(
        Configuration.shown(function, function.latest(), LambdaFunction.LATEST, arn + ":$LATEST"));
    function
        .versions()
        .keySet()
        .forEach(number -> versions.add(Configuration.shownVersion(function, number)));
    call.reply(output);
  }
}
