package io.stepwise.asl.choice;

import io.stepwise.asl.model.ChoiceState.Condition;
import io.stepwise.expression.Bindings;
import io.stepwise.expression.EvaluationException;
import java.util.List;

/** Conditions made of conditions; the later ones are looked at only if they matter. */
public sealed interface Combination extends Condition {

  /** All hold. */
  record And(List<Condition> conditions) implements Combination {
    /** Copies. */
    public And {
      conditions = List.copyOf(conditions);
    }

    @Override
    public boolean holds(Bindings bindings) throws EvaluationException {
      for (var condition : conditions) {
        if (!condition.holds(bindings)) {
          return false;
        }
      }
      return true;
    }
  }

  /** At least one holds. */
  record Or(List<Condition> conditions) implements Combination {
    /** Copies. */
    public Or {
      conditions = List.copyOf(conditions);
    }

    @Override
    public boolean holds(Bindings bindings) throws EvaluationException {
      for (var condition : conditions) {
        if (condition.holds(bindings)) {
          return true;
        }
      }
      return false;
    }
  }

  /** It does not hold. */
  record Not(Condition condition) implements Combination {
    @Override
    public boolean holds(Bindings bindings) throws EvaluationException {
      return !condition.holds(bindings);
    }
  }
}
