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
    super(code + ": " + message);
    this.code = code;
  }

  /** With a cause. */
  public StorageFault(String code, String message, Throwable cause) {
    super(code + ": " + message, cause);
    this.code = code;
  }

  /** The code of the fault. */
  public String code() {
    return code;
  }
}
