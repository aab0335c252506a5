package io.stepwise.connectors.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stepwise.aws.AwsLocation;
import io.stepwise.aws.model.ServiceModels;
import io.stepwise.connectors.aws.AwsClient;
import io.stepwise.connectors.aws.AwsEndpoints;
import io.stepwise.connectors.aws.wire.WireResponse;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Parts of objects and listings, asked for as S3 has it. */
class S3Test {
  private record Sent(URI uri, Map<String, String> headers) {}

  private static final ObjectStore.ObjectName NAME =
      new ObjectStore.ObjectName("bucket", "a b/c+d", Optional.empty());

  private final List<Sent> sent = new ArrayList<>();
  private final Deque<WireResponse> answers = new ArrayDeque<>();

  private S3 s3(AwsEndpoints endpoints) {
    return new S3(
        new AwsClient(this::send, endpoints, Map.of(), Optional.empty()),
        ServiceModels.BUILT_IN,
        AwsLocation.of("us-east-1", "123456789012"));
  }

  private S3 s3() {
    return s3(new AwsEndpoints(Map.of(), Optional.of(URI.create("http://127.0.0.1:9000"))));
  }

  private CompletableFuture<WireResponse> send(
      String method, URI uri, Map<String, String> headers, byte[] body, Duration timeout) {
    sent.add(new Sent(uri, headers));
    return CompletableFuture.completedFuture(answers.removeFirst());
  }

  private void answer(int status, Map<String, String> headers, String body) {
    Map<String, List<String>> all = new LinkedHashMap<>();
    headers.forEach((name, value) -> all.put(name, List.of(value)));
    answers.add(new WireResponse(status, all, body.getBytes(UTF_8)));
  }

  @Test
  void aPartIsAskedForByRangeAndMustBeOfTheSameObject() throws Exception {
    answer(206, Map.of("Content-Range", "bytes 3-6/10", "ETag", "\"e\""), "3456");
    var part = s3().read(NAME, "\"e\"", 3, 4);

    assertThat(part.bytes()).asString(UTF_8).isEqualTo("3456");
    assertThat(part.size()).isEqualTo(10);
    assertThat(part.etag()).isEqualTo("\"e\"");
    assertThat(sent.getFirst().uri()).hasToString("http://127.0.0.1:9000/bucket/a%20b/c%2Bd");
    assertThat(sent.getFirst().headers())
        .containsEntry("Range", "bytes=3-6")
        .containsEntry("If-Match", "\"e\"");
    assertThat(sent.getFirst().headers().get("Authorization")).startsWith("AWS4-HMAC-SHA256");
  }

  @Test
  void whoKnowsNoRangesGivesTheWholeObject() throws Exception {
    answer(200, Map.of("ETag", "\"e\""), "0123456789");
    answer(200, Map.of("ETag", "\"e\""), "0123456789");

    assertThat(s3().read(NAME, "", 8, 4).bytes()).asString(UTF_8).isEqualTo("89");
    assertThat(s3().read(NAME, "", 12, 4).bytes()).isEmpty();
  }

  @Test
  void nothingIsBehindTheEnd() throws Exception {
    answer(416, Map.of(), "<Error><Code>InvalidRange</Code></Error>");

    assertThat(s3().read(NAME, "", 0, 4).bytes()).isEmpty();
  }

  @Test
  void refusalsAreInTheWordsOfTheSdk() {
    answer(
        404,
        Map.of("x-amz-request-id", "R"),
        "<Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message></Error>");

    assertThatThrownBy(() -> s3().read(NAME, "", 0, 4))
        .isInstanceOf(ObjectStoreException.class)
        .hasMessage(
            "The specified key does not exist. (Service: S3, Status Code: 404, Request ID: R)");
  }

  @Test
  void aListingGoesOnWhereItStopped() throws Exception {
    answer(
        200,
        Map.of(),
        "<ListBucketResult><IsTruncated>true</IsTruncated>"
            + "<NextContinuationToken>t</NextContinuationToken><Contents><Key>p/a</Key>"
            + "<LastModified>2026-01-01T00:00:01.500Z</LastModified><ETag>\"e\"</ETag>"
            + "<Size>7</Size><StorageClass>STANDARD</StorageClass></Contents></ListBucketResult>");
    var listing = s3().list("bucket", "p/", Optional.of("from"), 5);

    assertThat(listing.objects())
        .containsExactly(new ObjectStore.Listed("p/a", "\"e\"", 1767225601.5, 7, "STANDARD"));
    assertThat(listing.next()).contains("t");
    assertThat(sent.getFirst().uri().getQuery())
        .contains("list-type=2", "prefix=p/", "max-keys=5", "continuation-token=from");
  }

  @Test
  void withoutAnS3WhatToSetIsSaid() {
    assertThatThrownBy(() -> s3(AwsEndpoints.NONE).read(NAME, "", 0, 4))
        .hasMessageContaining("AWS_ENDPOINT_URL_S3");
  }
}
