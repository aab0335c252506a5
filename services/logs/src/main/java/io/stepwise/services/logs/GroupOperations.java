package io.stepwise.services.logs;

import io.stepwise.logs.LogGroup;
import io.stepwise.logs.LogStore;
import io.stepwise.protocol.Call;
import io.stepwise.protocol.Member;
import io.stepwise.protocol.Operation;
import io.stepwise.protocol.Outputs;
import io.stepwise.protocol.Shape;
import io.stepwise.services.logs.LogsError.InvalidParameterException;
import io.stepwise.services.logs.LogsError.ResourceAlreadyExistsException;
import io.stepwise.services.logs.LogsError.ResourceNotFoundException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** Groups and how long they keep their events. */
final class GroupOperations {
  private static final int PAGE = 50;
  private static final Set<Integer> RETENTIONS =
      Set.of(
          1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557,
          2922, 3288, 3653);

  private final LogStore store;

  GroupOperations(LogStore store) {
    this.store = store;
  }

  List<Operation> all() {
    var kind = Member.oneOf("logGroupClass", "STANDARD", "INFREQUENT_ACCESS", "DELIVERY");
    return List.of(
        Operation.blocking(
            "CreateLogGroup",
            Shape.of(
                Named.GROUP.required(),
                Member.text("kmsKeyId", 0, 256),
                kind,
                Member.flag("deletionProtectionEnabled")),
            this::create),
        Operation.blocking("DeleteLogGroup", Shape.of(Named.GROUP.required()), this::delete),
        Operation.blocking(
            "DescribeLogGroups",
            Shape.of(
                Named.prefix("logGroupNamePrefix"),
                Member.text("logGroupNamePattern", 0, 512).matching("[\\.\\-_/#A-Za-z0-9]*"),
                Named.TOKEN,
                Member.whole("limit", 1, PAGE),
                Member.flag("includeLinkedAccounts"),
                Member.texts("accountIdentifiers", 12, 12).within(0, 20),
                kind,
                Member.texts("logGroupIdentifiers", 1, 2048).within(1, 50)),
            this::describe),
        Operation.blocking(
            "PutRetentionPolicy",
            Shape.of(
                Named.GROUP.required(),
                Member.whole("retentionInDays", 0, Integer.MAX_VALUE).required()),
            this::retain),
        Operation.blocking(
            "DeleteRetentionPolicy", Shape.of(Named.GROUP.required()), this::retainForever));
  }

  private void create(Call call) {
    if (call.flag("deletionProtectionEnabled", false)) {
      throw new InvalidParameterException(
              "Stepwise does not support deletionProtectionEnabled yet.")
          .toException();
    }
    var made =
        store.createGroup(
            Named.arn(call, call.text("logGroupName")),
            call.text("logGroupClass", "STANDARD"),
            call.optionalText("kmsKeyId"),
            TagOperations.tags(call, Map.of()));
    if (!made) {
      throw new ResourceAlreadyExistsException("The specified log group already exists")
          .toException();
    }
    call.done();
  }

  private void delete(Call call) {
    if (!store.deleteGroup(Named.arn(call, call.text("logGroupName")))) {
      throw ResourceNotFoundException.ofGroup();
    }
    call.done();
  }

  private void describe(Call call) {
    var prefix = call.text("logGroupNamePrefix", "");
    var pattern = call.text("logGroupNamePattern", "").toLowerCase(Locale.ROOT);
    if (!prefix.isEmpty() && !pattern.isEmpty()) {
      throw new InvalidParameterException(
              "LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.")
          .toException();
    }
    var named =
        call.input()
            .path("logGroupIdentifiers")
            .valueStream()
            .map(each -> each.asString(""))
            .map(each -> each.startsWith("arn:") ? each : Named.arn(call, each))
            .map(Named::withoutEverything)
            .collect(Collectors.toSet());
    var limit = call.whole("limit", PAGE);
    var output = Outputs.object();
    var groups = output.putArray("logGroups");
    var cursor = Named.cursor(call);
    var last = "";
    for (var group : store.groups(Named.arn(call, prefix), cursor)) {
      var isAskedFor =
          group.name().toLowerCase(Locale.ROOT).contains(pattern)
              && group.kind().equals(call.text("logGroupClass", group.kind()))
              && (named.isEmpty() || named.contains(group.arn()));
      if (!isAskedFor) {
        continue;
      }
      if (groups.size() == limit) {
        output.put("nextToken", Named.token(last));
        break;
      }
      show(group, groups.addObject());
      last = group.arn();
    }
    call.reply(output);
  }

  private static void show(LogGroup group, ObjectNode shown) {
    shown.put("logGroupName", group.name());
    shown.put("creationTime", group.createdMillis());
    if (group.retentionDays() != null) {
      shown.put("retentionInDays", group.retentionDays());
    }
    shown.put("metricFilterCount", 0);
    shown.put("arn", group.arn() + ":*");
    shown.put("storedBytes", group.bytes());
    Outputs.put(shown, "kmsKeyId", group.kmsKeyId());
    shown.put("logGroupClass", group.kind());
    shown.put("logGroupArn", group.arn());
    shown.put("deletionProtectionEnabled", false);
  }

  private void retain(Call call) {
    var days = call.whole("retentionInDays", 0);
    if (!RETENTIONS.contains(days)) {
      throw new InvalidParameterException(
              "1 validation error detected: Value '"
                  + days
                  + "' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum"
                  + " value set: "
                  + new TreeSet<>(RETENTIONS))
          .toException();
    }
    change(call, group -> group.withRetention(days));
  }

  private void retainForever(Call call) {
    change(call, group -> group.withRetention(null));
  }

  private void change(Call call, UnaryOperator<LogGroup> how) {
    if (!store.changeGroup(Named.arn(call, call.text("logGroupName")), how)) {
      throw ResourceNotFoundException.ofGroup();
    }
    call.done();
  }
}
