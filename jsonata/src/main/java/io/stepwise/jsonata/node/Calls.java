package io.stepwise.jsonata.node;

import io.stepwise.jsonata.JsonataException;
import io.stepwise.jsonata.value.Evaluation;
import io.stepwise.jsonata.value.Frame;
import io.stepwise.jsonata.value.FunctionValue;
import io.stepwise.jsonata.value.Items;
import io.stepwise.jsonata.value.Signature;
import io.stepwise.jsonata.value.TailCall;
import io.stepwise.jsonata.value.Values;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/** Calls of functions, and what makes functions. */
final class Calls {
  private Calls() {}

  /**
   * {@code callee(arguments)}.
   *
   * @param calleePosition where errors of a last call stand; 0 where the callee is no variable
   * @param bareName the name, where it is called without its dollar sign
   */
  record Site(
      Node callee,
      int position,
      int calleePosition,
      @Nullable String token,
      @Nullable Node bareName) {
    /** What is called. Errors: T1005 where the dollar sign was forgotten. */
    @Nullable JsonNode function(Evaluation evaluation, @Nullable JsonNode input, Frame frame) {
      var function = callee.evaluate(evaluation, input, frame);
      if (function == null
          && bareName != null
          && bareName.evaluate(evaluation, input, frame) != null) {
        throw JsonataException.of("T1005").at(position, token);
      }
      return function;
    }
  }

  /** A call. */
  static final class Call extends Node {
    private final Site site;
    private final Node[] arguments;
    private final boolean tail;
    private final boolean raw;

    /**
     * With these arguments.
     *
     * @param tail whether its value is that of the function it stands in
     * @param raw whether a sequence is wanted as it is
     */
    Call(Site site, Node[] arguments, boolean tail, boolean raw) {
      this.site = site;
      this.arguments = arguments;
      this.tail = tail;
      this.raw = raw;
    }

    @Override
    public @Nullable JsonNode evaluate(
        Evaluation evaluation, @Nullable JsonNode input, Frame frame) {
      evaluation.enter();
      var function = site.function(evaluation, input, frame);
      var values = new JsonNode[arguments.length];
      for (var i = 0; i < values.length; i++) {
        values[i] = argument(arguments[i], evaluation, input, frame);
      }
      JsonNode value;
      if (tail && function != null) {
        value =
            evaluation.leaveCallTo(
                new TailCall(
                    function,
                    values,
                    site.calleePosition,
                    site.calleePosition == 0 ? null : site.token));
      } else {
        value = Calls.call(site, function, values, evaluation, input);
        if (!raw) {
          value = Values.unwrap(value);
        }
      }
      evaluation.leave();
      return value;
    }

    @Nullable JsonNode evaluateWith(
        @Nullable JsonNode first, Evaluation evaluation, @Nullable JsonNode input, Frame frame) {
      var function = site.function(evaluation, input, frame);
      var values = new JsonNode[arguments.length + 1];
      values[0] = first;
      for (var i = 1; i < values.length; i++) {
        values[i] = argument(arguments[i - 1], evaluation, input, frame);
      }
      return Calls.call(site, function, values, evaluation, input);
    }
  }

  private static @Nullable JsonNode argument(
      Node argument, Evaluation evaluation, @Nullable JsonNode input, Frame frame) {
    var value = argument.evaluate(evaluation, input, frame);
    return value instanceof FunctionValue function ? function.handedOver() : value;
  }

  private static @Nullable JsonNode call(
      Site site,
      @Nullable JsonNode function,
      @Nullable JsonNode[] values,
      Evaluation evaluation,
      @Nullable JsonNode input) {
    try {
      return FunctionValue.call(
          function,
          evaluation,
          values,
          input,
          function instanceof FunctionValue ? site.position : 0,
          site.token);
    } catch (JsonataException e) {
      e.locate(site.position, site.token);
      throw e;
    }
  }

  /** {@code left ~> right}. */
  static final class Application extends Node {
    private final Node left;
    private final Node right;
    private final int position;
    private final boolean keepArray;

    Application(Node left, Node right, int position, boolean keepArray) {
      this.left = left;
      this.right = right;
      this.position = position;
      this.keepArray = keepArray;
    }

    @Override
    public @Nullable JsonNode evaluate(
        Evaluation evaluation, @Nullable JsonNode input, Frame frame) {
      evaluation.enter();
      var value = left.evaluate(evaluation, input, frame);
      JsonNode result;
      if (right instanceof Call call) {
        result = call.evaluateWith(value, evaluation, input, frame);
      } else {
        var function = right.evaluate(evaluation, input, frame);
        if (!(function instanceof FunctionValue callable)) {
          throw JsonataException.of("T2006", function).at(position, null);
        }
        result =
            value instanceof FunctionValue first
                ? new Composed(first, callable)
                : callable.call(evaluation, value);
      }
      evaluation.leave();
      if (keepArray && result instanceof Items items && items.isSequence()) {
        items.keepSingleton();
      }
      return Values.unwrap(result);
    }
  }

