package io.stepwise.jsonata.syntax;

import io.stepwise.jsonata.regex.RegexFunction;
import org.jspecify.annotations.Nullable;

/**
 * A token: its kind, its text, and the half open range of the expression it was read from.
 *
 * @param text name, decoded string, or the operator itself; flags follow the pattern of a regex
 * @param number the value of a number
 * @param regex the compiled regular expression
 */
record Token(
    Kind kind, String text, double number, @Nullable RegexFunction regex, int start, int end) {
  /** What a token is. */
  enum Kind {
    NAME,
    VARIABLE,
    OPERATOR,
    STRING,
    NUMBER,
    VALUE,
    REGEX,
    END
  }

  boolean is(String operator) {
    return kind == Kind.OPERATOR && text.equals(operator);
  }

  boolean isEnd() {
    return kind == Kind.END;
  }
}
