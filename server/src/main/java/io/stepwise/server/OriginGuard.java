package io.stepwise.server;

import io.stepwise.edge.Handler;
import io.stepwise.edge.Request;
import io.stepwise.edge.Responder;
import io.stepwise.expression.Json;
import java.net.URI;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keeps web pages of others out. A page may send requests to this machine, and after it has given
 * its own name this machine's address it may read the answers as well; so a request must be meant
 * for a name that nobody can buy, and must not come from another page.
 *
 * <pre>
 * Host             an IP address · localhost or below it · a name without a dot · a name of AWS's,
 *                  each with or without sync-, or one of the allowed
 * Origin           none · this very host · one of the allowed
 * Sec-Fetch-Site   anything but cross-site; but following a link to a page is no harm
 * </pre>
 *
 * <p>Clients that are no browsers send none of the last two, and a name of the first kind.
 *
 * <p>Source: OWASP on DNS rebinding; Fetch Standard; W3C, Fetch Metadata Request Headers.
 */
final class OriginGuard implements Handler {
  private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
  private static final Pattern AWS =
      Pattern.compile(
          "([a-z0-9-]+\\.)+(amazonaws\\.com(\\.cn)?|api\\.aws|amazonwebservices\\.com\\.cn)");
  private static final Pattern TOKENS = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~, -]*");

  /** Longest name of a host. Source: RFC 1035. */
  private static final int NAME_MAX = 253;

  private final Handler guarded;
  private final Set<String> hosts;
  private final Set<String> origins;

  /** The header that was found to be fine last: nearly always the next one too. */
  private volatile String lastHost = "127.0.0.1";

  /**
   * Before {@code guarded}.
   *
   * @param hosts names allowed beside those above, in lower case, without a port
   * @param origins origins allowed beside this host, as browsers send them
   */
  OriginGuard(Handler guarded, Set<String> hosts, Set<String> origins) {
    this.guarded = guarded;
    this.hosts = Set.copyOf(hosts);
    this.origins = Set.copyOf(origins);
  }

  @Override
  public void handle(Request request, Responder responder) {
    var host = request.header("Host");
    if (host != null && !host.equals(lastHost)) {
      if (!isOurs(name(host))) {
        refuse(
            request,
            responder,
            "The request is for the host '"
                + shown(host)
                + "', which is no name of this server. If it is: start it with --allow-host "
                + shown(name(host)));
        return;
      }
      lastHost = host;
    }
    var origin = request.header("Origin");
    if (origin != null && origins.contains(origin)) {
      answerOrigin(request, origin, responder);
      return;
    }
    if (origin != null && !isOf(origin, host)) {
      refuse(
          request,
          responder,
          "The request comes from a web page of '"
              + shown(origin)
              + "'. To let it: start this server with --allow-origin "
              + shown(origin));
      return;
    }
    if ("cross-site".equals(request.header("Sec-Fetch-Site")) && !isVisit(request)) {
      refuse(
          request,
          responder,
          "The request comes from a web page of another site. To let it: start this server with"
              + " --allow-origin and the origin of that page");
      return;
    }
    guarded.handle(request, responder);
  }

  @Override
  public void refuse(Request head, Refusal refusal, Responder responder) {
    guarded.refuse(head, refusal, responder);
  }

  private boolean isOurs(String name) {
    var plain = name.startsWith("sync-") ? name.substring("sync-".length()) : name;
    return plain.startsWith("[")
        || plain.indexOf('.') < 0
        || (plain.length() <= NAME_MAX && isKnown(name, plain));
  }

  private boolean isKnown(String name, String plain) {
    return IPV4.matcher(plain).matches()
        || plain.endsWith(".localhost")
        || AWS.matcher(plain).matches()
        || hosts.contains(name)
        || hosts.contains(plain);
  }

  /** A host in lower case, without its port, and without the dot that may end a name. */
  private static String name(String host) {
    var end = host.startsWith("[") ? host.indexOf(']') + 1 : host.indexOf(':');
    var name = (end <= 0 ? host : host.substring(0, end)).toLowerCase(Locale.ROOT);
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }

  private static boolean isOf(String origin, @Nullable String host) {
    if (host == null) {
      return false;
    }
    try {
      var uri = URI.create(origin);
      var authority = uri.getRawAuthority();
      return authority != null
          && (authority.equalsIgnoreCase(host)
              || (authority + ("https".equals(uri.getScheme()) ? ":443" : ":80"))
                  .equalsIgnoreCase(host));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Whether somebody follows a link to a page of the console, or writes its address. */
  private static boolean isVisit(Request request) {
    return request.method().equals("GET")
        && ConsoleFiles.isPage(request.path())
        && "navigate".equals(request.header("Sec-Fetch-Mode"))
        && "document".equals(request.header("Sec-Fetch-Dest"));
  }

  /** Lets a page of an allowed origin read the answer. Source: Fetch Standard, CORS protocol. */
  private void answerOrigin(Request request, String origin, Responder responder) {
    var allowed = new HashMap<String, String>();
    allowed.put("Access-Control-Allow-Origin", origin);
    allowed.put("Vary", "Origin");
    if (request.method().equals("OPTIONS")) {
      var headers = request.header("Access-Control-Request-Headers");
      allowed.put("Access-Control-Allow-Methods", "GET, HEAD, POST, PUT, DELETE, PATCH");
      if (headers != null && TOKENS.matcher(headers).matches()) {
        allowed.put("Access-Control-Allow-Headers", headers);
      }
      responder.respond(204, null, allowed, new byte[0]);
      return;
    }
    allowed.put("Access-Control-Expose-Headers", "*");
    guarded.handle(
        request,
        new Responder() {
          @Override
          public void respond(
              int status, @Nullable String contentType, Map<String, String> headers, byte[] body) {
            var all = new HashMap<>(headers);
            all.putAll(allowed);
            responder.respond(status, contentType, all, body);
          }

          @Override
          public Stream stream(int status, String contentType, Map<String, String> headers) {
            var all = new HashMap<>(headers);
            all.putAll(allowed);
            return responder.stream(status, contentType, all);
          }

          @Override
          public void soon(Runnable task) {
            responder.soon(task);
          }

          @Override
          public void onClose(Runnable action) {
            responder.onClose(action);
          }
        });
  }

  /** In the form of the service that was asked. */
  private static void refuse(Request request, Responder responder, String message) {
    var body = Json.nodes().objectNode();
    if (request.header("X-Amz-Target") == null) {
      responder.respond(403, "application/json", Json.print(body.put("message", message)));
      return;
    }
    body.put("__type", "AccessDeniedException").put("message", message);
    responder.respond(
        403,
        "application/x-amz-json-1.0",
        Map.of("x-amzn-RequestId", UUID.randomUUID().toString()),
        Json.printUtf8(body));
  }

  /** What somebody sent, fit to be shown. */
  private static String shown(String text) {
    var printable = text.replaceAll("[^\\x21-\\x7e]", "?");
    return printable.length() > 260 ? printable.substring(0, 260) : printable;
  }
}
