package io.stepwise.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class ServiceCatalogueTest {

  @Test
  void anActionHasThePatternsItsServiceDocuments() {
    assertThat(ServiceCatalogue.resources())
        .contains(
            "arn:aws:states:::lambda:invoke",
            "arn:aws:states:::lambda:invoke.waitForTaskToken",
            "arn:aws:states:::states:startExecution.sync:2",
            "arn:aws:states:::glue:startJobRun.sync")
        .doesNotContain("arn:aws:states:::lambda:invoke.sync", "arn:aws:states:::sqs:publish")
        .isSorted();
  }

  @Test
  void theSdkTakesTheActionsOfServicesAsItsMethodsSpellThem() {
    assertThat(
            ServiceCatalogue.supports(
                "aws-sdk:dynamodb", "listTables", IntegrationPattern.REQUEST_RESPONSE))
        .isTrue();
    assertThat(
            ServiceCatalogue.supports(
                "aws-sdk:dynamodb", "ListTables", IntegrationPattern.REQUEST_RESPONSE))
        .isFalse();
    assertThat(
            ServiceCatalogue.supports(
                "aws-sdk:nosuchservice", "listTables", IntegrationPattern.REQUEST_RESPONSE))
        .isFalse();
    assertThat(ServiceCatalogue.supports("aws-sdk:ecs", "runTask", IntegrationPattern.SYNC))
        .isFalse();
  }

  @Test
  void everyServiceWithAnOptimizedIntegrationButHttpHasShapes() {
    var shapes = new ServiceShapes();

    for (var resource : ServiceCatalogue.resources()) {
      var service = resource.split(":")[5];
      if (!Set.of("http", "mediaconvert", "apigateway").contains(service)) {
        assertThat(shapes.service(ServiceCatalogue.sdkName(service)).shapes())
            .as(resource)
            .isNotEmpty();
      }
    }
  }

  @Test
  void aResultSaysWhichOfItsMembersAreJson() {
    var nested = ServiceCatalogue.find("states", "startExecution").orElseThrow();

    assertThat(nested.jsonMembers(IntegrationPattern.SYNC)).isEmpty();
    assertThat(nested.jsonMembers(IntegrationPattern.SYNC_2)).containsOnly("Input", "Output");
    assertThat(nested.answeredBy(IntegrationPattern.SYNC)).hasValue("DescribeExecution");
    assertThat(nested.answeredBy(IntegrationPattern.REQUEST_RESPONSE)).hasValue("StartExecution");
    assertThat(nested.answeredBy(IntegrationPattern.WAIT_FOR_TASK_TOKEN)).isEmpty();
  }
}
