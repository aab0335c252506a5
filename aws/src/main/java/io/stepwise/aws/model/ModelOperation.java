package io.stepwise.aws.model;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An operation of a service.
 *
 * @param name e.g. {@code PutItem}
 * @param method of HTTP
 * @param uri path and query, with labels in braces
 * @param takes shape of its input, or null
 * @param answers shape of its output, or null
 * @param resultWrapper element around its result in XML, or empty
 * @param inputName element around its input in XML, or empty
 * @param inputNamespace of that element, or empty
 * @param hostPrefix what the host of the real service begins with, or empty
 * @param checksumMember member that names the algorithm of a checksum, or empty
 * @param flags what else the table says of it
 */
public record ModelOperation(
    String name,
    String method,
    String uri,
    @Nullable ModelShape takes,
    @Nullable ModelShape answers,
    String resultWrapper,
    String inputName,
    String inputNamespace,
    String hostPrefix,
    String checksumMember,
    int flags) {

  /** The shape of its input. */
  public Optional<ModelShape> input() {
    return Optional.ofNullable(takes);
  }

  /** The shape of its output. */
  public Optional<ModelShape> output() {
    return Optional.ofNullable(answers);
  }

  /** Whether it is called without a signature. */
  public boolean isUnsigned() {
    return (flags & 1) != 0;
  }

  /** Whether its body is left out of the signature. */
  public boolean isBodyUnsigned() {
    return (flags & 2) != 0;
  }

  /** Whether the service wants a checksum of the body. */
  public boolean isChecksumRequired() {
    return (flags & 4) != 0;
  }

  /** Whether its input or its output is a stream of events, which no task can take or give. */
  public boolean isEventStream() {
    return isEventStream(takes) || isEventStream(answers);
  }

  private static boolean isEventStream(@Nullable ModelShape shape) {
    return shape != null
        && shape.members().stream().anyMatch(member -> member.shape().isEventStream());
  }
}
