package io.stepwise.connectors.aws.wire;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The protocol cases that go another way here, and why. */
final class ProtocolExceptions {
  /**
   * The path of an endpoint is the signer's business: RequestSigner puts it before the request's.
   */
  private static final List<String> ENDPOINT_PATH =
      List.of(
          "input/ec2 Ec2QueryHostWithPath",
          "input/json AwsJson11HostWithPath",
          "input/json_1_0 AwsJson10HostWithPath",
          "input/query QueryHostWithPath",
          "input/rest-json RestJsonHostWithPath");

  /** Compressed requests are optional; a single operation of all services asks for one. */
  private static final List<String> GZIP =
      List.of(
          "input/ec2 SDKAppendsGzipAndIgnoresHttpProvidedEncoding_ec2Query",
          "input/ec2 SDKAppliedContentEncoding_ec2Query",
          "input/json SDKAppendsGzipAndIgnoresHttpProvidedEncoding_awsJson1_1",
          "input/json SDKAppliedContentEncoding_awsJson1_1",
          "input/json_1_0 SDKAppendsGzipAndIgnoresHttpProvidedEncoding_awsJson1_0",
          "input/json_1_0 SDKAppliedContentEncoding_awsJson1_0",
          "input/query SDKAppendsGzipAndIgnoresHttpProvidedEncoding_awsQuery",
          "input/query SDKAppliedContentEncoding_awsQuery",
          "input/rest-json SDKAppendedGzipAfterProvidedEncoding_restJson1",
          "input/rest-json SDKAppliedContentEncoding_restJson1",
          "input/rest-xml SDKAppendedGzipAfterProvidedEncoding_restXml",
          "input/rest-xml SDKAppliedContentEncoding_restXml");

  /** An operation without input is sent {}, as SDKs do. */
  private static final List<String> EMPTY_JSON =
      List.of(
          "input/json includes_x_amz_target_and_content_type",
          "input/json sends_requests_to_slash");

  /** Checksums are added by ServiceQuirks. */
  private static final List<String> MD5 = List.of("input/rest-json RestJsonHttpChecksumRequired");

  /** The models of services name the element at the payload itself; these name it at its shape. */
  private static final List<String> PAYLOAD_NAME =
      List.of(
          "input/rest-xml BodyWithXmlName",
          "input/rest-xml HttpPayloadWithXmlName",
          "input/rest-xml HttpPayloadWithXmlNamespace",
          "input/rest-xml HttpPayloadWithXmlNamespaceAndPrefix",
          "input/rest-xml RestXmlHttpPayloadWithUnion",
          "input/rest-xml XmlAttributesOnPayload");

  /** No service has maps of maps with names of their own. */
  private static final List<String> NESTED_MAP =
      List.of("input/rest-xml NestedXmlMapWithXmlNameSerializes");

  /** No service has a member of an answer that would stand in a query. */
  private static final List<String> QUERY_IN_ANSWER =
      List.of("output/rest-xml IgnoreQueryParamsInResponse");

  private static final Map<String, String> REASONS = reasons();

  private ProtocolExceptions() {}

  private static Map<String, String> reasons() {
    var reasons = new HashMap<String, String>();
    ENDPOINT_PATH.forEach(id -> reasons.put(id, "ENDPOINT_PATH"));
    GZIP.forEach(id -> reasons.put(id, "GZIP"));
    EMPTY_JSON.forEach(id -> reasons.put(id, "EMPTY_JSON"));
    MD5.forEach(id -> reasons.put(id, "MD5"));
    PAYLOAD_NAME.forEach(id -> reasons.put(id, "PAYLOAD_NAME"));
    NESTED_MAP.forEach(id -> reasons.put(id, "NESTED_MAP"));
    QUERY_IN_ANSWER.forEach(id -> reasons.put(id, "QUERY_IN_ANSWER"));
    return reasons;
  }

  static Optional<String> reason(String id) {
    return Optional.ofNullable(REASONS.get(id));
  }

  static Set<String> ids() {
    return REASONS.keySet();
  }
}
