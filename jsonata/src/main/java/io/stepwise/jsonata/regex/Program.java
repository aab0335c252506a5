package io.stepwise.jsonata.regex;

import io.stepwise.jsonata.JsonataException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A pattern as instructions for {@link Matcher}.
 *
 * <p>An instruction is an operation and its operands, one {@code int} each. Counted repetitions are
 * written out. Limits: {@value #SIZE_MAX} ints.
 */
final class Program {
  static final int MATCH = 0;
  static final int CHAR = 1;
  static final int ANY = 2;
  static final int SET = 3;
  static final int SPLIT = 4; // first choice, second choice
  static final int JUMP = 5;
  static final int SAVE = 6; // register
  static final int EDGE = 7; // kind
  static final int BACK = 8; // group
  static final int LOOK = 9; // behind, wanted, end
  static final int MARK = 10; // register: where an iteration began
  static final int PROGRESS = 11; // register: fails if it hasn't moved
  static final int RESET = 12; // first register, one past the last
  static final int RUN = 13; // operation, operand, min, max, greedy

  private static final int SIZE_MAX = 50_000;

  final int groups;
  int registers;
  int[] code = new int[32];
  final List<CharSet> sets = new ArrayList<>();
  final boolean ignoreCase;
  final boolean multiline;

  /** Whether it can only match at the beginning. */
  final boolean anchored;

  /** The code unit every match begins with; -1 if there is none. */
  final int firstChar;

  private final Map<String, Integer> names;
  private final String pattern;
  private final String flags;
  private int size;
  private boolean behind;

  private Program(String pattern, String flags) {
    var parser = new PatternParser(pattern, flags);
    var term = parser.parse();
    this.pattern = pattern;
    this.flags = flags;
    this.groups = parser.groupCount();
    this.names = parser.names();
    this.registers = 2 * groups + 2;
    this.ignoreCase = flags.contains("i");
    this.multiline = flags.contains("m");
    emit(term);
    emit(MATCH);
    code = Arrays.copyOf(code, size);
    anchored = !multiline && startsAnchored(term);
    firstChar = ignoreCase ? -1 : first(term);
  }

  /** Compiles. Errors: S0303 with the reason. */
  static Program compile(String pattern, String flags) {
    return new Program(pattern, flags);
  }

  private static boolean startsAnchored(Term term) {
    return switch (term) {
      case Term.Edge edge -> edge.kind() == '^';
      case Term.Sequence sequence ->
          !sequence.terms().isEmpty() && startsAnchored(sequence.terms().getFirst());
      case Term.Choice choice -> choice.terms().stream().allMatch(Program::startsAnchored);
      case Term.Group group -> startsAnchored(group.term());
      default -> false;
    };
  }

  private static int first(Term term) {
    return switch (term) {
      case Term.Char one -> one.c();
      case Term.Sequence sequence ->
          sequence.terms().isEmpty() ? -1 : first(sequence.terms().getFirst());
      case Term.Group group -> first(group.term());
      case Term.Repeat repeat -> repeat.min() > 0 ? first(repeat.term()) : -1;
      default -> -1;
    };
  }

  private int emit(int... values) {
    if (size + values.length > SIZE_MAX) {
      throw JsonataException.withText(
          "S0303", PatternParser.message(pattern, flags, "Regular expression too large"));
    }
    if (size + values.length > code.length) {
      code = Arrays.copyOf(code, 2 * code.length + values.length);
    }
    var start = size;
    System.arraycopy(values, 0, code, size, values.length);
    size += values.length;
    return start;
  }

  private void emit(Term term) {
    switch (term) {
      case Term.Empty _ -> {}
      case Term.Char _, Term.Any _, Term.Set _ -> {
        var single = single(term);
        emit(single[0], single[1], behind ? 1 : 0);
      }
      case Term.Sequence sequence -> {
        var terms = behind ? sequence.terms().reversed() : sequence.terms();
        terms.forEach(this::emit);
      }
      case Term.Choice choice -> emitChoice(choice.terms());
      case Term.Group group -> {
        var open = 2 * group.number();
        emit(SAVE, behind ? open + 1 : open);
        emit(group.term());
        emit(SAVE, behind ? open : open + 1);
      }
      case Term.Back back -> {
        int number = back.name() == null ? back.number() : names.getOrDefault(back.name(), -1);
        if (number < 0) {
          throw JsonataException.withText(
              "S0303", PatternParser.message(pattern, flags, "Invalid named capture referenced"));
        }
        emit(BACK, number, behind ? 1 : 0);
      }
      case Term.Repeat repeat -> emitRepeat(repeat);
      case Term.Look look -> {
        var outer = behind;
        behind = look.behind();
        var start = emit(LOOK, look.wanted() ? 1 : 0, 0);
        emit(look.term());
        emit(MATCH);
        code[start + 2] = size;
        behind = outer;
      }
      case Term.Edge edge -> emit(EDGE, edge.kind());
    }
  }

  private int[] single(Term term) {
    return switch (term) {
      case Term.Char one -> new int[] {CHAR, ignoreCase ? Matcher.fold(one.c()) : one.c()};
      case Term.Set set -> {
        sets.add(set.set());
        yield new int[] {SET, sets.size() - 1};
      }
      default -> new int[] {ANY, 0};
    };
  }

  private void emitChoice(List<Term> terms) {
    var jumps = new int[terms.size()];
    for (var i = 0; i < terms.size(); i++) {
      if (i < terms.size() - 1) {
        var split = emit(SPLIT, size + 3, 0);
        emit(terms.get(i));
        jumps[i] = emit(JUMP, 0);
        code[split + 2] = size;
      } else {
        emit(terms.get(i));
      }
    }
    for (var i = 0; i < terms.size() - 1; i++) {
      code[jumps[i] + 1] = size;
    }
  }

  private void emitRepeat(Term.Repeat repeat) {
    var term = repeat.term();
    if (term instanceof Term.Char || term instanceof Term.Any || term instanceof Term.Set) {
      var single = single(term);
      emit(
          RUN,
          single[0],
          single[1],
          repeat.min(),
          repeat.max() < 0 ? Integer.MAX_VALUE : repeat.max(),
          repeat.greedy() ? 1 : 0,
          behind ? 1 : 0);
      return;
    }
    for (var i = 0; i < repeat.min(); i++) {
      emitOnce(repeat);
    }
    if (repeat.max() < 0) {
      var loop = emit(SPLIT, 0, 0);
      var register = registers++;
      emit(MARK, register);
      emitOnce(repeat);
      emit(PROGRESS, register);
      emit(JUMP, loop);
      choose(loop, loop + 3, size, repeat.greedy());
    } else {
      var splits = new ArrayList<Integer>();
      for (var i = repeat.min(); i < repeat.max(); i++) {
        splits.add(emit(SPLIT, 0, 0));
        var register = registers++;
        emit(MARK, register);
        emitOnce(repeat);
        emit(PROGRESS, register);
      }
      for (var split : splits) {
        choose(split, split + 3, size, repeat.greedy());
      }
    }
  }

  private void emitOnce(Term.Repeat repeat) {
    if (repeat.lastGroup() >= repeat.firstGroup()) {
      emit(RESET, 2 * repeat.firstGroup(), 2 * repeat.lastGroup() + 2);
    }
    emit(repeat.term());
  }

  private void choose(int split, int again, int on, boolean greedy) {
    code[split + 1] = greedy ? again : on;
    code[split + 2] = greedy ? on : again;
  }

  @Override
  public String toString() {
    return Objects.toString(pattern);
  }
}
