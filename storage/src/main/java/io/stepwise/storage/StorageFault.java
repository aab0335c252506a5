package io.stepwise.storage;

/**
 * The store failed or holds what it must not: a fault of ours or of the machine, with a code that
 * has a page in {@code docs/errors}.
 */
public final class StorageFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;

  /** With the code of the fault, e.g. {@code SW-STORAGE-CORRUPT}. */
  public StorageFault(String code, String message) {
    super(text(code, message));
    this.code = code;
  }

  /** With a cause. */
  public StorageFault(String code, String message, Throwable cause) {
    super(text(code, message), cause);
    this.code = code;
  }

  private static String text(String code, String message) {
    var end = message.endsWith(".") ? " " : ". ";
    return code + ": " + message + end + "See docs/errors/" + code + ".md";
  }

  /** The code of the fault. */
  public String code() {
    return code;
  }
}
