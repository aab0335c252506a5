package io.stepwise.services.states.resource;

import io.stepwise.services.states.resource.StatesError.InvalidName;

/** What a state machine, an execution or an activity may be called. */
public final class Names {
  private static final String FORBIDDEN = "<>{}[]?*\"#%\\^|~`$&,;:/";

  private Names() {}

  /** Returns the name. Errors: InvalidName where a character of it is forbidden. */
  public static String check(String name) {
    for (var i = 0; i < name.length(); i++) {
      if (isForbidden(name.charAt(i))) {
        throw new InvalidName(name).toException();
      }
    }
    return name;
  }

  private static boolean isForbidden(char c) {
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) {
      return false;
    }
    return c <= ' '
        || (c >= 0x7f && c <= 0x9f)
        || c >= 0xfffe
        || Character.isSurrogate(c)
        || Character.isWhitespace(c)
        || Character.isSpaceChar(c)
        || FORBIDDEN.indexOf(c) >= 0;
  }
}
