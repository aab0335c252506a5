package io.stepwise.aws.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SdkNamesTest {

  @Test
  void prefixesAreThoseOfTheDocumentation() {
    assertThat(SdkNames.prefix("DynamoDB")).isEqualTo("DynamoDb");
    assertThat(SdkNames.prefix("Secrets Manager")).isEqualTo("SecretsManager");
    assertThat(SdkNames.prefix("WAFV2")).isEqualTo("Wafv2");
    assertThat(SdkNames.prefix("Elastic Load Balancing v2")).isEqualTo("ElasticLoadBalancingV2");
    assertThat(SdkNames.prefix("FSx")).isEqualTo("FSx");
    assertThat(SdkNames.prefix("IoTAnalytics")).isEqualTo("IoTAnalytics");
    assertThat(SdkNames.prefix("Elasticsearch Service")).isEqualTo("Elasticsearch");
  }

  @Test
  void anActionIsTheMethodOfTheSdk() {
    assertThat(SdkNames.action("PutItem")).isEqualTo("putItem");
    assertThat(SdkNames.action("DescribeDBInstances")).isEqualTo("describeDBInstances");
    assertThat(SdkNames.action("ListObjectsV2")).isEqualTo("listObjectsV2");
  }

  @Test
  void keysAreThePropertiesOfTheSdkWithACapital() {
    assertThat(SdkNames.key("DBInstanceIdentifier")).isEqualTo("DbInstanceIdentifier");
    assertThat(SdkNames.key("SNSTopicArn")).isEqualTo("SnsTopicArn");
    assertThat(SdkNames.key("SSEKMSKeyId")).isEqualTo("SsekmsKeyId");
    assertThat(SdkNames.key("Equals")).isEqualTo("EqualsValue");
    assertThat(SdkNames.key("launchType")).isEqualTo("LaunchType");
  }

  @Test
  void exceptionsEndAsTheSdkEndsThem() {
    assertThat(SdkNames.exception("DBInstanceNotFoundFault"))
        .isEqualTo("DbInstanceNotFoundException");
    assertThat(SdkNames.exception("NoSuchBucket")).isEqualTo("NoSuchBucketException");
    assertThat(SdkNames.exception("InvalidToken")).isEqualTo("InvalidTokenException");
  }
}
