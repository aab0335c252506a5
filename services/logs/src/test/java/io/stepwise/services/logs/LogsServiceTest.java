package io.stepwise.services.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepwise.edge.Request;
import io.stepwise.edge.Responder;
import io.stepwise.expression.Json;
import io.stepwise.logs.LogStore;
import io.stepwise.protocol.Identity;
import io.stepwise.protocol.JsonService;
import io.stepwise.storage.InMemoryStorage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What clients ask CloudWatch Logs is answered as AWS answers it. */
final class LogsServiceTest {
  private static final long NOW = 1_764_000_000_000L;

  private final JsonService service =
      LogsService.on(
          new LogStore(new InMemoryStorage(), 1 << 24, () -> NOW),
          new Identity("us-east-1", "123456789012"),
          Runnable::run,
          () -> NOW);

  private JsonNode ask(String operation, String input) {
    var answer = new AtomicReference<JsonNode>();
    service.handle(
        Request.of(
            "POST",
            "/",
            Map.of("X-Amz-Target", "Logs_20140328." + operation),
            input.replace('\'', '"').getBytes(StandardCharsets.UTF_8)),
        new Responder() {
          @Override
          public void respond(
              int status, @Nullable String type, Map<String, String> headers, byte[] body) {
            answer.set(Json.parseTrusted(new String(body, StandardCharsets.UTF_8)));
          }

          @Override
          public void onClose(Runnable action) {}
        });
    return Objects.requireNonNull(answer.get());
  }

  private String refusal(String operation, String input) {
    var answer = ask(operation, input);
    return answer.path("__type").asString("") + ": " + answer.path("message").asString("");
  }

  private static List<String> texts(JsonNode list, String member) {
    return list.valueStream().map(each -> each.path(member).asString("")).toList();
  }

  private void put(String stream, long millis, String... messages) {
    var events = Json.nodes().arrayNode();
    for (var i = 0; i < messages.length; i++) {
      events.addObject().put("timestamp", millis + i).put("message", messages[i]);
    }
    var answer =
        ask(
            "PutLogEvents",
            "{'logGroupName':'/app','logStreamName':'"
                + stream
                + "','logEvents':"
                + Json.print(events)
                + "}");
    assertThat(answer.path("nextSequenceToken").asString("")).isNotEmpty();
  }

  @BeforeEach
  void makeAGroupWithAStream() {
    ask("CreateLogGroup", "{'logGroupName':'/app','tags':{'team':'a'}}");
    ask("CreateLogStream", "{'logGroupName':'/app','logStreamName':'s'}");
  }

  @Test
  void groupsAreDescribed() {
    ask("PutRetentionPolicy", "{'logGroupName':'/app','retentionInDays':7}");

    var group = ask("DescribeLogGroups", "{'logGroupNamePrefix':'/a'}").path("logGroups").path(0);

    assertThat(group.path("arn").asString(""))
        .isEqualTo("arn:aws:logs:us-east-1:123456789012:log-group:/app:*");
    assertThat(group.path("retentionInDays").asInt()).isEqualTo(7);
    assertThat(group.path("creationTime").asLong()).isEqualTo(NOW);
    ask("DeleteRetentionPolicy", "{'logGroupName':'/app'}");
    assertThat(ask("DescribeLogGroups", "{}").path("logGroups").path(0).has("retentionInDays"))
        .isFalse();
  }

  @Test
  void listsOfGroupsComeInPages() {
    ask("CreateLogGroup", "{'logGroupName':'/b'}");
    ask("CreateLogGroup", "{'logGroupName':'/c'}");

    var first = ask("DescribeLogGroups", "{'limit':2}");
    var rest =
        ask(
            "DescribeLogGroups",
            "{'limit':2,'nextToken':'" + first.path("nextToken").asString("") + "'}");

    assertThat(texts(first.path("logGroups"), "logGroupName")).containsExactly("/app", "/b");
    assertThat(texts(rest.path("logGroups"), "logGroupName")).containsExactly("/c");
    assertThat(rest.has("nextToken")).isFalse();
  }

  @Test
  void whatIsNotThereOrThereAlreadyIsToldInAwssWords() {
    assertThat(refusal("CreateLogGroup", "{'logGroupName':'/app'}"))
        .isEqualTo("ResourceAlreadyExistsException: The specified log group already exists");
    assertThat(refusal("DeleteLogGroup", "{'logGroupName':'/no'}"))
        .isEqualTo("ResourceNotFoundException: The specified log group does not exist.");
    assertThat(refusal("GetLogEvents", "{'logGroupName':'/app','logStreamName':'no'}"))
        .isEqualTo("ResourceNotFoundException: The specified log stream does not exist.");
    assertThat(refusal("CreateLogGroup", "{'logGroupName':'a b'}"))
        .startsWith("InvalidParameterException: 1 validation error detected: Value 'a b'");
    assertThat(refusal("PutRetentionPolicy", "{'logGroupName':'/app','retentionInDays':8}"))
        .startsWith("InvalidParameterException: 1 validation error detected: Value '8'");
    assertThat(refusal("StartQuery", "{}")).contains("Logs_20140328.StartQuery");
  }

