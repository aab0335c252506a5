package io.stepwise.edge;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.stepwise.edge.Handler.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client: gathers bodies, hands requests over, and sends the answers in the order of the
 * requests, whatever order they become ready in.
 *
 * <p>Limits: {@value #PIPELINED_MAX} unanswered requests; then nothing more is read until an answer
 * has left, so a client cannot fill our memory by not reading.
 */
final class Connection extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
  private static final int PIPELINED_MAX = 64;
  private static final long SWALLOWED_MAX = 32L << 20;
  private static final byte[] NOTHING = new byte[0];
  private static final byte[] CONTINUE =
      "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final Handler handler;
  private final BodyLimit bodies;
  private final LoopState loop;
  private final ArrayDeque<Exchange> exchanges = new ArrayDeque<>();
  private @Nullable ChannelHandlerContext context;
  private @Nullable HttpRequest head;
  private byte[] body = NOTHING;
  private int bodyBytesMax;
  private int length;
  private long swallowed;
  private boolean tooLarge;
  private boolean reading;
  private boolean unflushed;
  private boolean dirty;
  private boolean ending;
  private @Nullable Exchange streaming;
  private long lastNanos = System.nanoTime();

  Connection(Handler handler, BodyLimit bodies, LoopState loop) {
    this.handler = handler;
    this.bodies = bodies;
    this.loop = loop;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
    loop.opened(this);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    loop.closed(this);
    for (var exchange : exchanges) {
      exchange.abandon();
    }
    exchanges.clear();
  }

  // ── Reading ────────────────────────────────────────────────────────────────────────────────

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    try {
      if (ending) {
        return;
      }
      reading = true;
      if (message instanceof HttpRequest request) {
        begin(request);
      }
      if (message instanceof HttpContent content && head != null) {
        gather(content);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    reading = false;
    flush();
  }

  private void begin(HttpRequest request) {
    lastNanos = System.nanoTime();
    if (request.decoderResult().isFailure()) {
      refuse(request, Refusal.MALFORMED, false);
      return;
    }
    head = request;
    bodyBytesMax = bodies.bytesMax(request.method().name(), request.uri());
    length = 0;
    swallowed = 0;
    var announced = HttpUtil.getContentLength(request, -1L);
    tooLarge = announced > bodyBytesMax;
    body = announced > 0 && !tooLarge ? new byte[(int) Math.min(announced, 64 << 10)] : NOTHING;
    if (HttpUtil.is100ContinueExpected(request)) {
      if (tooLarge) {
        refuse(request, Refusal.BODY_TOO_LARGE, false);
      } else {
        context().writeAndFlush(Unpooled.wrappedBuffer(CONTINUE));
      }
    }
  }

  private void gather(HttpContent content) {
    var request = Objects.requireNonNull(head);
    if (content.decoderResult().isFailure()) {
      refuse(request, Refusal.MALFORMED, false);
      return;
    }
    append(content.content());
    if (swallowed > SWALLOWED_MAX) {
      refuse(request, Refusal.BODY_TOO_LARGE, false);
      return;
    }
    if (content instanceof LastHttpContent) {
      lastNanos = System.nanoTime();
      head = null;
      if (tooLarge) {
        refuse(request, Refusal.BODY_TOO_LARGE, HttpUtil.isKeepAlive(request));
      } else {
        dispatch(request);
      }
    }
  }

  /** Keeps the bytes; those of a body that is too long are counted and dropped. */
  private void append(ByteBuf bytes) {
    var more = bytes.readableBytes();
    tooLarge |= length + more > bodyBytesMax;
    if (tooLarge) {
      swallowed += more;
      body = NOTHING;
      length = 0;
      return;
    }
    if (length + more > body.length) {
      body = Arrays.copyOf(body, Math.max(length + more, body.length * 2));
    }
    bytes.readBytes(body, length, more);
    length += more;
  }

  private void dispatch(HttpRequest request) {
    var whole = body.length == length ? body : Arrays.copyOf(body, length);
    body = NOTHING;
    var exchange = enter(request, HttpUtil.isKeepAlive(request));
    var asked = new Request(request.method().name(), request.uri(), request.headers(), whole);
    try {
      handler.handle(asked, exchange);
    } catch (RuntimeException e) {
      LOG.error("A handler failed", e);
      handler.refuse(
          Request.head(asked.method(), asked.uri(), request.headers()), Refusal.FAULT, exchange);
    }
  }

  private void refuse(HttpRequest request, Refusal refusal, boolean keepAlive) {
    head = null;
    body = NOTHING;
    ending = !keepAlive;
    var exchange = enter(request, keepAlive);
    handler.refuse(
        Request.head(request.method().name(), request.uri(), request.headers()), refusal, exchange);
  }

  private Exchange enter(HttpRequest request, boolean keepAlive) {
    var exchange = new Exchange(this, keepAlive, request.method().name().equals("HEAD"));
    exchanges.add(exchange);
    if (exchanges.size() == PIPELINED_MAX) {
      context().channel().config().setAutoRead(false);
    }
    return exchange;
  }

  // ── Answering ──────────────────────────────────────────────────────────────────────────────

  /** An exchange of ours has its answer; called on any thread. */
  void answered() {
    if (!loop.onLoop()) {
      loop.offer(() -> loop.dirty(this));
    } else if (loop.isDelivering()) {
      loop.dirty(this);
    } else {
      writeReady();
      if (!reading) {
        flush();
      }
    }
  }

  /** Runs a task on the loop; at once where it is given there. */
  void soon(Runnable task) {
    if (loop.onLoop()) {
      task.run();
    } else {
      loop.offer(task);
    }
  }

  /** Writes the answers whose turn it is. */
  void writeReady() {
    dirty = false;
    while (true) {
      var exchange = exchanges.peek();
      var answer = exchange == null ? null : exchange.answer();
      if (exchange == null || answer == null) {
        return;
      }
      if (answer.body() == null) {
        beginStream(exchange, answer);
        return;
      }
      exchanges.remove();
      write(exchange, answer);
    }
  }

  private void write(Exchange exchange, Exchange.Answer answer) {
    var buffer =
        ResponseEncoder.encode(
            context().alloc(), answer, exchange.keepAlive, exchange.headOnly, loop.dateLine());
    unflushed = true;
    lastNanos = System.nanoTime();
    if (exchange.keepAlive) {
      context().write(buffer, context().voidPromise());
      if (exchanges.size() == PIPELINED_MAX - 1) {
        context().channel().config().setAutoRead(true);
      }
    } else {
      ending = true;
      context().write(buffer).addListener(ChannelFutureListener.CLOSE);
    }
  }

  // ── Streams ────────────────────────────────────────────────────────────────────────────────

  /** Sends the head of an answer that goes on; nothing else is answered here any more. */
  private void beginStream(Exchange exchange, Exchange.Answer answer) {
    if (streaming == exchange) {
      return;
    }
    streaming = exchange;
    ending = true;
    unflushed = true;
    var head =
        ResponseEncoder.encode(
            context().alloc(), answer, false, exchange.headOnly, loop.dateLine());
    context().write(head, context().voidPromise());
    exchange.releaseHeld();
    if (exchange.headOnly) {
      endStream(exchange);
    }
  }

  /** Sends some more on a stream; from any thread. */
  void sendOn(Exchange exchange, byte[] bytes, Runnable sent) {
    loop.execute(
        () -> {
          if (streaming == exchange) {
            write(bytes, sent);
            flush();
          } else {
            exchange.hold(() -> write(bytes, sent)); // another answer is to leave first
          }
        });
  }

  private void write(byte[] bytes, Runnable sent) {
    unflushed = true;
    context().write(Unpooled.wrappedBuffer(bytes)).addListener(done -> sent.run());
  }

  /** Ends a stream once all before it has left; from any thread. */
  void endStream(Exchange exchange) {
    loop.execute(
        () -> {
          if (streaming == exchange) {
            context().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
          } else {
            close();
          }
        });
  }

  /** Sends what was written. */
  void flush() {
    if (unflushed) {
      unflushed = false;
      context().flush();
    }
  }

  /** Notes that answers wait here; returns whether that is news. */
  boolean markDirty() {
    var news = !dirty;
    dirty = true;
    return news;
  }

  // ── Ending ─────────────────────────────────────────────────────────────────────────────────

  /** Closes the connection if it has only been resting, or dribbling, for too long. */
  void closeIfIdle(long now, long idleNanos) {
    if (now - lastNanos > idleNanos && (exchanges.isEmpty() || head != null)) {
      close();
    }
  }

  void close() {
    context().close();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    LOG.debug("A connection failed", cause);
    ctx.close();
  }

  private ChannelHandlerContext context() {
    return Objects.requireNonNull(context);
  }
}
