package io.stepwise.functions;

import java.util.Optional;

/**
 * One call of a function.
 *
 * @param requestId names it in logs and to the handler; a UUID
 * @param invokedArn the ARN as the caller gave it, with a qualifier where there was one
 * @param payload JSON in UTF-8; not to be changed
 * @param clientContext JSON that the caller tells the handler, if any
 * @param traceId the trace it belongs to, if any
 */
public record Invocation(
    String requestId,
    String invokedArn,
    byte[] payload,
    Optional<String> clientContext,
    Optional<String> traceId) {}
