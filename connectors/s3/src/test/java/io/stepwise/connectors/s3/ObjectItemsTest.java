package io.stepwise.connectors.s3;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.stepwise.aws.AwsLocation;
import io.stepwise.expression.Json;
import io.stepwise.expression.Payload;
import io.stepwise.integration.ItemSource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Items as AWS's ItemReader reads them, whatever the size of pages and chunks. */
class ObjectItemsTest {
  private static final AwsLocation HERE = AwsLocation.of("us-east-1", "123456789012");

  /** One object that gives a few bytes at a time. */
  private record OneObject(byte[] content) implements ObjectStore {
    private static final int CHUNK = 5;

    @Override
    public Part read(ObjectName name, String etag, long from, int length) {
      var end = (int) Math.min(content.length, from + Math.min(length, CHUNK));
      return new Part(
          Arrays.copyOfRange(content, (int) Math.min(from, content.length), end),
          content.length,
          "\"1\"");
    }

    @Override
    public Listing list(String bucket, String prefix, Optional<String> from, int max) {
      return new Listing(
          List.of(new Listed(prefix + from.orElse("a"), "\"e\"", 1.5, 3, "STANDARD")),
          from.isPresent() ? Optional.empty() : Optional.of("b"));
    }
  }

  private static String items(String content, String config) {
    var whole = read(content, config, 1_000);
    assertThat(read(content, config, 1)).as("in pages of one").isEqualTo(whole);
    assertThat(read(content, config, 2)).as("in pages of two").isEqualTo(whole);
    return whole;
  }

  /** All items in pages of at most so many, or why they can't be read. */
  private static String read(String content, String config, int itemsMax) {
    return read(content, "getObject", config, itemsMax);
  }

  private static String read(String content, String action, String config, int itemsMax) {
    var source =
        new ObjectItems(
            here -> new OneObject(content.getBytes(StandardCharsets.UTF_8)), Runnable::run);
    var reader =
        Payload.ofTrustedText(
            "{\"Resource\":\"arn:aws:states:::s3:"
                + action
                + "\",\"Arguments\":{\"Bucket\":\"b\",\"Key\":\"k\",\"Prefix\":\"p/\"},"
                + "\"ReaderConfig\":{"
                + config
                + "}}");
    List<JsonNode> items = new ArrayList<>();
    var position = "";
    while (true) {
      var answer = source.read(new ItemSource.Request(reader, position, itemsMax, HERE)).join();
      if (answer instanceof ItemSource.Answer.Failed(var cause)) {
        return cause;
      }
      var page = (ItemSource.Answer.Page) answer;
      page.items().tree().forEach(items::add);
      assertThat(page.items().tree().size()).isLessThanOrEqualTo(itemsMax);
      if (page.next() == null) {
        return Json.print(Json.nodes().arrayNode().addAll(items));
      }
      position = requireNonNull(page.next());
    }
  }

  private static final String JSON = "\"InputType\":\"JSON\"";
  private static final String CSV = "\"InputType\":\"CSV\",\"CSVHeaderLocation\":\"FIRST_ROW\"";

  @Test
  void elementsOfAnArrayAreItems() {
    assertThat(items(" [1, \"a,]\\\"\", {\"b\":[2,{}]} ,null,1.5e0 ] ", JSON))
        .isEqualTo("[1,\"a,]\\\"\",{\"b\":[2,{}]},null,1.5]");
    assertThat(items("\ufeff[]", JSON)).isEqualTo("[]");
  }

  @Test
  void propertiesOfAnObjectAreItemsWithKeys() {
    assertThat(items("{\"a\":1,\"b\\u0063\":{\"x\":2}}", JSON))
        .isEqualTo("[{\"Key\":\"a\",\"Value\":1},{\"Key\":\"bc\",\"Value\":{\"x\":2}}]");
    assertThat(items("{}", JSON)).isEqualTo("[]");
  }

  @Test
  void pointerLeadsToTheItems() {
    var content = "{\"z\":{\"b\":[9]},\"a/b\":[0,{\"~\":[1,2]},3]}";

    assertThat(items(content, JSON + ",\"ItemsPointer\":\"/a~1b/1/~0\"")).isEqualTo("[1,2]");
    assertThat(items(content, JSON + ",\"ItemsPointer\":\"/z/c\""))
        .isEqualTo("ItemsPointer '/z/c' leads to nothing in the file.");
    assertThat(items(content, JSON + ",\"ItemsPointer\":\"/a~1b/0\""))
        .isEqualTo("Attempting to map over non-iterable node.");
    assertThat(items(content, JSON + ",\"ItemsPointer\":\"z\"")).contains("must begin with '/'");
  }

