package io.stepwise.functions;

/** Where the lines that functions write go. Called on threads of the host; must not block. */
@FunctionalInterface
public interface LogSink {
  /** Nowhere. */
  LogSink NONE = (function, stream, millis, line) -> {};

  /**
   * Takes a line.
   *
   * @param stream names the process, as the log streams of Lambda are named
   * @param millis when it was written. Units: milliseconds since 1970
   * @param line without its end
   */
  void line(FunctionVersion function, String stream, long millis, String line);
}
