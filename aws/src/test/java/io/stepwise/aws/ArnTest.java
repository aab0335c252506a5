package io.stepwise.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ArnTest {
  private static final AwsLocation HERE = AwsLocation.of("us-east-1", "123456789012");
  private static final StateMachineArn ORDERS = HERE.stateMachine("orders");

  @Test
  void whatAnArnNamesIsItsType() {
    assertThat(Arn.parse("arn:aws:states:us-east-1:123456789012:stateMachine:orders"))
        .containsInstanceOf(StateMachineArn.class);
    assertThat(Arn.parse("arn:aws:states:us-east-1:123456789012:execution:orders:run"))
        .containsInstanceOf(ExecutionArn.class);
    assertThat(Arn.parse("arn:aws:states:us-east-1:123456789012:express:orders:run:1"))
        .containsInstanceOf(ExecutionArn.class);
    assertThat(Arn.parse("arn:aws:states:us-east-1:123456789012:mapRun:orders/Each:1"))
        .containsInstanceOf(MapRunArn.class);
    assertThat(Arn.parse("arn:aws:states:us-east-1:123456789012:activity:work"))
        .containsInstanceOf(ActivityArn.class);
    assertThat(Arn.parse("arn:aws:lambda:us-east-1:123456789012:function:f:7"))
        .containsInstanceOf(FunctionArn.class);
    assertThat(Arn.parse("arn:aws:s3:::bucket")).containsInstanceOf(Arn.Other.class);
    assertThat(Arn.parse("arn:aws:states:us-east-1:123456789012:stateMachine"))
        .containsInstanceOf(Arn.Other.class);
  }

  @Test
  void textThatIsNoArnGivesNone() {
    assertThat(Arn.parse("")).isEmpty();
    assertThat(Arn.parse("orders")).isEmpty();
    assertThat(Arn.parse("arn:aws:states:us-east-1")).isEmpty();
    assertThat(Arn.parse("urn:aws:states:us-east-1:123456789012:activity:work")).isEmpty();
    assertThatThrownBy(() -> ExecutionArn.of(ORDERS.text()))
        .hasMessage("Expected the ARN of an execution, found " + ORDERS);
    assertThatThrownBy(() -> StateMachineArn.of("orders"))
        .hasMessage("Expected the ARN of a state machine, found orders");
  }

  @Test
  void qualifierAndLabelAreReadOffAStateMachine() {
    var version = ORDERS.qualified("12");
    var alias = ORDERS.qualified("live");
    var labelled = StateMachineArn.of(ORDERS + "/Each");

    assertThat(version.text()).endsWith(":stateMachine:orders:12");
    assertThat(version.version()).hasValue(12);
    assertThat(version.unqualified()).isEqualTo(ORDERS);
    assertThat(alias.version()).isEmpty();
    assertThat(alias.qualifier()).isEqualTo("live");
    assertThat(ORDERS.qualified("012").version()).isEmpty();
    assertThat(ORDERS.qualified("1234567890").version()).isEmpty();
    assertThat(labelled.label()).isEqualTo("Each");
    assertThat(labelled.name()).isEqualTo("orders");
    assertThat(labelled.unqualified()).isEqualTo(ORDERS);
  }

  @Test
  void anExecutionLeadsBackToItsStateMachine() {
    var standard = ORDERS.execution("run");
    var express = ORDERS.expressExecution("run", "1");
    var child = ORDERS.child("Each", "c", false);
    var expressChild = ORDERS.child("Each", "c", true);

    assertThat(standard.text()).endsWith(":execution:orders:run");
    assertThat(standard.isExpress()).isFalse();
    assertThat(standard.name()).isEqualTo("run");
    assertThat(standard.stateMachine()).isEqualTo(ORDERS);
    assertThat(express.text()).endsWith(":express:orders:run:1");
    assertThat(express.isExpress()).isTrue();
    assertThat(express.name()).isEqualTo("run");
    assertThat(child.text()).endsWith(":execution:orders/Each:c");
    assertThat(child.isMapRunChild()).isTrue();
    assertThat(child.label()).isEqualTo("Each");
    assertThat(child.stateMachine().unqualified()).isEqualTo(ORDERS);
    assertThat(expressChild.text()).endsWith(":express:orders/Each:c:c");
    assertThat(ORDERS.mapRun("Each", "r").stateMachine().text()).endsWith(":orders/Each");
  }

  @Test
  void theRegionTellsThePartition() {
    assertThat(AwsLocation.of("cn-north-1", "1").activity("a").text()).startsWith("arn:aws-cn:");
    assertThat(AwsLocation.of("us-gov-west-1", "1").role("r"))
        .isEqualTo("arn:aws-us-gov:iam::1:role/r");
    assertThat(ORDERS.location()).isEqualTo(HERE);
  }

  @Test
  void aFunctionHasANameAndPerhapsAQualifier() {
    var function = (FunctionArn) Arn.parse(HERE.function("f") + ":live").orElseThrow();

    assertThat(function.name()).isEqualTo("f");
    assertThat(function.qualifier()).isEqualTo("live");
    assertThat(HERE.function("f").qualifier()).isNull();
  }
}
