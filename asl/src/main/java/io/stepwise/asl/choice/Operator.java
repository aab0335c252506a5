package io.stepwise.asl.choice;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A comparison operator of Choice rules.
 *
 * @param name as the definition spells it, e.g. {@code NumericLessThanPath}
 * @param operand type of its literal
 * @param relation what it asks of the two values, or of the one
 * @param takesPath whether the operand is a path to the value
 */
public record Operator(String name, Operand operand, Relation relation, boolean takesPath) {
  private static final List<Operator> ALL = List.copyOf(table());
  private static final List<String> NAMES = ALL.stream().map(Operator::name).toList();
  private static final Map<String, Operator> BY_NAME = byName();

  /** Types of operands. */
  public enum Operand {
    /** Text. */
    STRING,
    /** A number. */
    NUMERIC,
    /** True or false. */
    BOOLEAN,
    /** A point in time. */
    TIMESTAMP
  }

  /** What an operator asks. */
  public enum Relation {
    /** Same value. */
    EQUALS("Equals"),
    /** Less. */
    LESS_THAN("LessThan"),
    /** Greater. */
    GREATER_THAN("GreaterThan"),
    /** Less or same. */
    LESS_THAN_EQUALS("LessThanEquals"),
    /** Greater or same. */
    GREATER_THAN_EQUALS("GreaterThanEquals"),
    /** Text of a pattern. */
    MATCHES("Matches"),
    /** Null. */
    IS_NULL("IsNull"),
    /** There at all. */
    IS_PRESENT("IsPresent"),
    /** A number. */
    IS_NUMERIC("IsNumeric"),
    /** Text. */
    IS_STRING("IsString"),
    /** True or false. */
    IS_BOOLEAN("IsBoolean"),
    /** Text that is a timestamp. */
    IS_TIMESTAMP("IsTimestamp");

    private final String label;

    Relation(String label) {
      this.label = label;
    }
  }

  /** Every operator, in the order of the States Language. */
  public static List<Operator> all() {
    return ALL;
  }

  /** The names of all. */
  public static List<String> names() {
    return NAMES;
  }

  /** The operator of that name, or null. */
  public static @Nullable Operator of(String name) {
    return BY_NAME.get(name);
  }

  private static List<Operator> table() {
    var table = new ArrayList<Operator>();
    for (var operand : Operand.values()) {
      var prefix = operand.name().charAt(0) + operand.name().substring(1).toLowerCase(Locale.ROOT);
      for (var relation : relations(operand)) {
        table.add(new Operator(prefix + relation.label, operand, relation, false));
        table.add(new Operator(prefix + relation.label + "Path", operand, relation, true));
      }
    }
    table.add(new Operator("StringMatches", Operand.STRING, Relation.MATCHES, false));
    for (var relation :
        List.of(
            Relation.IS_NULL,
            Relation.IS_PRESENT,
            Relation.IS_NUMERIC,
            Relation.IS_STRING,
            Relation.IS_BOOLEAN,
            Relation.IS_TIMESTAMP)) {
      table.add(new Operator(relation.label, Operand.BOOLEAN, relation, false));
    }
    return table;
  }

  private static List<Relation> relations(Operand operand) {
    return switch (operand) {
      case BOOLEAN -> List.of(Relation.EQUALS);
      case STRING, NUMERIC, TIMESTAMP ->
          List.of(
              Relation.EQUALS,
              Relation.LESS_THAN,
              Relation.GREATER_THAN,
              Relation.LESS_THAN_EQUALS,
              Relation.GREATER_THAN_EQUALS);
    };
  }

  private static Map<String, Operator> byName() {
    var map = new HashMap<String, Operator>();
    ALL.forEach(operator -> map.put(operator.name(), operator));
    return Map.copyOf(map);
  }
}
