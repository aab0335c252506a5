package io.stepwise.edge;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequestDecoder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/1.1 server.
 *
 * <pre>
 * socket ─▶ HttpRequestDecoder ─▶ Connection ─▶ Handler          (all on the connection's loop)
 *                                     ▲             │
 *        one write and flush a batch  └── Outbox ◀──┘ Responder  (from any thread)
 * </pre>
 */
public final class HttpServer implements AutoCloseable {
  private static final int HEAD_BYTES_MAX = 32 << 10;

  private final HttpServerConfig config;
  private final Loops loops;
  private final Handler handler;
  private final Map<Thread, LoopState> states = new ConcurrentHashMap<>();
  private @Nullable Channel channel;

  /** A server that hands requests to {@code handler}; it listens once started. */
  public HttpServer(HttpServerConfig config, Loops loops, Handler handler) {
    this.config = config;
    this.loops = loops;
    this.handler = handler;
  }

  /** Listens; returns the port. Errors: {@link IOException} where the port is taken. */
  public int start() throws IOException {
    var bound =
        new ServerBootstrap()
            .group(loops.group())
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, 1024)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(
                ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(1 << 20, 4 << 20))
            .childHandler(new Pipeline())
            .bind(config.host(), config.port())
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IOException(
          "Expected to listen on "
              + config.host()
              + ":"
              + config.port()
              + ", but: "
              + bound.cause().getMessage()
              + ". Stop what listens there, or choose another address or port.",
          bound.cause());
    }
    channel = bound.channel();
    return port();
  }

  /** The port it listens on. */
  public int port() {
    if (channel == null) {
      throw new IllegalStateException("Expected a started server");
    }
    return ((InetSocketAddress) channel.localAddress()).getPort();
  }

  /** Listens no more and closes the connections; the loops go on. */
  @Override
  public void close() {
    if (channel != null) {
      channel.close().awaitUninterruptibly();
    }
    for (var state : states.values()) {
      state.close();
    }
  }

  private final class Pipeline extends ChannelInitializer<SocketChannel> {
    @Override
    protected void initChannel(SocketChannel accepted) {
      var loop = accepted.eventLoop();
      var state =
          states.computeIfAbsent(
              Thread.currentThread(), thread -> new LoopState(loop, config.idle()));
      accepted
          .pipeline()
          .addLast(
              new HttpRequestDecoder(
                  new HttpDecoderConfig()
                      .setMaxInitialLineLength(16 << 10)
                      .setMaxHeaderSize(HEAD_BYTES_MAX)
                      .setMaxChunkSize(64 << 10)),
              new Connection(handler, config.bodies(), state));
    }
  }

  static long nanos(java.time.Duration duration) {
    return TimeUnit.MILLISECONDS.toNanos(duration.toMillis());
  }
}
