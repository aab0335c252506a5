package io.stepwise.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepwise.edge.Request;
import io.stepwise.edge.Responder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class QueryServiceTest {
  private static final Identity ROOT = new Identity("us-east-1", "123456789012");
  private final QueryService service =
      new QueryService(
          new QueryService.Dialect("made", "2020-01-01", "urn:made"),
          List.of(
              Operation.of(
                  "Echo", Shape.of(Member.text("Text", 1, 5).required()), QueryServiceTest::echo)),
          ROOT,
          ErrorMapping.NONE,
          Runnable::run);
  private final AwsServices services = new AwsServices(List.of(service));

  private static void echo(Call call) {
    var output = Outputs.object();
    output.put("Text", call.text("Text"));
    output.putArray("Letters").add("a").add("b");
    call.reply(output);
  }

  private static final class Answer implements Responder {
    private int status;
    private String contentType = "";
    private String body = "";

    @Override
    public void respond(
        int status, @Nullable String contentType, Map<String, String> headers, byte[] body) {
      this.status = status;
      this.contentType = String.valueOf(contentType);
      this.body = new String(body, StandardCharsets.UTF_8);
    }

    @Override
    public void onClose(Runnable action) {}
  }

  private static Request form(String form, String... credential) {
    var headers =
        credential.length == 0
            ? Map.of("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
            : Map.of(
                "Content-Type",
                "application/x-www-form-urlencoded",
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=AKID/20260101/eu-west-1/"
                    + credential[0]
                    + "/aws4_request, SignedHeaders=host, Signature=x");
    return Request.of("POST", "/", headers, form.getBytes(StandardCharsets.UTF_8));
  }

  private Answer send(String form) {
    var answer = new Answer();
    services.handle(form(form), answer);
    return answer;
  }

  @Test
  void aFormIsAnsweredInXml() {
    var answer = send("Action=Echo&Version=2020-01-01&Text=%3Ca%26");

    assertThat(answer.status).isEqualTo(200);
    assertThat(answer.contentType).isEqualTo("text/xml");
    assertThat(answer.body)
        .startsWith(
            "<EchoResponse xmlns=\"urn:made\"><EchoResult><Text>&lt;a&amp;</Text><Letters>"
                + "<member>a</member><member>b</member></Letters></EchoResult>"
                + "<ResponseMetadata><RequestId>")
        .endsWith("</RequestId></ResponseMetadata></EchoResponse>");
  }

  @Test
  void anErrorIsToldInXmlAsWell() {
    assertThat(send("Action=Echo&Version=2020-01-01&Text=toolong").body)
        .startsWith(
            "<ErrorResponse xmlns=\"urn:made\"><Error><Type>Sender</Type>"
                + "<Code>ValidationException</Code><Message>1 validation error detected");
    assertThat(send("Action=Nope&Version=2020-01-01").body)
        .contains(
            "<Code>InvalidAction</Code>",
            "<Message>Could not find operation Nope for version 2020-01-01</Message>");
  }

  @Test
  void whatXmlCannotCarryIsReplaced() {
    assertThat(send("Action=Echo&Version=2020-01-01&Text=a%00b%08").body)
        .contains("<Text>a\ufffdb\ufffd</Text>");
  }

  @Test
  void aRequestIsForTheServiceByItsVersionOrItsSignature() {
    assertThat(service.takes(form("Action=Echo&Version=2020-01-01"))).isTrue();
    assertThat(service.takes(form("Action=Echo&Version=2011-06-15"))).isFalse();
    assertThat(service.takes(form("Action=Echo", "made"))).isTrue();
    assertThat(service.takes(form("Action=Echo", "other"))).isFalse();
    assertThat(service.takes(form("Action=%zz&Version=2020-01-01"))).isFalse();
    assertThat(services.action(form("Action=Echo&Version=2020-01-01"))).isEqualTo("Echo");
    assertThat(services.action(form("Action=rm%20-rf&Version=2020-01-01"))).isEqualTo("Unknown");
  }
}
