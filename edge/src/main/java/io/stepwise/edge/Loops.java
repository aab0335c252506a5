package io.stepwise.edge;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.TimeUnit;

/** The few threads that move bytes. Nothing may block them. */
public final class Loops implements AutoCloseable {
  private final EventLoopGroup group;

  /** Starts {@code count} loops; one or two are enough for a machine. */
  public Loops(int count) {
    this(count, "edge");
  }

  /** As above, with threads of that name. */
  Loops(int count, String name) {
    group =
        new MultiThreadIoEventLoopGroup(
            count, new DefaultThreadFactory(name, true), NioIoHandler.newFactory());
  }

  EventLoopGroup group() {
    return group;
  }

  EventLoop next() {
    return group.next();
  }

  /** Stops the loops; open connections are closed. */
  @Override
  public void close() {
    group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(3, TimeUnit.SECONDS);
  }
}
