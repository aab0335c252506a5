package io.stepwise.jsonata.function;

import io.stepwise.jsonata.value.FunctionValue;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All functions by name: those of JSONata 2.0.6 but {@code $eval}, and those AWS adds. */
public final class Library {
  private static final Map<String, FunctionValue> FUNCTIONS = new Library().functions();

  private final Map<String, FunctionValue> functions = new HashMap<>();

  private Library() {
    TextFunctions.define(this);
    MatchFunctions.define(this);
    NumberFunctions.define(this);
    ArrayFunctions.define(this);
    ObjectFunctions.define(this);
    HigherOrderFunctions.define(this);
    TimeFunctions.define(this);
    AwsFunctions.define(this);
  }

  private Map<String, FunctionValue> functions() {
    return Map.copyOf(functions);
  }

  /**
   * Defines one.
   *
   * @param arity how many arguments the function of the reference implementation declares: so many
   *     it gets from {@code $map} and its like
   */
  void define(String name, String signature, int arity, BuiltIn.Body body) {
    functions.put(name, new BuiltIn(signature, arity, body));
  }

  /** The function of that name, or null. */
  public static @Nullable FunctionValue find(String name) {
    return FUNCTIONS.get(name);
  }

  /** All names. */
  public static Set<String> names() {
    return FUNCTIONS.keySet();
  }
}
