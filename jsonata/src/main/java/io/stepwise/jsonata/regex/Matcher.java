package io.stepwise.jsonata.regex;

import io.stepwise.jsonata.value.Evaluation;
import java.util.Arrays;

/**
 * Runs a {@link Program} over a text, with backtracking on a stack of its own.
 *
 * <p>The stack holds what to undo and where else to go: registers to restore, choices, and runs of
 * a single character that may be shorter. Every instruction is a step of the evaluation, so that no
 * pattern runs away and none overflows the thread's stack.
 */
final class Matcher {
  private static final int RESTORE = 0; // register, value
  private static final int CHOICE = 1; // instruction, position
  private static final int SHORTER = 2; // instruction, position, shortest
  private static final int LONGER = 3; // run instruction, position, how many more

  private final Program program;
  private final int[] code;
  private final String text;
  private final Evaluation evaluation;
  private final int[] registers;
  private int[] stack = new int[64];
  private int top;
  private int unpaid;

  Matcher(Program program, String text, Evaluation evaluation) {
    this.program = program;
    this.code = program.code;
    this.text = text;
    this.evaluation = evaluation;
    this.registers = new int[program.registers];
  }

  /** The first match at or after a position; its registers: begin and end of each group, or -1. */
  boolean find(int from) {
    for (var start = from; start <= text.length(); start++) {
      if (program.firstChar >= 0) {
        var next = text.indexOf(program.firstChar, start);
        evaluation.steps((next < 0 ? text.length() - start : next - start) >> 4);
        if (next < 0) {
          return false;
        }
        start = next;
      }
      if (program.anchored && start > 0) {
        return false;
      }
      Arrays.fill(registers, -1);
      top = 0;
      registers[0] = start;
      var end = run(0, start, 0);
      evaluation.steps(unpaid + 1);
      unpaid = 0;
      if (end >= 0) {
        registers[1] = end;
        return true;
      }
    }
    return false;
  }

  /** Where a group begins, or -1. */
  int start(int group) {
    return registers[2 * group];
  }

  /** Where a group ends, or -1. */
  int end(int group) {
    return registers[2 * group + 1];
  }

  /** The end of a match from here, or -1; the stack is left with what to undo. */
  private int run(int from, int at, int base) {
    var pc = from;
    var position = at;
    while (true) {
      if (++unpaid == 1024) {
        evaluation.steps(unpaid);
        unpaid = 0;
      }
      var next = -1;
      switch (code[pc]) {
        case Program.MATCH -> {
          return position;
        }
        case Program.CHAR, Program.ANY, Program.SET -> {
          var back = code[pc + 2] == 1;
          var index = back ? position - 1 : position;
          if (matches(code[pc], code[pc + 1], index)) {
            position = back ? position - 1 : position + 1;
            next = pc + 3;
          }
        }
        case Program.SPLIT -> {
          push(CHOICE, code[pc + 2], position);
          next = code[pc + 1];
        }
        case Program.JUMP -> next = code[pc + 1];
        case Program.SAVE, Program.MARK -> {
          set(code[pc + 1], position);
          next = pc + 2;
        }
        case Program.PROGRESS -> {
          if (registers[code[pc + 1]] != position) {
            next = pc + 2;
          }
        }
        case Program.RESET -> {
          for (var i = code[pc + 1]; i < code[pc + 2]; i++) {
            if (registers[i] >= 0) {
              set(i, -1);
            }
          }
          next = pc + 3;
        }
        case Program.EDGE -> {
          if (isEdge((char) code[pc + 1], position)) {
            next = pc + 2;
          }
        }
        case Program.BACK -> {
          var moved = repeated(code[pc + 1], code[pc + 2] == 1, position);
          if (moved >= 0) {
            position = moved;
            next = pc + 3;
          }
        }
        case Program.LOOK -> {
          if (looks(pc, position)) {
            next = code[pc + 2];
          }
        }
        default -> {
          var moved = runOf(pc, position);
          if (moved >= 0) {
            position = moved;
            next = pc + 7;
          }
        }
      }
      if (next >= 0) {
        pc = next;
        continue;
      }
      if (!backtrack(base)) {
        return -1;
      }
      pc = resumed;
      position = resumedAt;
    }
  }

  private int resumed;
  private int resumedAt;

  /** Undoes until there is another way; false if there is none above the base of the stack. */
  private boolean backtrack(int base) {
    while (top > base) {
      var kind = stack[top - 1];
      switch (kind) {
        case RESTORE -> {
          registers[stack[top - 3]] = stack[top - 2];
          top -= 3;
        }
        case CHOICE -> {
          resumed = stack[top - 3];
          resumedAt = stack[top - 2];
          top -= 3;
          return true;
        }
        case SHORTER -> {
          var run = stack[top - 4];
          var back = code[run + 6] == 1;
          resumed = run + 7;
          resumedAt = back ? stack[top - 3] + 1 : stack[top - 3] - 1;
          stack[top - 3] = resumedAt;
          if (resumedAt == stack[top - 2]) {
            top -= 4;
          }
          return true;
        }
        default -> {
          var run = stack[top - 4];
          var position = stack[top - 3];
          var back = code[run + 6] == 1;
          if (matches(code[run + 1], code[run + 2], back ? position - 1 : position)) {
            resumed = run + 7;
            resumedAt = back ? position - 1 : position + 1;
            stack[top - 3] = resumedAt;
            if (--stack[top - 2] == 0) {
              top -= 4;
            }
            return true;
          }
          top -= 4;
        }
      }
    }
    return false;
  }

