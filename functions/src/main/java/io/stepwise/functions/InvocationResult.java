package io.stepwise.functions;

/** What came of a call of a function. */
public sealed interface InvocationResult {
  /**
   * The function answered.
   *
   * @param payload what it answered, as it is
   * @param isError whether that tells an error: the handler's, or that the process ended
   * @param logTail the end of what the call logged. Units: bytes, at most 4096
   */
  record Answered(byte[] payload, boolean isError, byte[] logTail) implements InvocationResult {}

  /** It was not called: too many calls are under way. */
  record Throttled(Reason reason) implements InvocationResult {
    /** Of what there are too many. */
    public enum Reason {
      /** Of the function. */
      RESERVED_FUNCTION_CONCURRENT_INVOCATION_LIMIT_EXCEEDED(
          "ReservedFunctionConcurrentInvocationLimitExceeded"),
      /** Of the whole host. */
      CONCURRENT_INVOCATION_LIMIT_EXCEEDED("ConcurrentInvocationLimitExceeded");

      private final String awsName;

      Reason(String awsName) {
        this.awsName = awsName;
      }

      /** As AWS names it. */
      public String awsName() {
        return awsName;
      }
    }
  }

  /** It can't be called: its runtime is not on this machine. */
  record Unrunnable(String message) implements InvocationResult {}
}
