package io.stepwise.server.config;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;

/** Why reading, writing or connecting failed, in words where Java has the name of a class. */
public final class Reason {
  private Reason() {}

  /** The reason, to follow a colon: it begins in lower case and has no full stop. */
  public static String of(IOException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException) {
        return "that host is not known";
      }
    }
    return switch (e) {
      case ConnectException _ -> "nothing listens there";
      case HttpTimeoutException _ -> "it did not answer in time";
      case UnknownHostException _ -> "that host is not known";
      case ClosedChannelException _ -> "the connection was closed";
      case NoSuchFileException _ -> "there is no such file";
      case FileNotFoundException _ -> "there is no such file";
      case AccessDeniedException _ -> "there is no permission";
      case FileAlreadyExistsException _ -> "a file of that name is in the way";
      case NotDirectoryException _ -> "it is not a folder";
      case CharacterCodingException _ -> "it is not UTF-8 text";
      case FileSystemException file when file.getReason() != null -> lower(file.getReason());
      default -> other(e);
    };
  }

  /** As {@link #of}, why a folder could not be made: what is missing is what it would be in. */
  public static String ofMaking(IOException e) {
    return e instanceof NoSuchFileException ? "there is no place for it" : of(e);
  }

  private static String other(IOException e) {
    var message = e.getMessage();
    if (message == null || message.isBlank()) {
      return "it could not be read or written";
    }
    if (message.contains("header parser received no bytes")
        || message.contains("Invalid status line")
        || message.contains("protocol error")) {
      return "what answers there does not speak HTTP";
    }
    if (message.equals("Is a directory")) {
      return "it is a folder";
    }
    return lower(message);
  }

  private static String lower(String sentence) {
    return sentence.isEmpty()
        ? sentence
        : sentence.substring(0, 1).toLowerCase(Locale.ROOT) + sentence.substring(1);
  }
}
