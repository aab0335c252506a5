package io.stepwise.cli.terminal;

/** The colours that commands use, each for one meaning. */
public enum Colour {
  /** Went well. */
  GREEN("\u001b[32m"),
  /** Failed. */
  RED("\u001b[1;31m"),
  /** A doubt, or a second try. */
  YELLOW("\u001b[33m"),
  /** Under way. */
  BLUE("\u001b[36m"),
  /** Less important. */
  DIM("\u001b[2m"),
  /** The thing itself. */
  BOLD("\u001b[1m");

  private final String sequence;

  Colour(String sequence) {
    this.sequence = sequence;
  }

  String sequence() {
    return sequence;
  }
}