  /**
   * {@code f ~> g} of two functions: first the one, then the other. Errors stand where they would
   * in the function that the reference implementation makes of them: <code>
   * function($f, $g) { function($x){ $g($f($x)) } }</code>.
   */
  private static final class Composed extends FunctionValue {
    private static final long serialVersionUID = 1L;

    private static final int FIRST = 39;
    private static final int SECOND = 35;

    private final transient FunctionValue first;
    private final transient FunctionValue second;

    Composed(FunctionValue first, FunctionValue second) {
      this.first = first;
      this.second = second;
    }

    @Override
    public int arity() {
      return 1;
    }

    @Override
    protected @Nullable JsonNode invoke(
        Evaluation evaluation, @Nullable JsonNode[] arguments, @Nullable JsonNode context) {
      evaluation.enter();
      var argument = arguments.length == 0 ? null : arguments[0];
      var value = Values.unwrap(call(first, evaluation, argument, FIRST, "f"));
      var result = call(second, evaluation, value, SECOND, "g");
      evaluation.leave();
      return result;
    }

    private static @Nullable JsonNode call(
        FunctionValue function,
        Evaluation evaluation,
        @Nullable JsonNode argument,
        int position,
        String token) {
      JsonNode[] arguments = {argument};
      return FunctionValue.call(
          function, evaluation, arguments, NullNode.getInstance(), position, token);
    }
  }

  /** {@code callee(?, argument)}. */
  static final class Partial extends Node {
    private final Site site;
    private final @Nullable Node[] arguments;

    Partial(Site site, @Nullable Node[] arguments) {
      this.site = site;
      this.arguments = arguments;
    }

    @Override
    public JsonNode evaluate(Evaluation evaluation, @Nullable JsonNode input, Frame frame) {
      evaluation.enter();
      var values = new JsonNode[arguments.length];
      var open = 0;
      for (var i = 0; i < values.length; i++) {
        var argument = arguments[i];
        if (argument == null) {
          open++;
        } else {
          values[i] = argument.evaluate(evaluation, input, frame);
        }
      }
      var function = site.callee.evaluate(evaluation, input, frame);
      if (!(function instanceof FunctionValue callable)) {
        var named =
            function == null
                && site.bareName != null
                && site.bareName.evaluate(evaluation, input, frame) != null;
        throw JsonataException.of(named ? "T1007" : "T1008").at(site.position, site.token);
      }
      evaluation.leave();
      return new Applied(callable, values, arguments, open);
    }
  }

  /** A function some of whose arguments are given. */
  private static final class Applied extends FunctionValue {
    private static final long serialVersionUID = 1L;

    private final transient FunctionValue function;
    private final transient @Nullable JsonNode[] given;
    private final transient @Nullable Node[] arguments;
    private final int open;

    Applied(
        FunctionValue function, @Nullable JsonNode[] given, @Nullable Node[] arguments, int open) {
      this.function = function;
      this.given = given;
      this.arguments = arguments;
      this.open = open;
    }

    @Override
    public int arity() {
      return open;
    }

    @Override
    protected @Nullable JsonNode invoke(
        Evaluation evaluation, @Nullable JsonNode[] more, @Nullable JsonNode context) {
      evaluation.enter();
      var values = given.clone();
      var next = 0;
      for (var i = 0; i < values.length; i++) {
        if (arguments[i] == null) {
          values[i] = next < more.length ? more[next] : null;
          next++;
        }
      }
      var value = function.call(evaluation, values);
      evaluation.leave();
      return value;
    }
  }

  /** <code>function($a){body}</code>. */
  static final class Lambda extends Node {
    private final int[] parameters;
    private final @Nullable Signature signature;
    private final Node body;
    private final Scope scope;

    Lambda(int[] parameters, @Nullable Signature signature, Node body, Scope scope) {
      this.parameters = parameters;
      this.signature = signature;
      this.body = body;
      this.scope = scope;
    }

    @Override
    public JsonNode evaluate(Evaluation evaluation, @Nullable JsonNode input, Frame frame) {
      return new Closure(this, input, frame);
    }
  }

  /** A function of the expression, with the context and the variables of where it stands. */
  private static final class Closure extends FunctionValue {
    private static final long serialVersionUID = 1L;

    private final transient Lambda lambda;
    private final transient @Nullable JsonNode input;
    private final transient Frame frame;

    Closure(Lambda lambda, @Nullable JsonNode input, Frame frame) {
      this.lambda = lambda;
      this.input = input;
      this.frame = frame;
    }

    @Override
    public int arity() {
      return lambda.parameters.length;
    }

    @Override
    protected @Nullable JsonNode invoke(
        Evaluation evaluation, @Nullable JsonNode[] arguments, @Nullable JsonNode context) {
      var signature = lambda.signature;
      var values = signature == null ? arguments : signature.match(arguments, context);
      var parameters = lambda.parameters;
      var inner = new Frame(frame, lambda.scope.size());
      for (var i = 0; i < parameters.length; i++) {
        inner.bind(parameters[i], i < values.length ? values[i] : null);
      }
      return lambda.body.evaluate(evaluation, input, inner);
    }
  }
}