  @Test
  void whatIsNoArrayAndNoObjectIsRefused() {
    assertThat(items("\"text\"", JSON)).isEqualTo("Attempting to map over non-iterable node.");
    assertThat(items("", JSON)).startsWith("The file is not valid JSON");
    for (var broken : List.of("[1", "[1,", "[1 2]", "[\"a", "{\"a\" 1}", "{a:1}", "[1,]", "[x]")) {
      assertThat(items(broken, JSON)).as(broken).startsWith("The file is not valid JSON");
    }
  }

  @Test
  void eachLineIsAnItem() {
    assertThat(items("{\"a\":1}\r\n\n 2\n\"x\"", "\"InputType\":\"JSONL\""))
        .isEqualTo("[{\"a\":1},2,\"x\"]");
    assertThat(items("", "\"InputType\":\"JSONL\"")).isEqualTo("[]");
    assertThat(items("1\n{", "\"InputType\":\"JSONL\""))
        .startsWith("A line of the file is not valid JSON");
  }

  @Test
  void rowsAreObjectsOfTextsByHeader() {
    assertThat(items("a,b\n1,true\n\n,\nx\n1,2,3\n", CSV))
        .isEqualTo(
            "[{\"a\":\"1\",\"b\":\"true\"},{\"a\":\"\",\"b\":\"\"},{\"a\":\"\",\"b\":\"\"},"
                + "{\"a\":\"x\",\"b\":\"\"},{\"a\":\"1\",\"b\":\"2\"}]");
    assertThat(items("a,b\r\n1,2\r\n3,4", CSV))
        .isEqualTo("[{\"a\":\"1\",\"b\":\"2\"},{\"a\":\"3\",\"b\":\"4\"}]");
    assertThat(items("", CSV)).isEqualTo("[]");
  }

  @Test
  void quotesEncloseDelimitersAndLineEnds() {
    assertThat(items("a,b\n\"1,\n2\",\"say \"\"hi\"\"\"\n", CSV))
        .isEqualTo("[{\"a\":\"1,\\n2\",\"b\":\"say \\\"hi\\\"\"}]");
  }

  @Test
  void backslashEscapesWhatCouldMeanSomethingElseAndIsDroppedOtherwise() {
    assertThat(items("a,b\nx\\,y,\\\\z\\n\\\"\n", CSV))
        .isEqualTo("[{\"a\":\"x,y\",\"b\":\"\\\\zn\\\"\"}]");
  }

  @Test
  void headersMayBeGivenAndTheDelimiterChosen() {
    var config =
        "\"InputType\":\"CSV\",\"CSVHeaderLocation\":\"GIVEN\",\"CSVDelimiter\":\"PIPE\","
            + "\"CSVHeaders\":[\"x\",\"y\"]";

    assertThat(items("1|2,3\n", config)).isEqualTo("[{\"x\":\"1\",\"y\":\"2,3\"}]");
  }

  @Test
  void headersMustDiffer() {
    assertThat(items("a,a\n1,2\n", CSV)).isEqualTo("CSV headers cannot contain duplicates.");
  }

  @Test
  void listedObjectsAreItems() {
    assertThat(read("", "listObjectsV2", "", 10))
        .isEqualTo(
            "[{\"Etag\":\"\\\"e\\\"\",\"Key\":\"p/a\",\"LastModified\":1.5,\"Size\":3,"
                + "\"StorageClass\":\"STANDARD\"},"
                + "{\"Etag\":\"\\\"e\\\"\",\"Key\":\"p/b\",\"LastModified\":1.5,\"Size\":3,"
                + "\"StorageClass\":\"STANDARD\"}]");
  }

  @Test
  void whatCannotBeReadYetIsNamed() {
    assertThat(items("", "\"InputType\":\"PARQUET\"")).contains("InputType PARQUET");
    assertThat(items("", "\"Transformation\":\"LOAD_AND_FLATTEN\"")).contains("'Transformation'");
    assertThat(items("", "\"ManifestType\":\"S3_INVENTORY\"")).contains("'ManifestType'");
  }

  @Test
  void pageEndsAtItsSizeToo() {
    var row = "x".repeat(100_000) + "\n";
    var source =
        new ObjectItems(
            here -> new OneObject(("a\n" + row.repeat(10)).getBytes(StandardCharsets.UTF_8)),
            Runnable::run);
    var reader =
        Payload.ofTrustedText(
            "{\"Resource\":\"arn:aws:states:::s3:getObject\",\"Arguments\":{\"Bucket\":\"b\","
                + "\"Key\":\"k\"},\"ReaderConfig\":{"
                + CSV
                + "}}");
    var page =
        (ItemSource.Answer.Page)
            source.read(new ItemSource.Request(reader, "", 1_000, HERE)).join();

    assertThat(page.items().tree().size()).isEqualTo(3);
  }
}
