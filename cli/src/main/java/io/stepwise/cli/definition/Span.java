package io.stepwise.cli.definition;

/**
 * A part of one line of a file.
 *
 * @param line from 1
 * @param column of its first character, from 1
 * @param length at least 1. Units: characters
 */
public record Span(int line, int column, int length) {
  /** The first character of a file. */
  static final Span START = new Span(1, 1, 1);

  public Span {
    line = Math.max(1, line);
    column = Math.max(1, column);
    length = Math.max(1, length);
  }
}
