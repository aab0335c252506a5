package io.stepwise.services.lambda;

import io.stepwise.aws.Arn;
import io.stepwise.aws.FunctionArn;
import io.stepwise.catalog.Form;
import io.stepwise.expression.Json;
import io.stepwise.services.lambda.LambdaFunction.Alias;
import io.stepwise.services.lambda.LambdaFunction.Code;
import io.stepwise.services.lambda.LambdaFunction.Permission;
import io.stepwise.services.lambda.LambdaFunction.Revision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How functions are written. */
final class FunctionForm implements Form<LambdaFunction> {
  @Override
  public String key(LambdaFunction function) {
    return function.arn().text();
  }

  @Override
  public ObjectNode write(LambdaFunction function) {
    var json = Json.nodes().objectNode();
    json.put("arn", function.arn().text());
    json.set("latest", write(function.latest()));
    json.put("versionLast", function.versionLast());
    var versions = json.putObject("versions");
    function
        .versions()
        .forEach((number, revision) -> versions.set(Integer.toString(number), write(revision)));
    var aliases = json.putArray("aliases");
    for (var alias : function.aliases().values()) {
      var one = aliases.addObject();
      one.put("name", alias.name());
      one.put("version", alias.version());
      one.put("description", alias.description());
      var weights = one.putObject("weights");
      alias.weights().forEach(weights::put);
      one.put("revisionId", alias.revisionId());
    }
    if (function.reservedConcurrency() != null) {
      json.put("reservedConcurrency", function.reservedConcurrency());
    }
    var tags = json.putObject("tags");
    function.tags().forEach(tags::put);
    var policy = json.putArray("policy");
    for (var permission : function.policy()) {
      var one = policy.addObject();
      one.put("id", permission.id());
      one.put("qualifier", permission.qualifier());
      one.set("statement", permission.statement());
    }
    return json;
  }

  private static ObjectNode write(Revision revision) {
    var json = Json.nodes().objectNode();
    json.set("settings", revision.settings());
    json.put("sha256", revision.code().sha256());
    json.put("size", revision.code().size());
    if (revision.code().folder() != null) {
      json.put("folder", revision.code().folder());
    }
    json.put("modified", revision.modified());
    json.put("revisionId", revision.revisionId());
    return json;
  }

  @Override
  public LambdaFunction read(JsonNode json) {
    var arn = json.path("arn").stringValue();
    if (!(Arn.parse(arn).orElse(null) instanceof FunctionArn functionArn)) {
      throw new IllegalStateException("Expected the ARN of a function, found " + arn);
    }
    var versions = new TreeMap<Integer, Revision>();
    for (var version : json.path("versions").properties()) {
      versions.put(Integer.parseInt(version.getKey()), revision(version.getValue()));
    }
    var aliases = new LinkedHashMap<String, Alias>();
    for (var alias : json.path("aliases")) {
      var weights = new LinkedHashMap<String, Double>();
      for (var weight : alias.path("weights").properties()) {
        weights.put(weight.getKey(), weight.getValue().doubleValue());
      }
      var name = alias.path("name").stringValue();
      aliases.put(
          name,
          new Alias(
              name,
              alias.path("version").stringValue(),
              alias.path("description").stringValue(),
              weights,
              alias.path("revisionId").stringValue()));
    }
    var policy = new ArrayList<Permission>();
    for (var permission : json.path("policy")) {
      policy.add(
          new Permission(
              permission.path("id").stringValue(),
              permission.path("qualifier").stringValue(),
              permission.path("statement")));
    }
    var reserved = json.get("reservedConcurrency");
    return new LambdaFunction(
        functionArn,
        revision(json.path("latest")),
        versions,
        json.path("versionLast").intValue(),
        aliases,
        reserved == null ? null : reserved.intValue(),
        texts(json.path("tags")),
        policy);
  }

  private static Map<String, String> texts(JsonNode json) {
    var texts = new LinkedHashMap<String, String>();
    for (var text : json.properties()) {
      texts.put(text.getKey(), text.getValue().stringValue());
    }
    return texts;
  }

  private static Revision revision(JsonNode json) {
    var folder = json.get("folder");
    return new Revision(
        (ObjectNode) json.path("settings"),
        new Code(
            json.path("sha256").stringValue(),
            json.path("size").longValue(),
            folder == null ? null : folder.stringValue()),
        json.path("modified").longValue(),
        json.path("revisionId").stringValue());
  }
}
