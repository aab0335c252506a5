package io.stepwise.server;

import io.stepwise.edge.Handler;
import io.stepwise.edge.Request;
import io.stepwise.edge.Responder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The console's files, for browsers.
 *
 * <p>They are read once, at the first request and off the loop, and looked up by their whole path:
 * what was not there then is not there, so no path leads out of the folder. Files below {@code
 * assets} carry a hash of their content in their name and may be kept for ever; the page may be
 * kept but is asked for each time. A file {@code x.gz} is {@code x}, packed by the build.
 *
 * <pre>
 * /                              the page
 * /state-machines…               the page, which looks at the path itself
 * /executions…, /map-runs…, …    the page
 * /assets/…, /favicon.svg        the file, or 404
 * </pre>
 */
final class ConsoleFiles implements Handler {
  private static final Logger LOG = LoggerFactory.getLogger(ConsoleFiles.class);
  private static final List<String> PAGES =
      List.of(
          "/state-machines",
          "/executions",
          "/map-runs",
          "/activities",
          "/monitoring",
          "/test-state");
  private static final byte[] NOTHING = new byte[0];
  private static final String PAGE = "/index.html";

  /**
   * Everything from here and nothing from elsewhere; no script and no style but those of files.
   *
   * <p>Source: W3C, Content Security Policy Level 3.
   */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self';"
          + " connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'none'";

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml",
          "png", "image/png",
          "woff2", "font/woff2",
          "json", "application/json");

  private final Path folder;
  private @Nullable Map<String, Asset> assets;

  /** Shows what was built in that folder. */
  ConsoleFiles(Path folder) {
    this.folder = folder;
  }

  /** Whether a browser asks for a page or a file of the console; clients of the API never do. */
  static boolean isFor(Request request) {
    if (request.header("X-Amz-Target") != null) {
      return false;
    }
    var path = request.path();
    return switch (request.method()) {
      case "GET", "HEAD" -> isFile(path) || (isPage(path) && has(request, "Accept", "text/html"));
      default -> false;
    };
  }

  private static boolean has(Request request, String header, String part) {
    var value = request.header(header);
    return value != null && value.contains(part);
  }

  /** Whether the console shows something at that path. */
  static boolean isPage(String path) {
    return path.equals("/") || PAGES.stream().anyMatch(page -> isBelow(path, page));
  }

  private static boolean isFile(String path) {
    return path.startsWith("/assets/") || path.equals("/favicon.svg");
  }

  private static boolean isBelow(String path, String page) {
    return path.startsWith(page)
        && (path.length() == page.length() || path.charAt(page.length()) == '/');
  }

  @Override
  public void handle(Request request, Responder responder) {
    Thread.startVirtualThread(() -> answer(request, responder));
  }

  private void answer(Request request, Responder responder) {
    Asset asset;
    try {
      asset = assets().get(isFile(request.path()) ? request.path() : PAGE);
    } catch (UncheckedIOException e) {
      LOG.warn("The console can't be read from {}", folder, e);
      WelcomePage.answer(request, responder);
      return;
    }
    if (asset == null) {
      responder.respond(404, "text/plain; charset=utf-8", "There is no such file.");
      return;
    }
    var headers = new HashMap<String, String>();
    headers.put("Content-Security-Policy", POLICY);
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put("Referrer-Policy", "no-referrer");
    headers.put("Cross-Origin-Opener-Policy", "same-origin");
    headers.put("Cross-Origin-Resource-Policy", "same-origin");
    headers.put("Vary", "Accept-Encoding");
    headers.put(
        "Cache-Control", asset.isHashed() ? "public, max-age=31536000, immutable" : "no-cache");
    headers.put("ETag", asset.tag());
    if (asset.tag().equals(request.header("If-None-Match"))) {
      responder.respond(304, null, headers, NOTHING);
      return;
    }
    var packed = asset.packed();
    if (packed != null && has(request, "Accept-Encoding", "gzip")) {
      headers.put("Content-Encoding", "gzip");
      responder.respond(200, asset.type(), headers, packed);
    } else {
      responder.respond(200, asset.type(), headers, asset.plain());
    }
  }

  private synchronized Map<String, Asset> assets() {
    var known = assets;
    if (known == null) {
      known = read();
      assets = known;
    }
    return known;
  }

  private Map<String, Asset> read() {
    var found = new HashMap<String, Asset>();
    try (var files = Files.walk(folder)) {
      for (var file : (Iterable<Path>) files::iterator) {
        var type = TYPES.get(extension(file));
        if (type == null || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          continue;
        }
        var path = "/" + folder.relativize(file).toString().replace('\\', '/');
        var plain = Files.readAllBytes(file);
        var packed = file.resolveSibling(file.getFileName() + ".gz");
        found.put(
            path,
            new Asset(
                type,
                plain,
                Files.isRegularFile(packed, LinkOption.NOFOLLOW_LINKS)
                    ? Files.readAllBytes(packed)
                    : null,
                tag(plain),
                path.startsWith("/assets/")));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Map.copyOf(found);
  }

  private static String extension(Path file) {
    var name = file.toString();
    return name.substring(name.lastIndexOf('.') + 1);
  }

  private static String tag(byte[] content) {
    var sum = new CRC32C();
    sum.update(content);
    return "\""
        + HexFormat.of().toHexDigits((int) sum.getValue())
        + HexFormat.of().toHexDigits(content.length)
        + "\"";
  }

  /** A file as it is sent. */
  private record Asset(
      String type, byte[] plain, byte @Nullable [] packed, String tag, boolean isHashed) {}
}
