package io.stepwise.testkit.junit;

/** Whether the Netty on the class path is one that the server works with. */
final class NettyVersion {
  private static final String OF_42 = "io/netty/channel/MultiThreadIoEventLoopGroup.class";

  private NettyVersion() {}

  /**
   * Expects Netty 4.2.
   *
   * <p>Errors: {@link IllegalStateException} that says what to change in the project; else the
   * first thing to be seen would be a class that is not found.
   */
  static void check(ClassLoader classes) {
    if (classes.getResource(OF_42) == null) {
      throw new IllegalStateException(
          "Expected Netty 4.2 on the class path, found an older one. Something in the project manages"
              + " its version: import io.netty:netty-bom:4.2.20.Final before that, in"
              + " dependencyManagement. See docs/testing.md.");
    }
  }
}
