package io.stepwise.server;

import io.stepwise.edge.Request;
import io.stepwise.edge.Responder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;

/**
 * What a browser is shown by a server that has no pages: what this is, and where to look.
 *
 * <p>It loads nothing, runs nothing and can't be framed; nothing of the request is in it but the
 * path, escaped.
 */
final class WelcomePage {
  private static final String STYLE =
      "body{font:1rem/1.5 system-ui,sans-serif;max-width:42rem;margin:3rem auto;padding:0 1rem;"
          + "color:#1b2430;background:#fff}code,pre{font-family:ui-monospace,monospace;"
          + "background:#eef1f4;border-radius:4px;padding:.1em .3em}pre{padding:1em;overflow:auto}"
          + "@media(prefers-color-scheme:dark){body{color:#dde3ea;background:#14181d}"
          + "code,pre{background:#232a32}a{color:#8ab8ff}}";

  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; style-src 'sha256-"
              + sha256(STYLE)
              + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
          "X-Content-Type-Options",
          "nosniff",
          "Referrer-Policy",
          "no-referrer",
          "Cache-Control",
          "no-store");

  private WelcomePage() {}

  /** Whether a browser asks for a page; clients of the API never do. */
  static boolean isFor(Request request) {
    if (!request.method().equals("GET") || request.header("X-Amz-Target") != null) {
      return false;
    }
    var accept = request.header("Accept");
    return accept != null
        && (accept.contains("text/html") || request.path().equals("/favicon.ico"));
  }

  /** Shows the page at {@code /}, and elsewhere that nothing is there. */
  static void answer(Request request, Responder responder) {
    var root = request.path().equals("/");
    var page =
        html(
            root
                ? ""
                : "<p>There is nothing at <code>" + escaped(request.path()) + "</code>.</p>\n");
    responder.respond(
        root ? 200 : 404,
        "text/html; charset=utf-8",
        HEADERS,
        page.getBytes(StandardCharsets.UTF_8));
  }

  private static String html(String notice) {
    return """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Stepwise</title>
        <style>%s</style>
        </head>
        <body>
        <h1>Stepwise %s</h1>
        %s<p>AWS Step Functions that you run yourself. This address is for the AWS CLI, the SDKs and Terraform:</p>
        <pre>export AWS_ENDPOINT_URL_SFN=<i>this address</i> AWS_DISABLE_HOST_PREFIX_INJECTION=true
        aws stepfunctions list-state-machines</pre>
        <ul>
        <li><a href="/health">/health</a>: whether it takes requests, its version and storage</li>
        <li><a href="/metrics">/metrics</a>: its figures, for Prometheus</li>
        </ul>
        <p>The documents are in the folder <code>docs</code> of its source: <code>clients.md</code> for every client,
        <code>coverage.md</code> for what it does, <code>testing.md</code>, <code>operations.md</code>, and <code>errors</code>
        with a page for each code that begins with SW.</p>
        </body>
        </html>
        """
        .formatted(STYLE, escaped(Version.TEXT), notice);
  }

  static String escaped(String text) {
    var shown = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '<' -> shown.append("&lt;");
                case '>' -> shown.append("&gt;");
                case '&' -> shown.append("&amp;");
                case '"' -> shown.append("&quot;");
                case '\'' -> shown.append("&#39;");
                default -> shown.appendCodePoint(Character.isISOControl(c) ? 0xfffd : c);
              }
            });
    return shown.toString();
  }

  private static String sha256(String text) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return Base64.getEncoder()
          .encodeToString(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Expected SHA-256 in every Java", e);
    }
  }
}
