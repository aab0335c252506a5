package io.stepwise.services.lambda;

import io.stepwise.expression.Json;
import io.stepwise.protocol.Call;
import io.stepwise.protocol.Member;
import io.stepwise.protocol.Operation;
import io.stepwise.protocol.Outputs;
import io.stepwise.protocol.RestService.Route;
import io.stepwise.protocol.Shape;
import io.stepwise.services.lambda.LambdaError.InvalidParameterValueException;
import io.stepwise.services.lambda.LambdaError.ResourceConflictException;
import io.stepwise.services.lambda.LambdaError.ResourceNotFoundException;
import io.stepwise.services.lambda.LambdaFunction.Permission;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/** Who may invoke a function: kept and shown; whoever reaches the server may. */
final class PermissionOperations {
  private static final String POLICY = FunctionOperations.FUNCTION + "/policy";

  private final LambdaFunctions functions;

  PermissionOperations(LambdaFunctions functions) {
    this.functions = functions;
  }

  List<Route> routes() {
    var id = Member.text("StatementId", 1, 100).required();
    return List.of(
        Route.of(
            "POST",
            POLICY,
            Operation.blocking(
                "AddPermission",
                Shape.of(
                    FunctionName.MEMBER,
                    FunctionName.QUALIFIER_MEMBER,
                    id,
                    Member.text("Action", 1, 256).required(),
                    Member.text("Principal", 1, 256).required()),
                this::add)),
        Route.of(
            "GET",
            POLICY,
            Operation.of(
                "GetPolicy",
                Shape.of(FunctionName.MEMBER, FunctionName.QUALIFIER_MEMBER),
                this::get)),
        Route.of(
            "DELETE",
            POLICY + "/{StatementId}",
            Operation.blocking(
                "RemovePermission",
                Shape.of(FunctionName.MEMBER, FunctionName.QUALIFIER_MEMBER, id),
                this::remove)));
  }

  private static String qualifier(FunctionName name) {
    return Objects.requireNonNullElse(name.qualifier(), "");
  }

  private void add(Call call) {
    var name = FunctionName.of(call);
    if (LambdaFunction.LATEST.equals(name.qualifier())) {
      throw new InvalidParameterValueException(
              "We currently do not support adding policies for $LATEST.")
          .toException();
    }
    var id = call.text("StatementId");
    var statement = statement(call, name);
    var unused =
        functions.change(
            name,
            function -> {
              if (find(function, name, id)) {
                throw new ResourceConflictException(
                        "The statement id ("
                            + id
                            + ") provided already exists. Please provide a new statement id, or"
                            + " remove the existing statement.")
                    .toException();
              }
              return function.withPermission(new Permission(id, qualifier(name), statement));
            });
    call.reply(201, Outputs.object().put("Statement", Json.print(statement)));
  }

  private static boolean find(LambdaFunction function, FunctionName name, String id) {
    return function.policy().stream()
        .anyMatch(known -> known.id().equals(id) && known.qualifier().equals(qualifier(name)));
  }

  private static ObjectNode statement(Call call, FunctionName name) {
    var statement = Outputs.object();
    statement.put("Sid", call.text("StatementId"));
    statement.put("Effect", "Allow");
    var principal = call.text("Principal");
    if (principal.equals("*")) {
      statement.put("Principal", "*");
    } else if (principal.matches("\\d{12}")) {
      statement
          .putObject("Principal")
          .put("AWS", "arn:" + name.arn().partition() + ":iam::" + principal + ":root");
    } else if (principal.startsWith("arn:")) {
      statement.putObject("Principal").put("AWS", principal);
    } else {
      statement.putObject("Principal").put("Service", principal);
    }
    statement.put("Action", call.text("Action"));
    statement.put("Resource", name.qualifier() == null ? name.arn().text() : name.qualified());
    var conditions = Outputs.object();
    if (call.has("SourceArn")) {
      conditions.putObject("ArnLike").put("AWS:SourceArn", call.text("SourceArn"));
    }
    if (call.has("SourceAccount")) {
      conditions.putObject("StringEquals").put("AWS:SourceAccount", call.text("SourceAccount"));
    }
    if (!conditions.isEmpty()) {
      statement.set("Condition", conditions);
    }
    return statement;
  }

  private void get(Call call) {
    var name = FunctionName.of(call);
    var function = functions.get(name);
    var policy = Outputs.object();
    policy.put("Version", "2012-10-17");
    policy.put("Id", "default");
    var statements = policy.putArray("Statement");
    for (var permission : function.policy()) {
      if (permission.qualifier().equals(qualifier(name))) {
        statements.add(permission.statement());
      }
    }
    if (statements.isEmpty()) {
      throw new ResourceNotFoundException("The resource you requested does not exist.")
          .toException();
    }
    var output = Outputs.object();
    output.put("Policy", Json.print(policy));
    output.put("RevisionId", function.latest().revisionId());
    call.reply(output);
  }

  private void remove(Call call) {
    var name = FunctionName.of(call);
    var id = call.text("StatementId");
    var unused =
        functions.change(
            name,
            function -> {
              if (function.policy().isEmpty()) {
                throw new ResourceNotFoundException(
                        "No policy is associated with the given resource.")
                    .toException();
              }
              if (!find(function, name, id)) {
                throw new ResourceNotFoundException(
                        "Statement " + id + " is not found in resource policy.")
                    .toException();
              }
              return function.withPolicy(
                  function.policy().stream()
                      .filter(
                          known ->
                              !known.id().equals(id) || !known.qualifier().equals(qualifier(name)))
                      .toList());
            });
    call.replyEmpty(204);
  }
}
