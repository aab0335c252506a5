package io.stepwise.jsonata.value;

import io.stepwise.jsonata.Budget;
import io.stepwise.jsonata.BudgetExceededException;
import io.stepwise.jsonata.BudgetExceededException.Limit;
import io.stepwise.jsonata.Moment;
import io.stepwise.jsonata.Pace;
import io.stepwise.jsonata.Variables;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What one evaluation has used so far, and what it draws on. For one thread. */
public final class Evaluation {
  private static final JsonNode[] NO_GLOBALS = {};

  /** Deepest nesting of a value, so that nothing that walks one runs out of stack. */
  private static final int NESTING_MAX = 500;

  /** What a text takes besides its characters. Units: bytes of the heap. */
  private static final int TEXT_BYTES = 56;

  private final Variables variables;
  private final Moment moment;
  private final Pace pace;
  private final int depthMax;
  private final long stepsMax;
  private final long valueBytesMax;
  private final long totalBytesMax;
  private final @Nullable JsonNode[] globals;
  private int depth;
  private long steps;

  /** Steps after which they are looked at: the last there are, or the pace wants to hear. */
  private long stop;

  private long told;
  private long bytes;
  private @Nullable TailCall tailCall;

  /** One that has used nothing, of an expression with so many global names. */
  public Evaluation(Variables variables, Budget budget, Moment moment, Pace pace, int globals) {
    this.variables = variables;
    this.moment = moment;
    this.pace = pace;
    this.depthMax = budget.depth();
    this.stepsMax = budget.steps();
    this.valueBytesMax = budget.valueBytes();
    this.totalBytesMax = budget.totalBytes();
    this.globals = globals == 0 ? NO_GLOBALS : new JsonNode[globals];
    lookAhead();
  }

  private void lookAhead() {
    stop = steps + Math.min(stepsMax - steps, pace.stepsAhead());
  }

  /** More steps than could be done without a look. */
  private void stopped() {
    if (steps > stepsMax) {
      throw new BudgetExceededException(Limit.STEPS);
    }
    tell();
    lookAhead();
  }

  private void tell() {
    var since = steps - told;
    told = steps;
    pace.passed(since);
  }

  /** Is over: the pace hears of what it has not heard of yet. */
  public void ended() {
    tell();
  }

  /** Time and chance. */
  public Moment moment() {
    return moment;
  }

  /** Begins an operation with others in it. Errors: too deep, too many steps. */
  public void enter() {
    // An operation's innermost operand counts as well: it is one below.
    if (++depth >= depthMax) {
      throw new BudgetExceededException(Limit.DEPTH);
    }
    if (++steps > stop) {
      stopped();
    }
  }

  /** Ends it. An operation that fails needn't: nothing in the language goes on after a failure. */
  public void leave() {
    depth--;
  }

  /** Pays for one step. */
  public void step() {
    if (++steps > stop) {
      stopped();
    }
  }

  /** Pays for several. */
  public void steps(long count) {
    steps += count;
    if (steps > stop) {
      stopped();
    }
  }

  /** Fails if a value of so many bytes is too large. */
  public void require(double valueBytes) {
    if (valueBytes > valueBytesMax) {
      throw new BudgetExceededException(Limit.BYTES);
    }
  }

  /** Pays for a value that was built, or is about to be: its bytes, and the work of copying. */
  public void built(long valueBytes) {
    bytes += valueBytes;
    if (valueBytes > valueBytesMax || bytes > totalBytesMax) {
      throw new BudgetExceededException(Limit.BYTES);
    }
    steps(valueBytes >> 5);
  }

  /** Pays for bytes added to a value that has so many by now. */
  public void grown(long addedBytes, long valueBytes, int nesting) {
    if (nesting > NESTING_MAX) {
      throw new BudgetExceededException(Limit.DEPTH);
    }
    bytes += addedBytes;
    if (valueBytes > valueBytesMax || bytes > totalBytesMax) {
      throw new BudgetExceededException(Limit.BYTES);
    }
  }

  /** Pays for a text of so many characters. */
  public void text(long length) {
    bytes += TEXT_BYTES;
    built(2 * length);
  }

  /** The value of a name that the expression doesn't bind; null where it has none. */
  public @Nullable JsonNode global(int index, String name, @Nullable JsonNode builtIn) {
    var known = globals[index];
    if (known == null) {
      known = variables.get(name);
      if (known == null) {
        known = builtIn;
      }
      if (known == null) {
        return null;
      }
      globals[index] = known;
    }
    return known;
  }

  /** Asks whoever called the present function to make this call in its place. */
  public JsonNode leaveCallTo(TailCall call) {
    tailCall = call;
    return TailCall.PENDING;
  }

  /** The call asked for. */
  TailCall takeTailCall() {
    var call = Objects.requireNonNull(tailCall);
    tailCall = null;
    return call;
  }

  /** Binds a global name: an assignment outside of any block. */
  public void assign(int index, JsonNode value) {
    globals[index] = value;
  }
}
