package io.stepwise.services.lambda;

import io.stepwise.protocol.Call;
import io.stepwise.protocol.Member;
import io.stepwise.protocol.Operation;
import io.stepwise.protocol.Outputs;
import io.stepwise.protocol.RestService.Route;
import io.stepwise.protocol.Shape;
import io.stepwise.services.lambda.LambdaError.InvalidParameterValueException;
import java.util.LinkedHashMap;
import java.util.List;

/** Settings beside the configuration: tags, concurrency, and what tools look up. */
final class SettingOperations {
  private static final int ACCOUNT_CONCURRENCY = 1_000;
  private static final int UNRESERVED_MIN = 100;
  private static final int TAGS_MAX = 50;

  /** Most calls at a time that can be reserved for a function. Source: quotas of Lambda. */
  static final int RESERVED_MAX = ACCOUNT_CONCURRENCY - UNRESERVED_MIN;

  private final LambdaFunctions functions;

  SettingOperations(LambdaFunctions functions) {
    this.functions = functions;
  }

  List<Route> routes() {
    var tagged = Member.text("FunctionName", 1, 10_000).required();
    var named = Shape.of(FunctionName.MEMBER);
    return List.of(
        Route.of(
            "GET",
            "/2017-03-31/tags/{FunctionName}",
            Operation.of("ListTags", Shape.of(tagged), this::tags)),
        Route.of(
            "POST",
            "/2017-03-31/tags/{FunctionName}",
            Operation.blocking("TagResource", Shape.of(tagged), this::tag)),
        Route.of(
            "DELETE",
            "/2017-03-31/tags/{FunctionName}",
            Operation.blocking(
                "UntagResource", Shape.of(tagged, Member.texts("tagKeys", 1, 128)), this::untag)),
        Route.of(
            "PUT",
            "/2017-10-31/functions/{FunctionName}/concurrency",
            Operation.blocking(
                "PutFunctionConcurrency",
                Shape.of(
                    FunctionName.MEMBER,
                    Member.whole("ReservedConcurrentExecutions", 0, Integer.MAX_VALUE).required()),
                this::reserve)),
        Route.of(
            "DELETE",
            "/2017-10-31/functions/{FunctionName}/concurrency",
            Operation.blocking("DeleteFunctionConcurrency", named, this::unreserve)),
        Route.of(
            "GET",
            "/2019-09-30/functions/{FunctionName}/concurrency",
            Operation.of("GetFunctionConcurrency", named, this::concurrency)),
        Route.of(
            "GET",
            "/2020-06-30/functions/{FunctionName}/code-signing-config",
            Operation.of(
                "GetFunctionCodeSigningConfig",
                named,
                call ->
                    call.reply(Outputs.object().put("FunctionName", existing(call).arn().name())))),
        Route.of(
            "GET",
            "/2021-07-20/functions/{FunctionName}/runtime-management-config",
            Operation.of(
                "GetRuntimeManagementConfig",
                named,
                call ->
                    call.reply(
                        Outputs.object()
                            .put("UpdateRuntimeOn", "Auto")
                            .put("FunctionArn", existing(call).arn().text())))),
        Route.of(
            "GET",
            "/2024-08-31/functions/{FunctionName}/recursion-config",
            Operation.of(
                "GetFunctionRecursionConfig",
                named,
                call -> {
                  var unused = existing(call);
                  call.reply(Outputs.object().put("RecursiveLoop", "Terminate"));
                })),
        Route.of(
            "GET",
            "/2016-08-19/account-settings",
            Operation.blocking("GetAccountSettings", Shape.of(), this::account)));
  }

  private LambdaFunction existing(Call call) {
    return functions.get(FunctionName.of(call));
  }

  private static FunctionName tagged(Call call) {
    var name = FunctionName.of(call);
    if (name.qualifier() != null) {
      throw new InvalidParameterValueException(
              "Tags on function aliases and versions are not supported. Please specify a function"
                  + " ARN.")
          .toException();
    }
    return name;
  }

  private void tags(Call call) {
    var output = Outputs.object();
    var tags = output.putObject("Tags");
    functions.get(tagged(call)).tags().forEach(tags::put);
    call.reply(output);
  }

  private void tag(Call call) {
    var unused =
        functions.change(
            tagged(call),
            function -> {
              var all = new LinkedHashMap<>(function.tags());
              all.putAll(FunctionOperations.tags(call.input()));
              if (all.size() > TAGS_MAX) {
                throw new InvalidParameterValueException(
                        "Tag count exceeds the limit of " + TAGS_MAX)
                    .toException();
              }
              return function.withTags(all);
            });
    call.replyEmpty(204);
  }

  private void untag(Call call) {
    var unused =
        functions.change(
            tagged(call),
            function -> {
              var all = new LinkedHashMap<>(function.tags());
              call.input().path("tagKeys").forEach(key -> all.remove(key.asString("")));
              return function.withTags(all);
            });
    call.replyEmpty(204);
  }

  private void reserve(Call call) {
    var reserved = call.whole("ReservedConcurrentExecutions", 0);
    if (reserved > RESERVED_MAX) {
      throw new InvalidParameterValueException(
              "Specified ReservedConcurrentExecutions for function decreases account's"
                  + " UnreservedConcurrentExecution below its minimum value of ["
                  + UNRESERVED_MIN
                  + "].")
          .toException();
    }
    var unused =
        functions.change(FunctionName.of(call), function -> function.withConcurrency(reserved));
    call.reply(Outputs.object().put("ReservedConcurrentExecutions", reserved));
  }

  private void unreserve(Call call) {
    var unused =
        functions.change(FunctionName.of(call), function -> function.withConcurrency(null));
    call.replyEmpty(204);
  }

  private void concurrency(Call call) {
    var output = Outputs.object();
    var reserved = existing(call).reservedConcurrency();
    if (reserved != null) {
      output.put("ReservedConcurrentExecutions", reserved);
    }
    call.reply(output);
  }

  private void account(Call call) {
    var count = 0L;
    var bytes = 0L;
    for (var function : functions.list(call.identity().location(), "")) {
      count++;
      bytes += function.latest().code().size();
    }
    var output = Outputs.object();
    var limit = output.putObject("AccountLimit");
    limit.put("TotalCodeSize", 80_530_636_800L);
    limit.put("CodeSizeUnzipped", 262_144_000);
    limit.put("CodeSizeZipped", 52_428_800);
    limit.put("ConcurrentExecutions", ACCOUNT_CONCURRENCY);
    limit.put("UnreservedConcurrentExecutions", ACCOUNT_CONCURRENCY);
    var usage = output.putObject("AccountUsage");
    usage.put("TotalCodeSize", bytes);
    usage.put("FunctionCount", count);
    call.reply(output);
  }
}
