package io.stepwise.services.states;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConstraintsTest {
  private static final String ONE = "ValidationException: 1 validation error detected: ";
  private final TestingApi api = new TestingApi();

  @Test
  void aRequiredMemberMustBeThere() {
    assertThat(api.call("DescribeExecution").error())
        .isEqualTo(
            ONE
                + "Value null at 'executionArn' failed to satisfy constraint: Member must not be"
                + " null");
  }

  @Test
  void tellsAllViolationsAtOnce() {
    assertThat(api.call("CreateStateMachine", "name", "", "definition", "{}").error())
        .isEqualTo(
            "ValidationException: 2 validation errors detected: Value '' at 'name' failed to satisfy"
                + " constraint: Member must have length greater than or equal to 1; Value null at"
                + " 'roleArn' failed to satisfy constraint: Member must not be null");
  }

  @Test
  void boundsLengthsAndValues() {
    assertThat(api.call("CreateActivity", "name", "x".repeat(81)).error())
        .isEqualTo(
            ONE
                + "Value '"
                + "x".repeat(81)
                + "' at 'name' failed to satisfy constraint: Member must have length less than or"
                + " equal to 80");
    assertThat(api.call("ListActivities", "maxResults", 1001).error())
        .isEqualTo(
            ONE
                + "Value '1001' at 'maxResults' failed to satisfy constraint: Member must have value"
                + " less than or equal to 1000");
    assertThat(api.call("ListActivities", "maxResults", -1).error())
        .endsWith("Member must have value greater than or equal to 0");
  }

  @Test
  void numbersThatFitNowhereAreRefused() {
    var huge = BigInteger.TEN.pow(400);
    assertThat(api.call("ListActivities", "maxResults", huge).error())
        .isEqualTo("SerializationException: NUMBER_VALUE can not be converted to an Integer");
    var run = "arn:aws:states:us-east-1:123456789012:mapRun:m/l:1";
    assertThat(
            api.call(
                    "UpdateMapRun",
                    "mapRunArn",
                    run,
                    "toleratedFailureCount",
                    BigInteger.TWO.pow(63))
                .error())
        .startsWith("SerializationException");
    assertThat(
            api.call(
                    "UpdateMapRun",
                    "mapRunArn",
                    run,
                    "toleratedFailurePercentage",
                    new BigDecimal("1e400"))
                .error())
        .endsWith("Member must have value less than or equal to 100");
  }

  @Test
  void membersThatAreNullAreAsIfTheyWereNotThere() {
    var encryption = new HashMap<String, Object>();
    encryption.put("type", "AWS_OWNED_KEY");
    encryption.put("kmsKeyId", null);
    encryption.put("kmsDataKeyReusePeriodSeconds", null);

    assertThat(
            api.call("CreateActivity", "name", "a", "encryptionConfiguration", encryption).status)
        .isEqualTo(200);
  }

  @Test
  void itemsOfTheWrongTypeAreToldBeforeTheLengthOfTheirList() {
    var item = Map.of("stateMachineVersionArn", Map.of("a", 1), "weight", 1);

    assertThat(
            api.call(
                    "CreateStateMachineAlias",
                    "name",
                    "live",
                    "routingConfiguration",
                    List.of(item, item, item))
                .error())
        .startsWith("SerializationException");
  }

  @Test
  void countsCharactersNotUnits() {
    assertThat(api.call("CreateActivity", "name", "é".repeat(80)).status).isEqualTo(200);
  }

  @Test
  void namesTheValuesOfAnEnum() {
    assertThat(api.call("ListExecutions", "statusFilter", "x").error())
        .isEqualTo(
            ONE
                + "Value 'x' at 'statusFilter' failed to satisfy constraint: Member must satisfy enum"
                + " value set: [SUCCEEDED, TIMED_OUT, PENDING_REDRIVE, ABORTED, FAILED, RUNNING]");
  }

  @Test
  void reachesIntoLists() {
    var arn = api.create("m", TestingApi.PASS, "publish", true);
    var heavy = Map.of("stateMachineVersionArn", arn + ":1", "weight", 101);

    assertThat(
            api.call("CreateStateMachineAlias", "name", "a", "routingConfiguration", List.of(heavy))
                .error())
        .isEqualTo(
            ONE
                + "Value '101' at 'routingConfiguration.1.member.weight' failed to satisfy"
                + " constraint: Member must have value less than or equal to 100");
  }

  @Test
  void printsAListThatIsTooLong() {
    var item = Map.of("stateMachineVersionArn", "v", "weight", 1);

    assertThat(
            api.call(
                    "CreateStateMachineAlias",
                    "name",
                    "a",
                    "routingConfiguration",
                    List.of(item, item, item))
                .error())
        .contains(
            "Value '[RoutingConfigurationListItem(stateMachineVersionArn=v, weight=1), ",
            "]' at 'routingConfiguration' failed to satisfy constraint: Member must have length less"
                + " than or equal to 2");
  }

  @Test
  void refusesNamesWithForbiddenCharacters() {
    for (var c : " <>{}[]?*\"#%\\^|~`$&,;:/\u0000\u007f\u0085\ufffe".toCharArray()) {
      assertThat(api.call("CreateActivity", "name", "a" + c).error())
          .as("character %x", (int) c)
          .isEqualTo("InvalidName: Invalid Name: 'a" + c + "'");
    }
    assertThat(api.call("CreateActivity", "name", "Größe-1_2.3").status).isEqualTo(200);
  }
}
