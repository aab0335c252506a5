package io.stepwise.testkit.junit;

import io.stepwise.server.config.ServerConfig;
import java.net.URI;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import software.amazon.awssdk.services.sfn.SfnClient;

/**
 * Starts a server for the tests of a class, empties it before each of them, and hands it to them.
 *
 * <pre>{@code
 * @ExtendWith(StepwiseExtension.class)
 * class OrderFlowTest {
 *   @Test
 *   void remindsAfterAWeek(SfnClient sfn, Stepwise stepwise) throws InterruptedException {
 *     …
 *   }
 * }
 * }</pre>
 *
 * <p>Parameters of tests and of methods around them may be a {@link Stepwise}, an {@link
 * SfnClient}, a {@link TestClock}, or the {@link URI} of the endpoint. A server that must be told
 * something is registered by {@code @RegisterExtension static final StepwiseExtension stepwise =
 * new StepwiseExtension(config)}.
 */
public final class StepwiseExtension
    implements BeforeAllCallback, BeforeEachCallback, ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(StepwiseExtension.class);

  private final ServerConfig config;

  /** For a server in memory with a virtual clock. */
  public StepwiseExtension() {
    this(ServerConfig.builder().clock(ServerConfig.ClockKind.VIRTUAL).build());
  }

  /** For a server that is told something. */
  public StepwiseExtension(ServerConfig config) {
    this.config = config;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    // The store closes it after the last test of the class.
    context
        .getStore(NAMESPACE)
        .computeIfAbsent(Stepwise.class, key -> Stepwise.start(config), Stepwise.class);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    stepwise(context).reset();
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    var type = parameter.getParameter().getType();
    return type == Stepwise.class
        || type == SfnClient.class
        || type == TestClock.class
        || type == URI.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    var stepwise = stepwise(context);
    var type = parameter.getParameter().getType();
    if (type == SfnClient.class) {
      return stepwise.client();
    } else if (type == TestClock.class) {
      return stepwise.clock();
    } else if (type == URI.class) {
      return stepwise.endpoint();
    }
    return stepwise;
  }

  private Stepwise stepwise(ExtensionContext context) {
    var stepwise = context.getStore(NAMESPACE).get(Stepwise.class, Stepwise.class);
    if (stepwise == null) {
      throw new IllegalStateException(
          "Expected StepwiseExtension on the class or in a static field, not in an instance's");
    }
    return stepwise;
  }
}
