package io.stepwise.fuzzing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RulesTest {
  private static final String HEADERS =
      "content-type: application/x-amz-json-1.0\nx-amzn-requestid: 1\n";

  private final Rules rules = new Rules(ServiceModel.read());

  private String broken(int status, String body) {
    return rules
        .broken("DeleteActivity", new Answer(status, HEADERS, body, Duration.ZERO))
        .orElse("nothing");
  }

  private static String error(String code) {
    return "{\"__type\":\"com.amazonaws.swf.service.v2.model#" + code + "\",\"message\":\"no\"}";
  }

  @Test
  void answersAndDeclaredErrorsAreFine() {
    assertThat(broken(200, "{}")).isEqualTo("nothing");
    assertThat(broken(400, error("InvalidArn"))).isEqualTo("nothing");
    assertThat(broken(400, error("ValidationException"))).isEqualTo("nothing");
  }

  @Test
  void faultsAndWhatIsNotOfAwsShapeAreFound() {
    assertThat(broken(500, error("InternalFailure"))).isEqualTo("status 500");
    assertThat(broken(200, "")).isEqualTo("no JSON");
    assertThat(broken(200, "[]")).isEqualTo("no JSON object");
    assertThat(broken(400, "{\"__type\":\"a#InvalidArn\"}"))
        .isEqualTo("no message with InvalidArn");
    assertThat(rules.broken("DeleteActivity", new Answer(200, "", "{}", Duration.ZERO)))
        .contains("no content type of AWS");
  }

  @Test
  void anErrorThatTheOperationDoesNotDeclareIsFound() {
    assertThat(broken(400, error("ExecutionDoesNotExist")))
        .isEqualTo("undeclared error 'ExecutionDoesNotExist'");
  }

  @Test
  void framesAndClassesAreFound() {
    assertThat(broken(200, "{\"a\":\"\\n\\tat a.b.C.d(C.java:7)\"}")).startsWith("innards");
    assertThat(broken(200, "{\"a\":\"NullPointerException\"}")).startsWith("innards");
    assertThat(broken(200, "{\"a\":\"io.stepwise.protocol.Call\"}")).startsWith("innards");
  }
}
