package io.stepwise.catalog;

import io.stepwise.asl.model.StateMachineType;
import io.stepwise.aws.StateMachineArn;
import io.stepwise.catalog.Settings.Encryption;
import io.stepwise.catalog.Settings.Logging;
import io.stepwise.expression.Json;
import io.stepwise.storage.Tables;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The tables of the catalog of Step Functions, and how their resources are written. */
final class Forms {
  static final Tables.Table MACHINES = new Tables.Table('M', "state machines by ARN", "catalog", 1);
  static final Tables.Table REVISIONS = new Tables.Table('R', "revisions by id", "catalog", 1);
  static final Tables.Table ACTIVITIES = new Tables.Table('Y', "activities by ARN", "catalog", 1);

  private Forms() {}

  /** A state machine with its versions and aliases. */
  static final class OfStateMachine implements Form<StateMachine> {
    @Override
    public String key(StateMachine machine) {
      return machine.arn().text();
    }

    @Override
    public ObjectNode write(StateMachine machine) {
      var json = Json.nodes().objectNode();
      json.put("arn", machine.arn().text());
      json.put("name", machine.name());
      json.put("type", machine.type().name());
      json.put("created", machine.createdMillis());
      json.put("revision", machine.revision());
      json.put("deleting", machine.deleting());
      json.put("publishedAtCreation", machine.publishedAtCreation());
      json.put("creationDescription", machine.creationDescription());
      json.put("versionLast", machine.versionLast());
      var versions = json.putArray("versions");
      for (var version : machine.versions().values()) {
        versions
            .addObject()
            .put("number", version.number())
            .put("revision", version.revision())
            .put("description", version.description())
            .put("created", version.createdMillis());
      }
      var aliases = json.putArray("aliases");
      for (var alias : machine.aliases().values()) {
        write(aliases.addObject(), alias);
      }
      writeTags(json, machine.tags());
      return json;
    }

    private static void write(ObjectNode json, Alias alias) {
      json.put("name", alias.name());
      json.put("description", alias.description());
      var routes = json.putArray("routes");
      for (var route : alias.routes()) {
        routes.addObject().put("version", route.version()).put("weight", route.weight());
      }
      json.put("created", alias.createdMillis());
      json.put("updated", alias.updatedMillis());
    }

    @Override
    public StateMachine read(JsonNode json) {
      var versions = new TreeMap<Integer, Version>();
      for (var version : json.path("versions")) {
        var number = version.path("number").intValue();
        versions.put(
            number,
            new Version(
                number,
                version.path("revision").longValue(),
                version.path("description").stringValue(),
                version.path("created").longValue()));
      }
      var aliases = new LinkedHashMap<String, Alias>();
      for (var alias : json.path("aliases")) {
        var read = readAlias(alias);
        aliases.put(read.name(), read);
      }
      return new StateMachine(
          StateMachineArn.of(json.path("arn").stringValue()),
          json.path("name").stringValue(),
          StateMachineType.valueOf(json.path("type").stringValue()),
          json.path("created").longValue(),
          json.path("revision").longValue(),
          json.path("deleting").booleanValue(),
          json.path("publishedAtCreation").booleanValue(),
          json.path("creationDescription").stringValue(),
          json.path("versionLast").intValue(),
          versions,
          aliases,
          readTags(json));
    }

    private static Alias readAlias(JsonNode json) {
      var routes = new ArrayList<Alias.Route>();
      for (var route : json.path("routes")) {
        routes.add(
            new Alias.Route(route.path("version").intValue(), route.path("weight").intValue()));
      }
      return new Alias(
          json.path("name").stringValue(),
          text(json, "description"),
          routes,
          json.path("created").longValue(),
          json.path("updated").longValue());
    }
  }

  /** A revision; its id is its key. */
  static ObjectNode write(Revision revision) {
    var json = Json.nodes().objectNode();
    json.put("machineArn", revision.machineArn());
    json.put("name", revision.name());
    json.put("type", revision.type().name());
    json.put("roleArn", revision.roleArn());
    json.put("revisionId", revision.revisionId());
    json.put("definition", revision.definition());
    var logging = revision.settings().logging();
    var logs = json.putObject("logging");
    logs.put("level", logging.level());
    logs.put("includeExecutionData", logging.includeExecutionData());
    var arns = logging.logGroupArns();
    if (arns != null) {
      var groups = logs.putArray("logGroupArns");
      arns.forEach(groups::add);
    }
    json.put("tracing", revision.settings().tracing());
    writeEncryption(json, revision.settings().encryption());
    json.put("created", revision.createdMillis());
    return json;
  }

  static Revision readRevision(long id, JsonNode json) {
    var logs = json.path("logging");
    List<String> groups = logs.has("logGroupArns") ? new ArrayList<>() : null;
    if (groups != null) {
      logs.path("logGroupArns").forEach(group -> groups.add(group.stringValue()));
    }
    var logging =
        new Logging(
            logs.path("level").stringValue(),
            logs.path("includeExecutionData").booleanValue(),
            groups);
    return new Revision(
        id,
        json.path("machineArn").stringValue(),
        json.path("name").stringValue(),
        StateMachineType.valueOf(json.path("type").stringValue()),
        json.path("roleArn").stringValue(),
        json.path("revisionId").stringValue(),
        json.path("definition").stringValue(),
        new Settings(logging, json.path("tracing").booleanValue(), readEncryption(json)),
        json.path("created").longValue());
  }

  /** An activity. */
  static final class OfActivity implements Form<Activity> {
    @Override
    public String key(Activity activity) {
      return activity.arn();
    }

    @Override
    public ObjectNode write(Activity activity) {
      var json = Json.nodes().objectNode();
      json.put("arn", activity.arn());
      json.put("name", activity.name());
      json.put("created", activity.createdMillis());
      writeEncryption(json, activity.encryption());
      writeTags(json, activity.tags());
      return json;
    }

    @Override
    public Activity read(JsonNode json) {
      return new Activity(
          json.path("arn").stringValue(),
          json.path("name").stringValue(),
          json.path("created").longValue(),
          readEncryption(json),
          readTags(json));
    }
  }

  private static void writeEncryption(ObjectNode json, @Nullable Encryption encryption) {
    if (encryption != null) {
      json.putObject("encryption")
          .put("type", encryption.type())
          .put("kmsKeyId", encryption.kmsKeyId())
          .put("kmsDataKeyReusePeriodSeconds", encryption.kmsDataKeyReusePeriodSeconds());
    }
  }

  private static @Nullable Encryption readEncryption(JsonNode json) {
    var encryption = json.get("encryption");
    if (encryption == null) {
      return null;
    }
    var period = encryption.path("kmsDataKeyReusePeriodSeconds");
    return new Encryption(
        encryption.path("type").stringValue(),
        text(encryption, "kmsKeyId"),
        period.isNumber() ? period.intValue() : null);
  }

  private static void writeTags(ObjectNode json, Map<String, String> tags) {
    var written = json.putObject("tags");
    tags.forEach(written::put);
  }

  private static Map<String, String> readTags(JsonNode json) {
    var tags = new LinkedHashMap<String, String>();
    for (var tag : json.path("tags").properties()) {
      tags.put(tag.getKey(), tag.getValue().stringValue());
    }
    return tags;
  }

  private static @Nullable String text(JsonNode json, String name) {
    var value = json.path(name);
    return value.isString() ? value.stringValue() : null;
  }
}
