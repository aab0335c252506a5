package io.stepwise.edge;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/1.1 client: asynchronous, with a pool of connections for each origin. Thousands of
 * requests may wait for their answers; none of them holds a thread.
 *
 * <p>It has a loop of its own, and names are looked up beside it, so that nothing an endpoint does
 * holds up who is served here. Names and values of headers are checked: what is no header never
 * reaches the wire.
 *
 * <p>Limits: a response of {@value #RESPONSE_BYTES_MAX} bytes. Confinement: a pool belongs to one
 * loop, so nothing here is locked. Source: docs/decisions/0009-edge-and-outgoing-calls.md.
 */
public final class HttpClient implements AutoCloseable {
  /** Longest response taken. Units: bytes. */
  public static final int RESPONSE_BYTES_MAX = 8 << 20;

  private static final int CONNECT_MILLIS = 10_000;

  private final Loops loops = new Loops(1, "outgoing");
  private final HostNames names;
  private final Map<EventLoop, Map<Origin, ConnectionPool<Call>>> pools = new ConcurrentHashMap<>();
  private @Nullable SslContext tls;

  /** A client that finds hosts as the JVM does. */
  public HttpClient() {
    this(InetAddress::getByName);
  }

  /** A client that finds hosts in a way of the caller's. */
  HttpClient(HostNames.Resolver resolver) {
    this.names = new HostNames(resolver);
  }

  /** An answer with its whole body, whatever its status. */
  public static final class Response {
    private final int status;
    private final HttpHeaders headers;
    private final byte[] body;

    Response(int status, HttpHeaders headers, byte[] body) {
      this.status = status;
      this.headers = headers;
      this.body = body;
    }

    /** The HTTP status. */
    public int status() {
      return status;
    }

    /** The first header of that name, in any case; null where there is none. */
    public @Nullable String header(String name) {
      return headers.get(name);
    }

    /** Visits all headers in the order sent. */
    public void headers(BiConsumer<String, String> visitor) {
      for (var entry : headers) {
        visitor.accept(entry.getKey(), entry.getValue());
      }
    }

    /** The body; not to be changed. */
    public byte[] body() {
      return body;
    }
  }

  private record Origin(String host, int port, boolean tls) {}

  /**
   * Sends a request. The future fails with {@link IOException} where there is no answer, with
   * {@link TimeoutException} where it takes too long, and with {@link IllegalArgumentException}
   * where a header has a name or a value that none may have. The connection is given up then, and
   * where the future is cancelled.
   */
  public CompletableFuture<Response> send(
      String method, URI uri, Map<String, String> headers, byte[] body, Duration timeout) {
    var result = new CompletableFuture<Response>();
    var tls = "https".equalsIgnoreCase(uri.getScheme());
    var host = uri.getHost();
    if (host == null || !(tls || "http".equalsIgnoreCase(uri.getScheme()))) {
      result.completeExceptionally(
          new IOException("Expected an http or https address with a host, got " + uri));
      return result;
    }
    var port = uri.getPort() > 0 ? uri.getPort() : (tls ? 443 : 80);
    var origin = new Origin(host, port, tls);
    HttpHeaders checked;
    try {
      checked = headers(origin, headers, body.length);
    } catch (IllegalArgumentException e) {
      result.completeExceptionally(e);
      return result;
    }
    var loop = loops.next();
    var call = new Call(loop, origin, method, target(uri), checked, body, result);
    loop.execute(() -> call.begin(timeout));
    return result;
  }

  private static HttpHeaders headers(Origin origin, Map<String, String> headers, int bodyBytes) {
    var all = DefaultHttpHeadersFactory.headersFactory().newHeaders();
    all.set(HttpHeaderNames.HOST, origin.host() + ":" + origin.port());
    headers.forEach(all::set);
    all.set(HttpHeaderNames.CONTENT_LENGTH, bodyBytes);
    return all;
  }

  /** Stops its threads; calls under way are given up. */
  @Override
  public void close() {
    loops.close();
    names.close();
  }

  /**
   * Made once: it reads all the certificates that the machine trusts. Called by lookups' threads.
   */
  private synchronized SslContext tls() throws SSLException {
    if (tls == null) {
      tls = SslContextBuilder.forClient().build();
    }
    return tls;
  }

  private static String target(URI uri) {
    var path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
  }

  private ConnectionPool<Call> pool(EventLoop loop, Origin origin) {
    return pools
        .computeIfAbsent(loop, key -> new HashMap<>())
        .computeIfAbsent(origin, key -> new ConnectionPool<>(loop));
  }

  /** One request on its way; confined to its loop. */
  private final class Call implements ClientExchange.Listener {
    private final EventLoop loop;
    private final Origin origin;
    private final String method;
    private final String target;
    private final HttpHeaders headers;
    private final byte[] body;
    private final CompletableFuture<Response> result;
    private @Nullable Channel channel;
    private boolean pooled;

    Call(
        EventLoop loop,
        Origin origin,
        String method,
        String target,
        HttpHeaders headers,
        byte[] body,
        CompletableFuture<Response> result) {
      this.loop = loop;
      this.origin = origin;
      this.method = method;
      this.target = target;
      this.headers = headers;
      this.body = body;
      this.result = result;
    }

    void begin(Duration timeout) {
      var timer =
          loop.schedule(
              () -> fail(new TimeoutException("No answer within " + timeout)),
              timeout.toMillis(),
              TimeUnit.MILLISECONDS);
      result.whenComplete(
          (response, failure) -> {
            timer.cancel(false);
            if (result.isCancelled()) {
              loop.execute(this::closeChannel);
            }
          });
      var pool = pool(loop, origin);
      var known = pool.take();
      if (known != null) {
        pooled = true;
        write(known);
      } else if (pool.mayConnect()) {
        connect();
      } else {
        pool.await(this);
      }
    }

    private void connect() {
      pooled = false;
      pool(loop, origin).connecting();
      names
          .lookUp(origin.host())
          .thenApply(address -> new Route(new InetSocketAddress(address, origin.port()), context()))
          .whenCompleteAsync(
              (route, failure) -> {
                if (failure == null) {
                  connect(route);
                } else {
                  connected(null, failure);
                }
              },
              loop);
    }

    private void connect(Route route) {
      var connecting =
          new Bootstrap()
              .group(loop)
              .channel(NioSocketChannel.class)
              .option(ChannelOption.TCP_NODELAY, true)
              .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
              .handler(new Pipeline(origin, route.tls()))
              .connect(route.address());
      connecting.addListener(
          done -> connected(done.isSuccess() ? connecting.channel() : null, done.cause()));
    }

    private void connected(@Nullable Channel connected, @Nullable Throwable failure) {
      pool(loop, origin).connected();
      if (connected != null) {
        write(connected);
      } else {
        fail(new IOException(reason(failure), failure));
      }
      connectNext();
    }

    private @Nullable SslContext context() {
      try {
        return origin.tls() ? tls() : null;
      } catch (SSLException e) {
        throw new CompletionException(e);
      }
    }

    /** Opens a connection for whoever has waited longest, where more may be opened now. */
    private void connectNext() {
      var pool = pool(loop, origin);
      while (pool.mayConnect()) {
        var next = pool.nextWaiting();
        if (next == null) {
          return;
        }
        if (!next.result.isDone()) {
          next.connect();
        }
      }
    }

    /** Hands a connection that is free again to whoever has waited longest, or lets it rest. */
    private void release(Channel free) {
      var pool = pool(loop, origin);
      for (var next = pool.nextWaiting(); next != null; next = pool.nextWaiting()) {
        if (!next.result.isDone()) {
          next.pooled = true;
          next.write(free);
          return;
        }
      }
      pool.rest(free);
    }

    private void write(Channel connected) {
      channel = connected;
      if (result.isDone()) {
        closeChannel();
        return;
      }
      connected.pipeline().get(ClientExchange.class).begin(this);
      var request =
          new DefaultFullHttpRequest(
              HttpVersion.HTTP_1_1,
              HttpMethod.valueOf(method),
              target,
              Unpooled.wrappedBuffer(body),
              headers,
              EmptyHttpHeaders.INSTANCE);
      connected.writeAndFlush(request);
    }

    @Override
    public void answered(Response response, boolean reusable) {
      var connected = channel;
      channel = null;
      if (connected != null) {
        if (reusable) {
          release(connected);
        } else {
          connected.close();
          connectNext();
        }
      }
      result.complete(response);
    }

    @Override
    public void broken(Throwable cause, boolean answerBegan) {
      channel = null;
      if (pooled && !answerBegan && !result.isDone()) {
        connect(); // the server had closed the resting connection: nothing was processed
      } else {
        fail(new IOException(String.valueOf(cause.getMessage()), cause));
      }
    }

    private void fail(Exception failure) {
      result.completeExceptionally(failure);
      closeChannel();
    }

    private void closeChannel() {
      var connected = channel;
      channel = null;
      if (connected != null) {
        connected.pipeline().get(ClientExchange.class).abandon();
        connected.close();
      }
    }
  }

  /** Where a connection goes, and how it is protected. */
  private record Route(InetSocketAddress address, @Nullable SslContext tls) {}

  private static String reason(@Nullable Throwable failure) {
    var cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return cause instanceof UnknownHostException
        ? "Unknown host: " + cause.getMessage()
        : String.valueOf(cause == null ? null : cause.getMessage());
  }

  private static final class Pipeline extends ChannelInitializer<SocketChannel> {
    private final Origin origin;
    private final @Nullable SslContext tls;

    Pipeline(Origin origin, @Nullable SslContext tls) {
      this.origin = origin;
      this.tls = tls;
    }

    @Override
    protected void initChannel(SocketChannel channel) {
      if (tls != null) {
        channel.pipeline().addLast(tls.newHandler(channel.alloc(), origin.host(), origin.port()));
      }
      channel.pipeline().addLast(new HttpClientCodec(), new ClientExchange(RESPONSE_BYTES_MAX));
    }
  }
}
