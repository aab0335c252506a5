package io.stepwise.storage.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepwise.asl.model.StateMachineType;
import io.stepwise.scenario.ExecutionImage;
import io.stepwise.scenario.Scenario;
import io.stepwise.scenario.TestDirectory;
import io.stepwise.storage.InMemoryStorage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * A store of a released version, with an execution in the middle of everything, still opens. The
 * files are never edited; a new version of the format gets new ones.
 */
class GoldenStoreTest {
  private static final String DEFINITION =
      """
      {"StartAt":"V","States":{
       "V":{"Type":"Pass","Assign":{"long.$":"States.Format('{}{}', $.text, $.text)","n":1},
        "Next":"P"},
       "P":{"Type":"Parallel","End":true,"Branches":[
        {"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":1000,"End":true}}},
        {"StartAt":"T","States":{"T":{"Type":"Task","TimeoutSeconds":900,"HeartbeatSeconds":800,
         "Resource":"arn:aws:states:::sqs:sendMessage.waitForTaskToken",
         "Parameters":{"t.$":"$$.Task.Token"},"Retry":[{"ErrorEquals":["E"]}],"End":true}}},
        {"StartAt":"M","States":{"M":{"Type":"Map","ItemsPath":"$.items","MaxConcurrency":2,
         "ItemProcessor":{"StartAt":"I","States":{"I":{"Type":"Task",
          "Resource":"arn:aws:states:::sqs:sendMessage","End":true}}},"End":true}}},
        {"StartAt":"D","States":{"D":{"Type":"Map","ItemsPath":"$.items","Label":"L",
         "ToleratedFailurePercentage":50,"ItemProcessor":{"ProcessorConfig":{
          "Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},"StartAt":"K","States":{"K":{
          "Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage","End":true}}},
         "End":true}}},
        {"StartAt":"Q","States":{"Q":{"Type":"Pass","End":true}}}]}}}""";

  /** An execution with something of every kind under way. */
  static Scenario busy() {
    var scenario =
        Scenario.of(DEFINITION)
            .start(
                "{\"text\":\""
                    + "z".repeat(60)
                    + "\",\"items\":[\"a\",\"b\",\""
                    + "c".repeat(60)
                    + "\"]}");
    scenario.fail("T", "E", null).skip();
    scenario.succeed("I", "\"done\"").succeed("K", "\"" + "k".repeat(80) + "\"");
    return scenario.succeed("T", "{\"sent\":true}");
  }

  @Test
  void storeOfVersion3Opens() throws IOException {
    assertThat(image(read("store-3.txt"))).isEqualTo(read("store-3-image.txt"));
  }

  /** Writes the files of a new version: run with {@code -Dstepwise.regenerate=true}. */
  @Test
  @EnabledIfSystemProperty(named = "stepwise.regenerate", matches = "true")
  void writesTheStoreOfANewVersion() throws IOException {
    var rows = new StringBuilder();
    var hex = HexFormat.of();
    busy()
        .storage()
        .rows()
        .forEach(
            (key, value) ->
                rows.append(hex.formatHex(key))
                    .append('=')
                    .append(hex.formatHex(value))
                    .append('\n'));
    var folder = Path.of("src/test/resources/io/stepwise/storage/execution");
    Files.writeString(folder.resolve("store-3.txt"), rows.toString());
    Files.writeString(folder.resolve("store-3-image.txt"), image(rows.toString()));
  }

  /** All executions of a store, given its rows as text, as they are read. */
  private static String image(String rows) {
    var storage = new InMemoryStorage();
    var batch = storage.newBatch();
    for (var line : rows.lines().toList()) {
      var row = line.split("=", -1);
      batch.put(HexFormat.of().parseHex(row[0]), HexFormat.of().parseHex(row[1]));
    }
    storage.commit(batch);
    var directory = new TestDirectory();
    directory.register("machine", DEFINITION, StateMachineType.STANDARD);
    var store = new ExecutionReader(storage, directory::revision);

    var image = new StringBuilder();
    new ExecutionIndex(storage, store)
        .all(
            id -> {
              image.append(ExecutionImage.of(store.load(id).orElseThrow()));
              store.history(
                  id,
                  1,
                  false,
                  event -> {
                    image.append(event).append('\n');
                    return true;
                  });
            });

    return image.toString();
  }

  private static String read(String file) throws IOException {
    try (var in = GoldenStoreTest.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("Expected the golden file " + file);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
