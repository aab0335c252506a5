package io.stepwise.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.TreeMap;
import java.util.zip.CRC32;

/**
 * Which part of a list is asked for: how many entries, and after what.
 *
 * <p>A token is URL-safe base64 of version, expiry, a hash of the operation with its other
 * arguments, the cursor, and a checksum. It is no secret; it tells honest mistakes.
 *
 * @param limit entries at most
 * @param cursor where the last page ended, in the words of the operation; empty for the first page
 */
public record Page(int limit, String cursor, byte[] scope, long nowMillis) {
  private static final int DEFAULT = 100;
  private static final byte VERSION = 1;
  private static final long VALID_MILLIS = 24 * 3_600_000L;
  private static final int SCOPE_LENGTH = 8;
  private static final int HEAD = 1 + Long.BYTES + SCOPE_LENGTH;

  /** Most entries of a page, in the table of constraints. */
  static final int LIMIT_MAX = 1_000;

  /** The members by which a page is asked for. */
  public static Member[] members() {
    return new Member[] {
      Member.whole("maxResults", 0, LIMIT_MAX), Member.text("nextToken", 1, 1024)
    };
  }

  /** The page a call asks for. Errors: InvalidToken for a token of another call, or too old. */
  public static Page of(Call call, long nowMillis) {
    var limit = call.whole("maxResults", 0);
    var scope = scope(call);
    var token = call.optionalText("nextToken");
    var cursor = token == null ? "" : open(token, scope, nowMillis);
    return new Page(limit == 0 ? DEFAULT : limit, cursor, scope, nowMillis);
  }

  /** Whether nothing was listed before. */
  public boolean isFirst() {
    return cursor.isEmpty();
  }

  /** The token of the page after this one. */
  public String next(String endedAt) {
    var text = endedAt.getBytes(StandardCharsets.UTF_8);
    var token = ByteBuffer.allocate(HEAD + text.length + Integer.BYTES);
    token.put(VERSION).putLong(nowMillis + VALID_MILLIS).put(scope).put(text);
    token.putInt(checksum(token.array(), HEAD + text.length));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(token.array());
  }

  private static String open(String token, byte[] scope, long nowMillis) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(token);
    } catch (IllegalArgumentException e) {
      throw new CommonError.InvalidToken().toException();
    }
    var end = bytes.length - Integer.BYTES;
    var valid =
        end > HEAD
            && bytes[0] == VERSION
            && ByteBuffer.wrap(bytes).getInt(end) == checksum(bytes, end)
            && ByteBuffer.wrap(bytes).getLong(1) > nowMillis
            && Arrays.equals(bytes, 1 + Long.BYTES, HEAD, scope, 0, SCOPE_LENGTH);
    if (!valid) {
      throw new CommonError.InvalidToken().toException();
    }
    return new String(bytes, HEAD, end - HEAD, StandardCharsets.UTF_8);
  }

  private static byte[] scope(Call call) {
    var arguments = new TreeMap<String, String>();
    for (var member : call.input().properties()) {
      if (!member.getKey().equals("nextToken") && !member.getKey().equals("maxResults")) {
        arguments.put(member.getKey(), member.getValue().toString());
      }
    }
    var identity = call.identity();
    var text =
        call.operation() + " " + identity.region() + " " + identity.account() + " " + arguments;
    return Arrays.copyOf(sha256(text), SCOPE_LENGTH);
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int checksum(byte[] bytes, int length) {
    var crc = new CRC32();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }
}