  private void room() {
    if (top + 4 > stack.length) {
      evaluation.built(4L * stack.length);
      stack = Arrays.copyOf(stack, 2 * stack.length);
    }
  }

  private void push(int kind, int one, int other) {
    room();
    stack[top++] = one;
    stack[top++] = other;
    stack[top++] = kind;
  }

  private void push(int kind, int one, int other, int third) {
    room();
    stack[top++] = one;
    stack[top++] = other;
    stack[top++] = third;
    stack[top++] = kind;
  }

  private void set(int register, int value) {
    push(RESTORE, register, registers[register]);
    registers[register] = value;
  }

  private boolean matches(int operation, int operand, int index) {
    if (index < 0 || index >= text.length()) {
      return false;
    }
    var c = text.charAt(index);
    return switch (operation) {
      case Program.CHAR -> (program.ignoreCase ? fold(c) : c) == operand;
      case Program.ANY -> !isLineEnd(c);
      default -> {
        var set = program.sets.get(operand);
        yield program.ignoreCase ? set.containsIgnoringCase(c) : set.contains(c);
      }
    };
  }

  /** As many of a single character as there are, or as few as there must be. */
  private int runOf(int pc, int from) {
    var back = code[pc + 6] == 1;
    var direction = back ? -1 : 1;
    var min = code[pc + 3];
    var max = code[pc + 4];
    var greedy = code[pc + 5] == 1;
    var position = from;
    var count = 0;
    var wanted = greedy ? max : min;
    while (count < wanted && matches(code[pc + 1], code[pc + 2], back ? position - 1 : position)) {
      position += direction;
      count++;
    }
    unpaid += Math.min(count, 1000) >> 2;
    if (count > 1000) {
      evaluation.steps(count >> 2);
    }
    if (unpaid >= 1023) {
      evaluation.steps(unpaid);
      unpaid = 0;
    }
    if (count < min) {
      return -1;
    }
    if (greedy && count > min) {
      push(SHORTER, pc, position, from + direction * min);
    } else if (!greedy && max > min) {
      push(LONGER, pc, position, max - min);
    }
    return position;
  }

  private int repeated(int group, boolean back, int position) {
    var start = start(group);
    var end = end(group);
    if (start < 0 || end < 0) {
      return position;
    }
    var length = end - start;
    var from = back ? position - length : position;
    if (from < 0 || from + length > text.length()) {
      return -1;
    }
    evaluation.steps(length >> 2);
    for (var i = 0; i < length; i++) {
      var one = text.charAt(start + i);
      var other = text.charAt(from + i);
      if (one != other && !(program.ignoreCase && fold(one) == fold(other))) {
        return -1;
      }
    }
    return back ? from : from + length;
  }

  private boolean looks(int pc, int position) {
    var base = top;
    var wanted = code[pc + 1] == 1;
    var found = run(pc + 3, position, base) >= 0;
    if (found && wanted) {
      forgetChoices(base);
      return true;
    }
    while (top > base) {
      undo();
    }
    return found == wanted;
  }

  /** What was looked for is not looked for in another way; what it remembered is still undone. */
  private void forgetChoices(int base) {
    var kept = new int[top - base];
    var count = 0;
    while (top > base) {
      if (stack[top - 1] == RESTORE) {
        kept[count++] = stack[top - 3];
        kept[count++] = stack[top - 2];
        top -= 3;
      } else {
        top -= stack[top - 1] == CHOICE ? 3 : 4;
      }
    }
    for (var i = count - 2; i >= 0; i -= 2) {
      push(RESTORE, kept[i], kept[i + 1]);
    }
  }

  private void undo() {
    switch (stack[top - 1]) {
      case RESTORE -> {
        registers[stack[top - 3]] = stack[top - 2];
        top -= 3;
      }
      case CHOICE -> top -= 3;
      default -> top -= 4;
    }
  }

  private boolean isEdge(char kind, int position) {
    return switch (kind) {
      case '^' -> position == 0 || program.multiline && isLineEnd(text.charAt(position - 1));
      case '$' ->
          position == text.length() || program.multiline && isLineEnd(text.charAt(position));
      case 'b' -> isWord(position - 1) != isWord(position);
      default -> isWord(position - 1) == isWord(position);
    };
  }

  private boolean isWord(int index) {
    if (index < 0 || index >= text.length()) {
      return false;
    }
    var c = text.charAt(index);
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_';
  }

  private static boolean isLineEnd(char c) {
    return c == '\n' || c == '\r' || c == '\u2028' || c == '\u2029';
  }

  /** What stands for a character when case is ignored. */
  static char fold(char c) {
    if (c < 128) {
      return c >= 'a' && c <= 'z' ? (char) (c - 32) : c;
    }
    var upper = String.valueOf(c).toUpperCase(java.util.Locale.ROOT);
    return upper.length() != 1 || upper.charAt(0) < 128 ? c : upper.charAt(0);
  }
}
