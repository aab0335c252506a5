package io.stepwise.connectors.s3;

import io.stepwise.edge.HttpClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.concurrent.ExecutionException;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** Objects of an S3, or of what speaks its protocol, by path-style addresses. */
public final class S3 implements ObjectStore {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final URI endpoint;
  private final HttpClient http;
  private final Signer signer;

  /** Gives a request the headers that prove who sends it. */
  @FunctionalInterface
  public interface Signer {
    /** Proves nothing: for an S3 that asks for no proof. */
    Signer NONE = (method, uri, headers) -> headers;

    /** The headers to send with a request without a body. */
    Map<String, String> sign(String method, URI uri, Map<String, String> headers);
  }

  /** The S3 at {@code endpoint}. */
  public S3(URI endpoint, HttpClient http, Signer signer) {
    this.endpoint = endpoint;
    this.http = http;
    this.signer = signer;
  }

  @Override
  public Part read(ObjectName name, String etag, long from, int length)
      throws ObjectStoreException {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Range", "bytes=" + from + "-" + (from + length - 1));
    if (!etag.isEmpty()) {
      headers.put("If-Match", etag);
    }
    Map<String, String> query = new LinkedHashMap<>();
    name.version().ifPresent(version -> query.put("versionId", version));
    var response = get(name.bucket() + "/" + path(name.key()), query, headers);
    var found = Optional.ofNullable(response.header("ETag")).orElse("");
    return switch (response.status()) {
      case 206 -> new Part(response.body(), sizeOf(response), found);
      // The whole object, from one who knows no ranges.
      case 200 -> {
        var body = response.body();
        var start = (int) Math.min(from, body.length);
        var end = (int) Math.min((long) start + length, body.length);
        yield new Part(Arrays.copyOfRange(body, start, end), body.length, found);
      }
      case 416 -> new Part(new byte[0], from, found);
      default -> throw refusal(response);
    };
  }

  private static long sizeOf(HttpClient.Response response) throws ObjectStoreException {
    var range = response.header("Content-Range");
    try {
      return Long.parseLong(range == null ? "" : range.substring(range.lastIndexOf('/') + 1));
    } catch (NumberFormatException e) {
      throw new ObjectStoreException("S3 answered with the Content-Range '" + range + "'.");
    }
  }

  @Override
  public Listing list(String bucket, String prefix, Optional<String> from, int max)
      throws ObjectStoreException {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("list-type", "2");
    query.put("max-keys", Integer.toString(max));
    if (!prefix.isEmpty()) {
      query.put("prefix", prefix);
    }
    from.ifPresent(token -> query.put("continuation-token", token));
    var response = get(bucket, query, Map.of());
    if (response.status() != 200) {
      throw refusal(response);
    }
    var root = parse(response.body());
    if (root == null) {
      throw new ObjectStoreException("S3 answered with a listing that is not XML.");
    }
    var objects = new ArrayList<Listed>();
    for (var entry : children(root, "Contents")) {
      objects.add(listed(entry));
    }
    var next = text(root, "NextContinuationToken");
    return new Listing(objects, next.isEmpty() ? Optional.empty() : Optional.of(next));
  }

  private static Listed listed(Element entry) throws ObjectStoreException {
    try {
      var modified = Instant.parse(text(entry, "LastModified"));
      var storageClass = text(entry, "StorageClass");
      return new Listed(
          text(entry, "Key"),
          text(entry, "ETag"),
          modified.getEpochSecond() + modified.getNano() / 1e9,
          Long.parseLong(text(entry, "Size")),
          storageClass.isEmpty() ? "STANDARD" : storageClass);
    } catch (RuntimeException e) {
      throw new ObjectStoreException("S3 answered with a listing that can't be read.");
    }
  }

  // ── Requests and answers ───────────────────────────────────────────────────────────────────

  private HttpClient.Response get(
      String path, Map<String, String> query, Map<String, String> headers)
      throws ObjectStoreException {
    var parameters = new StringJoiner("&");
    query.forEach((name, value) -> parameters.add(name + "=" + encode(value)));
    var base = endpoint.toString().replaceAll("/+$", "");
    URI uri;
    try {
      uri = URI.create(base + "/" + path + (query.isEmpty() ? "" : "?" + parameters));
    } catch (IllegalArgumentException e) {
      throw new ObjectStoreException("The specified bucket is not valid.");
    }
    try {
      return http.send("GET", uri, signer.sign("GET", uri, headers), new byte[0], TIMEOUT).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ObjectStoreException("Reading was given up.");
    } catch (ExecutionException e) {
      throw new ObjectStoreException(
          "Unable to execute HTTP request: " + e.getCause() + " (Service: S3)");
    }
  }

  /** A key as part of a path: every byte but those that URLs leave as they are, and the slash. */
  private static String path(String key) {
    return encode(key).replace("%2F", "/");
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }

  /** In the words of AWS's SDK. */
  private static ObjectStoreException refusal(HttpClient.Response response) {
    var root = parse(response.body());
    var message = root == null ? "" : text(root, "Message");
    var requestId = Optional.ofNullable(response.header("x-amz-request-id")).orElse("null");
    return new ObjectStoreException(
        (message.isEmpty() ? "S3 answered with status " + response.status() : message)
            + " (Service: S3, Status Code: "
            + response.status()
            + ", Request ID: "
            + requestId
            + ")");
  }

  private static @Nullable Element parse(byte[] xml) {
    try {
      var factory = DocumentBuilderFactory.newInstance();
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      factory.setExpandEntityReferences(false);
      var builder = factory.newDocumentBuilder();
      builder.setErrorHandler(null);
      Document document = builder.parse(new ByteArrayInputStream(xml));
      return document.getDocumentElement();
    } catch (ParserConfigurationException | SAXException | IOException e) {
      return null;
    }
  }

  private static List<Element> children(Element parent, String name) {
    var found = new ArrayList<Element>();
    for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (child instanceof Element element && element.getTagName().equals(name)) {
        found.add(element);
      }
    }
    return found;
  }

  private static String text(Element parent, String name) {
    var found = children(parent, name);
    return found.isEmpty() ? "" : found.getFirst().getTextContent();
  }
}
