package io.stepwise.connectors.aws.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A request before it has a host and a signature. In the making; belongs to one thread. */
public final class WireRequest {
  private static final byte[] NOTHING = {};

  private final String method;
  private String path = "/";
  private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final List<Field> query = new ArrayList<>();
  private byte[] body = NOTHING;

  /** A name and a value, as they are before they are encoded. */
  public record Field(String name, String value) {}

  WireRequest(String method) {
    this.method = method;
  }

  /** The method of HTTP. */
  public String method() {
    return method;
  }

  /** The path, encoded. */
  public String path() {
    return path;
  }

  void path(String path) {
    this.path = path;
  }

  /** The headers, by name in any case. To be added to. */
  public Map<String, String> headers() {
    return headers;
  }

  /** The fields of the query. */
  public List<Field> query() {
    return query;
  }

  /** The body; not to be changed. */
  public byte[] body() {
    return body;
  }

  void body(byte[] body, String contentType) {
    this.body = body;
    headers.putIfAbsent("Content-Type", contentType);
  }
}
