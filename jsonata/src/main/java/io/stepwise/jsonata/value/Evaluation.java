package io.stepwise.jsonata.value;

import io.stepwise.jsonata.Budget;
import io.stepwise.jsonata.BudgetExceededException;
import io.stepwise.jsonata.BudgetExceededException.Limit;
import io.stepwise.jsonata.Moment;
import io.stepwise.jsonata.Variables;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What one evaluation has used so far, and what it draws on. For one thread. */
public final class Evaluation {
  private static final JsonNode[] NO_GLOBALS = {};

  /** Deepest nesting of a value, so that nothing that walks one runs out of stack. */
  private static final int NESTING_MAX = 500;

  private final Variables variables;
  private final Moment moment;
  private final int depthMax;
  private final long stepsMax;
  private final long valueBytesMax;
  private final long totalBytesMax;
  private final @Nullable JsonNode[] globals;
  private int depth;
  private long steps;
  private long bytes;
  private @Nullable TailCall tailCall;

  /** One that has used nothing, of an expression with so many global names. */
  public Evaluation(Variables variables, Budget budget, Moment moment, int globals) {
    this.variables = variables;
    this.moment = moment;
    this.depthMax = budget.depth();
    this.stepsMax = budget.steps();
    this.valueBytesMax = budget.valueBytes();
    this.totalBytesMax = budget.totalBytes();
    this.globals = globals == 0 ? NO_GLOBALS : new JsonNode[globals];
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
    if (++steps > stepsMax) {
      throw new BudgetExceededException(Limit.STEPS);
    }
  }

  /** Ends it. An operation that fails needn't: nothing in the language goes on after a failure. */
  public void leave() {
    depth--;
  }

  /** Pays for one step. */
  public void step() {
    if (++steps > stepsMax) {
      throw new BudgetExceededException(Limit.STEPS);
    }
  }

  /** Pays for several. */
  public void steps(long count) {
    steps += count;
    if (steps > stepsMax) {
      throw new BudgetExceededException(Limit.STEPS);
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
