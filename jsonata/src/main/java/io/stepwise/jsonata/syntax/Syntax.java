package io.stepwise.jsonata.syntax;

import io.stepwise.jsonata.regex.RegexFunction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A node of the syntax tree.
 *
 * <p>The parser builds the tree as written; {@link Shaper} then gathers dots, predicates, orders
 * and bindings into {@link Path}s and settles what each {@link Parent} refers to. The marks below
 * are what it leaves behind. A finished tree is only read.
 */
public abstract sealed class Syntax {
  /** The offset after the token it was made from; errors stand there. */
  public final int position;

  /** The offset of that token. */
  public final int start;

  /** {@code […]} behind something that is no path. */
  public @Nullable List<Stage> predicates;

  /** What is applied to the values of a step, in order. */
  public @Nullable List<Stage> stages;

  /** <code>{…}</code> behind it. */
  public @Nullable Grouping group;

  /** The variable that {@code @} binds. */
  public @Nullable String focus;

  /** The variable that {@code #} binds. */
  public @Nullable String index;

  /** Whether a single value stays an array. */
  public boolean keepArray;

  /** Whether the array is kept as one value of a path. */
  public boolean constructed;

  /** Whether its values carry variables along. */
  public boolean tuple;

  /** What a {@link Parent} further on wants of this step: the context it was evaluated in. */
  public @Nullable Slot ancestor;

  /** Parents in it whose step isn't found yet. */
  List<Slot> seeking = List.of();

  /** How deep the tree below is. */
  int height;

  private Syntax(int start, int position) {
    this.start = start;
    this.position = position;
  }

  /** What the reference implementation calls it, for messages about parents. */
  String kind() {
    return switch (this) {
      case Name _ -> "name";
      case Text _ -> "string";
      case Numeral _ -> "number";
      case Value _ -> "value";
      case Variable _ -> "variable";
      case Regex _ -> "regex";
      case Wildcard _ -> "wildcard";
      case Descendants _ -> "descendant";
      case Parent _ -> "parent";
      case Negation _, Elements _, Members _ -> "unary";
      case Binary _ -> "binary";
      case Assignment _ -> "bind";
      case Condition _ -> "condition";
      case Call _ -> "function";
      case Partial _ -> "partial";
      case Placeholder _ -> "operator";
      case End _ -> "(end)";
      case Lambda _ -> "lambda";
      case Transform _ -> "transform";
      case Block _ -> "block";
      case Application _ -> "apply";
      case Path _ -> "path";
      case Sort _ -> "sort";
      case Raw _ -> "binary";
    };
  }

  /** Something applied to the values of a step: a filter, or the binding of their index. */
  public sealed interface Stage {
    /** {@code [condition]}. */
    record Filter(Syntax condition, int position) implements Stage {}

    /** {@code #$variable} behind a filter. */
    record Index(String variable, int position) implements Stage {}
  }

  /** Keys and values of an object, in order. */
  public record Grouping(List<Pair> pairs, int position) {}

  /** A key and its value. */
  public record Pair(Syntax key, Syntax value) {}

  /** One of the terms of an order. */
  public record Term(Syntax expression, boolean descending) {}

  /** The context value that a {@link Parent} stands for; steps that share one share the label. */
  public static final class Slot {
    /** Names the value among what a tuple carries. */
    public int label;

    int level = 1;

    Slot(int label) {
      this.label = label;
    }
  }

  /** A field name. */
  public static final class Name extends Syntax {
    /** The name. */
    public final String name;

    Name(String name, int start, int position) {
      super(start, position);
      this.name = name;
    }
  }

  /** A string literal. */
  public static final class Text extends Syntax {
    /** Decoded. */
    public final String text;

    Text(String text, int start, int position) {
      super(start, position);
      this.text = text;
    }
  }

  /** A number literal. */
  public static final class Numeral extends Syntax {
    /** The nearest double. */
    public final double value;

    final String text;

    Numeral(double value, String text, int start, int position) {
      super(start, position);
      this.value = value;
      this.text = text;
    }
  }

  /** {@code true}, {@code false} or {@code null}. */
  public static final class Value extends Syntax {
    /** The word. */
    public final String word;

    Value(String word, int start, int position) {
      super(start, position);
      this.word = word;
    }
  }

  /** {@code $name}; empty for the context, a dollar sign for the root. */
  public static final class Variable extends Syntax {
    /** The name without its first dollar sign. */
    public final String name;

    Variable(String name, int start, int position) {
      super(start, position);
      this.name = name;
    }
  }

  /** A regular expression literal. */
  public static final class Regex extends Syntax {
    /** As the function it stands for. */
    public final RegexFunction function;

    Regex(RegexFunction function, int start, int position) {
      super(start, position);
      this.function = function;
    }
  }

  /** {@code *}. */
  public static final class Wildcard extends Syntax {
    Wildcard(int start, int position) {
      super(start, position);
    }
  }

  /** {@code **}. */
  public static final class Descendants extends Syntax {
    Descendants(int start, int position) {
      super(start, position);
    }
  }

  /** {@code %}. */
  public static final class Parent extends Syntax {
    /** What it stands for. */
    public final Slot slot;

    Parent(Slot slot, int start, int position) {
      super(start, position);
      this.slot = slot;
    }
  }

  /** {@code -x}. */
  public static final class Negation extends Syntax {
    /** What is negated. */
    public Syntax operand;

    Negation(Syntax operand, int start, int position) {
      super(start, position);
      this.operand = operand;
    }
  }