  @Test
  void tokensLeadForwardsAndBackwardsAndStayAtTheEnds() {
    put("s", NOW, "a", "b", "c", "d");
    var get = "{'logGroupName':'/app','logStreamName':'s','limit':2";

    var last = ask("GetLogEvents", get + "}");
    assertThat(texts(last.path("events"), "message")).containsExactly("c", "d");
    var end = last.path("nextForwardToken").asString("");
    var after = ask("GetLogEvents", get + ",'nextToken':'" + end + "'}");
    assertThat(after.path("events")).isEmpty();
    assertThat(after.path("nextForwardToken").asString("")).isEqualTo(end);
    var back = last.path("nextBackwardToken").asString("");
    assertThat(
            texts(
                ask("GetLogEvents", get + ",'nextToken':'" + back + "'}").path("events"),
                "message"))
        .containsExactly("a", "b");

    put("s", NOW + 9, "e");
    var more = ask("GetLogEvents", get + ",'nextToken':'" + end + "'}");
    assertThat(texts(more.path("events"), "message")).containsExactly("e");
  }

  @Test
  void timesBoundWhatIsReadTheEndIncludedInFiltersOnly() {
    put("s", NOW, "a", "b", "c");
    var range = ",'startTime':" + (NOW + 1) + ",'endTime':" + (NOW + 2) + "}";

    var read = ask("GetLogEvents", "{'logGroupName':'/app','logStreamName':'s'" + range);
    var found = ask("FilterLogEvents", "{'logGroupName':'/app'" + range);

    assertThat(texts(read.path("events"), "message")).containsExactly("b");
    assertThat(texts(found.path("events"), "message")).containsExactly("b", "c");
  }

  @Test
  void filtersFindOverAllStreamsOrSome() {
    ask("CreateLogStream", "{'logGroupName':'/app','logStreamName':'t'}");
    put("s", NOW, "ERROR one", "fine");
    put("t", NOW + 1, "ERROR two");

    var all = ask("FilterLogEvents", "{'logGroupName':'/app','filterPattern':'ERROR'}");
    assertThat(texts(all.path("events"), "message")).containsExactly("ERROR one", "ERROR two");
    assertThat(texts(all.path("events"), "logStreamName")).containsExactly("s", "t");
    var some =
        ask(
            "FilterLogEvents",
            "{'logGroupIdentifier':'arn:aws:logs:us-east-1:123456789012:log-group:/app',"
                + "'logStreamNames':['t']}");
    assertThat(texts(some.path("events"), "message")).containsExactly("ERROR two");
    assertThat(refusal("FilterLogEvents", "{'logGroupName':'/app','filterPattern':'a-b'}"))
        .isEqualTo("InvalidParameterException: Invalid character(s) in term 'a-b'");
  }

  @Test
  void eventsThatAreTooOldOrTooNewAreRejected() {
    ask("PutRetentionPolicy", "{'logGroupName':'/app','retentionInDays':3}");
    var day = 86_400_000L;

    assertThat(rejected(NOW - 20 * day)).isEqualTo("{\"expiredLogEventEndIndex\":1}");
    assertThat(rejected(NOW + day)).isEqualTo("{\"tooNewLogEventStartIndex\":0}");
    ask("DeleteRetentionPolicy", "{'logGroupName':'/app'}");
    assertThat(rejected(NOW - 20 * day)).isEqualTo("{\"tooOldLogEventEndIndex\":1}");
    assertThat(rejected(NOW)).isEmpty();
  }

  private String rejected(long millis) {
    var info =
        ask(
                "PutLogEvents",
                "{'logGroupName':'/app','logStreamName':'s','logEvents':[{'timestamp':"
                    + millis
                    + ",'message':'m'}]}")
            .path("rejectedLogEventsInfo");
    return info.isMissingNode() ? "" : Json.print(info);
  }

  @Test
  void batchesOutOfOrderAreRefused() {
    assertThat(
            refusal(
                "PutLogEvents",
                "{'logGroupName':'/app','logStreamName':'s','logEvents':["
                    + "{'timestamp':2,'message':'m'},{'timestamp':1,'message':'m'}]}"))
        .isEqualTo(
            "InvalidParameterException: Log events in a single PutLogEvents request must be in"
                + " chronological order.");
  }

  @Test
  void streamsAreOrderedByNameOrByTheirLastEvent() {
    ask("CreateLogStream", "{'logGroupName':'/app','logStreamName':'a'}");
    put("s", NOW, "x");
    put("a", NOW - 5, "y");

    var byName = ask("DescribeLogStreams", "{'logGroupName':'/app'}");
    var byTime =
        ask(
            "DescribeLogStreams",
            "{'logGroupName':'/app','orderBy':'LastEventTime','descending':true,'limit':1}");

    assertThat(texts(byName.path("logStreams"), "logStreamName")).containsExactly("a", "s");
    assertThat(texts(byTime.path("logStreams"), "logStreamName")).containsExactly("s");
    var next =
        ask(
            "DescribeLogStreams",
            "{'logGroupName':'/app','orderBy':'LastEventTime','descending':true,'nextToken':'"
                + byTime.path("nextToken").asString("")
                + "'}");
    assertThat(texts(next.path("logStreams"), "logStreamName")).containsExactly("a");
    assertThat(
            refusal(
                "DescribeLogStreams",
                "{'logGroupName':'/app','orderBy':'LastEventTime','logStreamNamePrefix':'a'}"))
        .isEqualTo(
            "InvalidParameterException: Cannot order by LastEventTime with a logStreamNamePrefix.");
  }

  @Test
  void tagsAreReadByArnAndByName() {
    ask(
        "TagResource",
        "{'resourceArn':'arn:aws:logs:us-east-1:123456789012:log-group:/app','tags':{'k':'v'}}");
    ask("UntagLogGroup", "{'logGroupName':'/app','tags':['team']}");

    assertThat(Json.print(ask("ListTagsLogGroup", "{'logGroupName':'/app'}")))
        .isEqualTo("{\"tags\":{\"k\":\"v\"}}");
  }
}
