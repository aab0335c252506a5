package io.stepwise.connectors.aws;

import io.stepwise.aws.model.ModelOperation;
import io.stepwise.aws.model.ServiceModel;
import io.stepwise.connectors.aws.wire.WireRequest;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/** Gives requests their host and a signature of version 4, by the signer of AWS's SDK. */
final class RequestSigner {
  private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();

  /** A request that is ready to be sent. */
  record Signed(URI uri, Map<String, String> headers) {}

  /**
   * Signs a request.
   *
   * @param endpoint where it goes; its path comes before the request's
   */
  Signed sign(
      ServiceModel service,
      ModelOperation operation,
      WireRequest request,
      URI endpoint,
      String region,
      AwsCredentials credentials) {
    var base = endpoint.getRawPath() == null ? "" : endpoint.getRawPath().replaceAll("/+$", "");
    var builder =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.fromValue(request.method()))
            .protocol(endpoint.getScheme())
            .host(endpoint.getHost())
            .encodedPath(base + request.path());
    if (endpoint.getPort() > 0) {
      builder.port(endpoint.getPort());
    }
    request.headers().forEach(builder::putHeader);
    // The signer wants raw names and values; it encodes them itself.
    request.query().forEach(field -> builder.appendRawQueryParameter(field.name(), field.value()));
    var unsigned = builder.build();
    if (operation.isUnsigned()) {
      return signed(unsigned);
    }
    var isS3 = service.signingName().equals("s3");
    return signed(
        signer
            .sign(
                call -> {
                  call.identity(identity(credentials))
                      .request(unsigned)
                      .payload(ContentStreamProvider.fromByteArray(request.body()))
                      .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service.signingName())
                      .putProperty(AwsV4HttpSigner.REGION_NAME, region);
                  if (isS3) {
                    call.putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
                        .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false);
                  }
                  if (operation.isBodyUnsigned()) {
                    call.putProperty(AwsV4HttpSigner.PAYLOAD_SIGNING_ENABLED, false);
                  }
                })
            .request());
  }

  private static AwsCredentialsIdentity identity(AwsCredentials credentials) {
    return credentials
        .sessionToken()
        .<AwsCredentialsIdentity>map(
            token ->
                AwsSessionCredentialsIdentity.create(
                    credentials.accessKeyId(), credentials.secretKey(), token))
        .orElseGet(
            () ->
                AwsCredentialsIdentity.create(credentials.accessKeyId(), credentials.secretKey()));
  }

  private static Signed signed(SdkHttpRequest request) {
    var headers = new HashMap<String, String>();
    request.headers().forEach((name, values) -> headers.put(name, String.join(",", values)));
    return new Signed(request.getUri(), headers);
  }
}
