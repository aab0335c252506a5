package io.stepwise.expression;

/**
 * Text that has every look at one of its characters paid for, so that a regular expression can't
 * search for longer than its evaluation may work.
 *
 * @param meter pays for one look; what it throws ends the search
 */
public record MeteredText(CharSequence text, Runnable meter) implements CharSequence {
  @Override
  public char charAt(int index) {
    meter.run();
    return text.charAt(index);
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return new MeteredText(text.subSequence(start, end), meter);
  }

  /** The text itself, unpaid. */
  @Override
  public String toString() {
    return text.toString();
  }
}
