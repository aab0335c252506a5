package io.stepwise.edge;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** One HTTP request with its whole body. */
public final class Request {
  private static final byte[] NOTHING = new byte[0];

  private final String method;
  private final String uri;
  private final HttpHeaders headers;
  private final byte[] body;

  Request(String method, String uri, HttpHeaders headers, byte[] body) {
    this.method = method;
    this.uri = uri;
    this.headers = headers;
    this.body = body;
  }

  /** A request that came by another way than the network. */
  public static Request of(String method, String uri, Map<String, String> headers, byte[] body) {
    var all = new DefaultHttpHeaders();
    headers.forEach(all::add);
    return new Request(method, uri, all, body);
  }

  static Request head(String method, String uri, HttpHeaders headers) {
    return new Request(method, uri, headers, NOTHING);
  }

  /** The method, in upper case, e.g. {@code POST}. */
  public String method() {
    return method;
  }

  /** The request target as sent: path and query. */
  public String uri() {
    return uri;
  }

  /** The path, without the query, as sent. */
  public String path() {
    var query = uri.indexOf('?');
    return query < 0 ? uri : uri.substring(0, query);
  }

  /** The query without its question mark; empty where there is none. */
  public String query() {
    var query = uri.indexOf('?');
    return query < 0 ? "" : uri.substring(query + 1);
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

  /** The body as UTF-8 text. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
