package io.stepwise.functions;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a function host is told at its start.
 *
 * @param folder where it keeps bootstraps, temporary folders and the list of its processes
 * @param processesMax processes at a time
 * @param idle how long a process waits for its next call before it is ended
 * @param endpoint where handlers find the services of AWS; empty while that is not known
 * @param inherited variables of the server's own environment that handlers see
 * @param javaHome the JDK that runs Java handlers
 */
public record HostSettings(
    Path folder,
    int processesMax,
    Duration idle,
    Supplier<Optional<String>> endpoint,
    Map<String, String> inherited,
    Path javaHome) {
  public HostSettings {
    inherited = Map.copyOf(inherited);
  }
}
