package io.stepwise.services.logs;

import io.stepwise.logs.LogGroup;
import io.stepwise.logs.LogStore;
import io.stepwise.protocol.Call;
import io.stepwise.protocol.CommonError.SerializationException;
import io.stepwise.protocol.Member;
import io.stepwise.protocol.Operation;
import io.stepwise.protocol.Outputs;
import io.stepwise.protocol.Shape;
import io.stepwise.services.logs.LogsError.InvalidParameterException;
import io.stepwise.services.logs.LogsError.ResourceNotFoundException;
import io.stepwise.services.logs.LogsError.TooManyTagsException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tags of groups, by ARN and, as it was once, by name. */
final class TagOperations {
  private static final int TAGS_MAX = 50;
  private static final int KEY_MAX = 128;
  private static final int VALUE_MAX = 256;

  private final LogStore store;

  TagOperations(LogStore store) {
    this.store = store;
  }

  List<Operation> all() {
    var arn = Member.text("resourceArn", 1, 1011).matching("[\\w+=/:,.@-]*").required();
    var name = Named.GROUP.required();
    return List.of(
        Operation.blocking("TagResource", Shape.of(arn), this::tag),
        Operation.blocking(
            "UntagResource",
            Shape.of(arn, Member.texts("tagKeys", 1, KEY_MAX).required()),
            this::untag),
        Operation.blocking("ListTagsForResource", Shape.of(arn), this::list),
        Operation.blocking("TagLogGroup", Shape.of(name), this::tag),
        Operation.blocking(
            "UntagLogGroup",
            Shape.of(name, Member.texts("tags", 1, KEY_MAX).required()),
            this::untag),
        Operation.blocking("ListTagsLogGroup", Shape.of(name), this::list));
  }

  private static String arn(Call call) {
    var arn = call.optionalText("resourceArn");
    return arn == null ? Named.arn(call, call.text("logGroupName")) : Named.withoutEverything(arn);
  }

  private void tag(Call call) {
    if (!call.has("tags")) {
      throw new InvalidParameterException(
              "1 validation error detected: Value null at 'tags' failed to satisfy constraint:"
                  + " Member must not be null")
          .toException();
    }
    if (!store.changeGroup(arn(call), group -> group.withTags(tags(call, group.tags())))) {
      throw ResourceNotFoundException.ofGroup();
    }
    call.done();
  }

  private void untag(Call call) {
    var keys = call.has("tagKeys") ? "tagKeys" : "tags";
    var changed =
        store.changeGroup(
            arn(call),
            group -> {
              var left = new LinkedHashMap<>(group.tags());
              call.input().path(keys).forEach(key -> left.remove(key.asString("")));
              return group.withTags(left);
            });
    if (!changed) {
      throw ResourceNotFoundException.ofGroup();
    }
    call.done();
  }

  private void list(Call call) {
    var tags =
        store.group(arn(call)).map(LogGroup::tags).orElseThrow(ResourceNotFoundException::ofGroup);
    var output = Outputs.object();
    var shown = output.putObject("tags");
    tags.forEach(shown::put);
    call.reply(output);
  }

  /** The tags that a call adds, on top of those there are. */
  static Map<String, String> tags(Call call, Map<String, String> before) {
    var tags = new LinkedHashMap<>(before);
    var given = call.input().path("tags");
    if (!given.isMissingNode() && !given.isObject()) {
      throw new SerializationException("Expected tags to be a map").toException();
    }
    given
        .properties()
        .forEach(
            tag -> {
              if (!tag.getValue().isString()) {
                throw new SerializationException("Expected the value of a tag to be a String")
                    .toException();
              }
              var value = tag.getValue().stringValue();
              if (tag.getKey().isEmpty()
                  || tag.getKey().length() > KEY_MAX
                  || value.length() > VALUE_MAX) {
                throw new InvalidParameterException(
                        "Tag keys must have 1 to 128 characters, values 256 at most.")
                    .toException();
              }
              tags.put(tag.getKey(), value);
            });
    if (tags.size() > TAGS_MAX) {
      throw new TooManyTagsException("A log group can have at most " + TAGS_MAX + " tags.")
          .toException();
    }
    return tags;
  }
}
