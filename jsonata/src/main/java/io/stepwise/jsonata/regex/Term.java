package io.stepwise.jsonata.regex;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A part of a pattern. */
sealed interface Term {
  /** Nothing. */
  record Empty() implements Term {}

  /** A code unit. */
  record Char(char c) implements Term {}

  /** One of a set. */
  record Set(CharSet set) implements Term {}

  /** Any but the end of a line. */
  record Any() implements Term {}

  /** One after the other. */
  record Sequence(List<Term> terms) implements Term {}

  /** The first that leads on. */
  record Choice(List<Term> terms) implements Term {}

  /** A group that is remembered. */
  record Group(int number, Term term) implements Term {}

  /** What a group matched, by number, or by name where the number isn't known yet. */
  record Back(int number, @Nullable String name) implements Term {}

  /** So many times; {@code max} is -1 for any number. Groups within begin anew each time. */
  record Repeat(Term term, int min, int max, boolean greedy, int firstGroup, int lastGroup)
      implements Term {}

  /** Looks ahead or behind, for something that must or must not be there. */
  record Look(Term term, boolean behind, boolean wanted) implements Term {}

  /** {@code ^ $ \b \B}: the character names it. */
  record Edge(char kind) implements Term {}
}
