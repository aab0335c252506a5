package io.stepwise.functions;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepwise.functions.RuntimeApi.Event;
import io.stepwise.functions.RuntimeApi.Verdict;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a runtime that says rubbish is answered, and what one is never told. */
class RuntimeApiTest {
  private static final String NEXT = "GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\n";
  private static final String ANSWER =
      "POST /2018-06-01/runtime/invocation/1/response HTTP/1.1\r\n";

  private RuntimeApi api;

  @BeforeEach
  void listens() throws IOException {
    api =
        new RuntimeApi(
            new RuntimeApi.Session() {
              @Override
              public Event next() {
                return new Event(
                    Map.of("Lambda-Runtime-Trace-Id", "a\r\nOther: b\u0000"),
                    "{}".getBytes(StandardCharsets.UTF_8));
              }

              @Override
              public Verdict answered(String requestId, byte[] body, boolean isError) {
                return Verdict.ACCEPTED;
              }

              @Override
              public Verdict tooLarge(String requestId) {
                return Verdict.TOO_LARGE;
              }

              @Override
              public Verdict initFailed(byte[] body) {
                return Verdict.ACCEPTED;
              }
            });
  }

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void aHeaderIsOneLineWhateverItsValueHolds() throws Exception {
    assertThat(ask(NEXT + "\r\n"))
        .startsWith("HTTP/1.1 200")
        .contains("Lambda-Runtime-Trace-Id: a  Other: b \r\n");
  }

  @Test
  void aHeadThatDoesNotEndIsNotReadOn() throws Exception {
    var line = "X-Some: 0123456789012345678901234567890123456789\r\n";

    assertThat(ask(NEXT + line.repeat(1_000) + "\r\n")).startsWith("HTTP/1.1 200");
    assertThat(ask(NEXT + line.repeat(2_000) + "\r\n")).isEmpty();
  }

  @Test
  void aLengthThatIsNoneIsRefused() throws Exception {
    for (var wrong : new String[] {"-1", "x", "99999999999999999999"}) {
      assertThat(ask(ANSWER + "Content-Length: " + wrong + "\r\n\r\n"))
          .isEqualTo(refusal("Expected a Content-Length"));
    }
    for (var wrong : new String[] {"-1", "x", "100000000"}) {
      assertThat(ask(ANSWER + "Transfer-Encoding: chunked\r\n\r\n" + wrong + "\r\n"))
          .isEqualTo(refusal("Expected the length of a chunk"));
    }
    assertThat(ask(ANSWER + "Transfer-Encoding: chunked\r\n\r\n1;x=y\r\n2\r\n0\r\n\r\n"))
        .startsWith("HTTP/1.1 202");
  }

  private static String refusal(String message) {
    var body = "{\"errorMessage\":\"" + message + "\",\"errorType\":\"InvalidRequest\"}";
    return "HTTP/1.1 400 OK\r\nContent-Type: application/json\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  /** Says something and no more; all that is answered, nothing where the connection is cut. */
  private String ask(String said) throws IOException {
    var port = Integer.parseInt(api.address().substring(api.address().indexOf(':') + 1));
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(said.getBytes(StandardCharsets.UTF_8));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (SocketException e) {
      return "";
    }
  }
}