  /** {@code [a, b..c]}. */
  public static final class Elements extends Syntax {
    /** In order; a range is a {@link Binary}. */
    public final List<Syntax> items;

    Elements(List<Syntax> items, int start, int position) {
      super(start, position);
      this.items = items;
    }
  }

  /** <code>{"a": b}</code>. */
  public static final class Members extends Syntax {
    /** Its keys and values. */
    public Grouping grouping;

    Members(Grouping grouping, int start, int position) {
      super(start, position);
      this.grouping = grouping;
    }
  }

  /** An operator between two values. */
  public static final class Binary extends Syntax {
    /** As written. */
    public final String operator;

    /** Its left side. */
    public Syntax left;

    /** Its right side. */
    public Syntax right;

    Binary(String operator, Syntax left, Syntax right, int start, int position) {
      super(start, position);
      this.operator = operator;
      this.left = left;
      this.right = right;
    }
  }

  /** {@code $name := value}. */
  public static final class Assignment extends Syntax {
    /** What is bound. */
    public final Variable variable;

    /** To what. */
    public Syntax value;

    Assignment(Variable variable, Syntax value, int start, int position) {
      super(start, position);
      this.variable = variable;
      this.value = value;
    }
  }

  /** {@code condition ? then : otherwise}. */
  public static final class Condition extends Syntax {
    /** What decides. */
    public Syntax condition;

    /** Its value if true. */
    public Syntax then;

    /** Its value otherwise; undefined without. */
    public @Nullable Syntax otherwise;

    Condition(Syntax condition, Syntax then, @Nullable Syntax otherwise, int start, int position) {
      super(start, position);
      this.condition = condition;
      this.then = then;
      this.otherwise = otherwise;
    }
  }

  /** {@code callee(arguments)}. */
  public static final class Call extends Syntax {
    /** What is called. */
    public Syntax callee;

    /** With what. */
    public final List<Syntax> arguments;

    /** Whether its value is that of the function it stands in. */
    public boolean tail;

    Call(Syntax callee, List<Syntax> arguments, int start, int position) {
      super(start, position);
      this.callee = callee;
      this.arguments = arguments;
    }
  }

  /** {@code callee(?, argument)}. */
  public static final class Partial extends Syntax {
    /** What is applied in part. */
    public Syntax callee;

    /** Its arguments and {@link Placeholder}s. */
    public final List<Syntax> arguments;

    Partial(Syntax callee, List<Syntax> arguments, int start, int position) {
      super(start, position);
      this.callee = callee;
      this.arguments = arguments;
    }
  }

  /** {@code ?} among arguments. */
  public static final class Placeholder extends Syntax {
    Placeholder(int start, int position) {
      super(start, position);
    }
  }

  /** Nothing, where something was to stand. */
  public static final class End extends Syntax {
    End(int position) {
      super(position, position);
    }
  }

  /** <code>function($a)<signature>{body}</code>. */
  public static final class Lambda extends Syntax {
    /** In order. */
    public final List<Variable> parameters;

    /** As written; null without. */
    public final @Nullable String signature;

    /** What it computes. */
    public Syntax body;

    Lambda(
        List<Variable> parameters,
        @Nullable String signature,
        Syntax body,
        int start,
        int position) {
      super(start, position);
      this.parameters = parameters;
      this.signature = signature;
      this.body = body;
    }
  }

  /** {@code |pattern|update,delete|}. */
  public static final class Transform extends Syntax {
    /** What is changed. */
    public Syntax pattern;

    /** The members it gets. */
    public Syntax update;

    /** The members it loses. */
    public @Nullable Syntax delete;

    Transform(Syntax pattern, Syntax update, @Nullable Syntax delete, int start, int position) {
      super(start, position);
      this.pattern = pattern;
      this.update = update;
      this.delete = delete;
    }
  }

  /** {@code (a; b)}. */
  public static final class Block extends Syntax {
    /** In order; its value is the last one's. */
    public final List<Syntax> expressions;

    Block(List<Syntax> expressions, int start, int position) {
      super(start, position);
      this.expressions = expressions;
    }
  }

  /** {@code value ~> function}. */
  public static final class Application extends Syntax {
    /** What is handed over. */
    public Syntax left;

    /** To what. */
    public Syntax right;

    Application(Syntax left, Syntax right, int start, int position) {
      super(start, position);
      this.left = left;
      this.right = right;
    }
  }

  /** Steps, each evaluated for every value of the one before. */
  public static final class Path extends Syntax {
    /** At least one. */
    public final List<Syntax> steps = new ArrayList<>();

    /** Whether a single value stays an array. */
    public boolean keepSingleton;

    Path(int start, int position) {
      super(start, position);
    }
  }

  /** {@code ^(terms)} as a step. */
  public static final class Sort extends Syntax {
    /** The first decides, unless it is equal. */
    public final List<Term> terms;

    Sort(List<Term> terms, int start, int position) {
      super(start, position);
      this.terms = terms;
    }
  }

  /** As written, before it is shaped: an operator of steps. One of the last three is not null. */
  static final class Raw extends Syntax {
    final char operator;
    final Syntax left;
    final @Nullable Syntax right;
    final @Nullable List<Term> terms;
    final @Nullable List<Pair> pairs;

    Raw(
        char operator,
        Syntax left,
        @Nullable Syntax right,
        @Nullable List<Term> terms,
        @Nullable List<Pair> pairs,
        int start,
        int position) {
      super(start, position);
      this.operator = operator;
      this.left = left;
      this.right = right;
      this.terms = terms;
      this.pairs = pairs;
    }
  }
}
