package io.stepwise.cli.definition;

import io.stepwise.server.config.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads text that a user names: a file, or standard input under the name {@code -}. */
public final class TextInput {
  /** The name of standard input. */
  public static final String STANDARD_INPUT = "-";

  private TextInput() {}

  /** Why there is no text, in a sentence without its beginning: {@code it is a folder}. */
  public static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    Unreadable(String message) {
      super(message);
    }
  }

  /** The text of the file, or of standard input, without a byte order mark. */
  public static String read(String name) throws Unreadable {
    try {
      if (name.equals(STANDARD_INPUT)) {
        return decode(System.in.readAllBytes());
      }
      var path = Path.of(name);
      if (Files.isDirectory(path)) {
        throw new Unreadable("it is a folder");
      }
      return decode(Files.readAllBytes(path));
    } catch (IOException e) {
      throw new Unreadable(Reason.of(e));
    }
  }

  /** The text that the bytes are in UTF-8. */
  static String decode(byte[] bytes) throws Unreadable {
    if (startsWith(bytes, 0xfe, 0xff) || startsWith(bytes, 0xff, 0xfe)) {
      throw new Unreadable("it is text in UTF-16; save it in UTF-8");
    }
    var start = startsWith(bytes, 0xef, 0xbb, 0xbf) ? 3 : 0;
    var in = ByteBuffer.wrap(bytes, start, bytes.length - start);
    var out = CharBuffer.allocate(bytes.length + 1);
    var decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    var result = decoder.decode(in, out, true);
    if (result.isError()) {
      throw new Unreadable("it is not text in UTF-8 (see byte " + (in.position() + 1) + ")");
    }
    decoder.flush(out);
    return out.flip().toString();
  }

  private static boolean startsWith(byte[] bytes, int... mark) {
    if (bytes.length < mark.length) {
      return false;
    }
    for (var i = 0; i < mark.length; i++) {
      if ((bytes[i] & 0xff) != mark[i]) {
        return false;
      }
    }
    return true;
  }
}
