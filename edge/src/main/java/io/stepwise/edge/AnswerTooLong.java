package io.stepwise.edge;

import java.io.IOException;

/** An answer that is longer than the client takes. */
public final class AnswerTooLong extends IOException {
  private static final long serialVersionUID = 1;

  AnswerTooLong(int bytesMax) {
    super("Expected an answer of at most " + bytesMax + " bytes");
  }
}
