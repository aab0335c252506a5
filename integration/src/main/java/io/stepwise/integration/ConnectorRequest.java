package io.stepwise.integration;

import io.stepwise.aws.AwsLocation;
import io.stepwise.aws.IntegrationPattern;
import io.stepwise.expression.Payload;
import java.time.Duration;
import java.util.Optional;

/**
 * What a task asks for.
 *
 * @param resourceArn the Resource as the definition has it
 * @param service see {@link Connector#supports}
 * @param action see {@link Connector#supports}
 * @param pattern what is waited for
 * @param parameters what to do it with
 * @param timeout bound on the attempt, if the state sets one
 * @param roleArn role of {@code Credentials}, if the state sets one
 * @param location where the state machine is
 * @param idempotencyId the same for every repetition of the same attempt
 */
public record ConnectorRequest(
    String resourceArn,
    String service,
    String action,
    IntegrationPattern pattern,
    Payload parameters,
    Optional<Duration> timeout,
    Optional<String> roleArn,
    AwsLocation location,
    String idempotencyId) {}
