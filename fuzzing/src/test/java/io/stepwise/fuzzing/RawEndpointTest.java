package io.stepwise.fuzzing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RawEndpointTest {
  private static final String GOOD =
      "POST /2015-03-31/functions/f/invocations HTTP/1.1\r\nhost: 127.0.0.1:1\r\n"
          + "content-type: application/json\r\n%scontent-length: 2\r\n\r\n{}";

  private static List<String> violations(String bytes) throws IOException {
    List<String> found = new ArrayList<>();
    try (var endpoint = new RawEndpoint()) {
      endpoint.judge(
          new ByteArrayInputStream(bytes.getBytes(StandardCharsets.ISO_8859_1)),
          new ByteArrayOutputStream(),
          found::add);
    }
    return found;
  }

  @Test
  void anInvokeIsFine() throws IOException {
    assertThat(violations(GOOD.formatted(""))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x-evil: yes\r\n",
        "x-amz-client-context: x\r\nX-Evil: yes\r\n",
        "x-amz-client-context: x\r\ncontent-length: 0\r\n\r\nGET /smuggled HTTP/1.1\r\nx: y\r\n",
        "x-amz-log-type: Tail\tx\r\n"
      })
  void whatIsSmuggledIsFound(String headers) throws IOException {
    assertThat(violations(GOOD.formatted(headers))).isNotEmpty();
  }

  @Test
  void aSecondRequestBehindTheFirstIsFound() throws IOException {
    assertThat(violations(GOOD.formatted("") + "GET /smuggled HTTP/1.1\r\n\r\n")).isNotEmpty();
  }
}
