package io.stepwise.connectors.aws;

import io.stepwise.aws.AwsLocation;
import io.stepwise.aws.model.ModelOperation;
import io.stepwise.aws.model.ServiceModel;
import io.stepwise.connectors.aws.wire.ServiceCodec;
import io.stepwise.connectors.aws.wire.ServiceFailure;
import io.stepwise.connectors.aws.wire.WireResponse;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Calls any operation of any service. Thread safe; building and signing a request takes the
 * caller's thread, waiting for the answer takes none.
 *
 * <p>Limits: answers of {@link io.stepwise.edge.HttpClient#RESPONSE_BYTES_MAX}. Host prefixes are
 * left out, as SDKs do for endpoints that a user names.
 */
public final class AwsClient {
  private final Transport network;
  private final AwsEndpoints endpoints;
  private final Map<String, Transport> inside;
  private final Optional<AwsCredentials> credentials;
  private final RequestSigner signer = new RequestSigner();

  /** Where nothing real is behind it, an endpoint needs a host all the same. */
  private static final URI INSIDE = URI.create("http://localhost");

  /**
   * A client.
   *
   * @param inside services that this server has itself, by their ids
   * @param credentials to sign with; without, those of an emulator
   */
  public AwsClient(
      Transport network,
      AwsEndpoints endpoints,
      Map<String, Transport> inside,
      Optional<AwsCredentials> credentials) {
    this.network = network;
    this.endpoints = endpoints;
    this.inside = Map.copyOf(inside);
    this.credentials = credentials;
  }

  /** What came of a call. */
  public sealed interface Answer {
    /** The service did it. */
    record Done(ObjectNode result, WireResponse response) implements Answer {}

    /** The service refused. */
    record Refused(ServiceFailure failure) implements Answer {}
  }

  /**
   * A call.
   *
   * @param parameters in the dialect of the service's model
   * @param location region and account on whose behalf it is made
   * @param assumed credentials of a role, if there is one
   * @param tokens gives idempotency tokens that the parameters lack
   */
  public record Call(
      ServiceModel service,
      ModelOperation operation,
      JsonNode parameters,
      AwsLocation location,
      Optional<AwsCredentials> assumed,
      Duration timeout,
      Supplier<String> tokens) {}

  /** Whether a service can be reached. */
  public boolean reaches(String serviceId) {
    return endpoints.find(serviceId).isPresent() || inside.containsKey(serviceId);
  }

  /**
   * Makes a call. The future fails where there is no answer, or with {@link
   * io.stepwise.connectors.aws.wire.BadAnswer} where there is none that can be read. Cancelling it
   * gives the call up.
   *
   * <p>Errors: {@link io.stepwise.connectors.aws.wire.BadParameters}.
   */
  public CompletableFuture<Answer> call(Call call) {
    var service = call.service();
    var codec = new ServiceCodec(service, call.operation());
    var request = codec.request(call.parameters(), call.tokens());
    ServiceQuirks.adapt(service, call.operation(), request);
    // A service of our own answers unless the user named another for it alone.
    var own = endpoints.own(service.serviceId());
    var within = own.isPresent() ? null : inside.get(service.serviceId());
    var transport = within == null ? network : within;
    var endpoint = within == null ? own.or(() -> endpoints.others()).orElse(INSIDE) : INSIDE;
    var signed =
        signer.sign(
            service,
            call.operation(),
            request,
            endpoint,
            call.location().region(),
            call.assumed()
                .or(() -> within == null ? credentials : Optional.empty())
                .orElseGet(() -> AwsCredentials.ofAccount(call.location().account())));
    var sent =
        transport.send(
            request.method(), signed.uri(), signed.headers(), request.body(), call.timeout());
    // Large answers are read beside the loops.
    var answer =
        sent.thenApplyAsync(
            response -> answer(codec, response), task -> Thread.startVirtualThread(task));
    answer.whenComplete(
        (done, failure) -> {
          if (answer.isCancelled()) {
            sent.cancel(true);
          }
        });
    return answer;
  }

  private static Answer answer(ServiceCodec codec, WireResponse response) {
    if (!response.isSuccess() || ServiceQuirks.isErrorInDisguise(codec.service(), response)) {
      return new Answer.Refused(ServiceFailure.read(codec.service(), response));
    }
    return new Answer.Done(ServiceQuirks.result(codec.service(), codec.result(response)), response);
  }
}
