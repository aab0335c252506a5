package io.stepwise.expression.jsonata;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import io.stepwise.expression.Bindings;
import io.stepwise.expression.EvaluationException;
import io.stepwise.expression.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One compiled expression.
 *
 * <p>Thread safety: the engine's syntax tree is read only; everything an evaluation changes hangs
 * on a frame of its own.
 *
 * <p>Limits: {@value #LENGTH_MAX} characters, for the engine reads each token of a text by copying
 * what follows it; a megabyte took it a minute.
 */
final class JsonataExpression {
  static final String INVALID_CODE = "INVALID_JSONATA_EXPRESSION";
  static final String UNSUPPORTED_CODE = "UNSUPPORTED_JSONATA_EXPRESSION";

  private static final int LENGTH_MAX = 32_768;
  private static final String ERROR = "States.QueryEvaluationError";
  private static final String REGEX_NAME = "__regex";

  private final String text;
  private final ExpressionFacts facts;
  private final Jsonata engine;
  private final List<Pattern> regexes;

  private JsonataExpression(
      String text, ExpressionFacts facts, Jsonata engine, List<Pattern> regexes) {
    this.text = text;
    this.facts = facts;
    this.engine = engine;
    this.regexes = regexes;
  }

  /** Compiles; null after having added what is wrong to {@code problems}. */
  static @Nullable JsonataExpression compile(String text, String path, List<Problem> problems) {
    if (text.length() > LENGTH_MAX) {
      problems.add(
          new Problem(
              path,
              INVALID_CODE,
              "Expected at most "
                  + LENGTH_MAX
                  + " characters of an expression, found "
                  + text.length()));
      return null;
    }
    try {
      parse(text); // for its messages about the text as written
      var facts = FactCollector.collect(text);
      var before = problems.size();
      report(facts, path, problems);
      if (problems.size() > before) {
        return null;
      }
      var regexes = new ArrayList<Pattern>();
      var engine = parse(withoutRegexes(text, facts.regexes(), regexes));
      return new JsonataExpression(text, facts, engine, List.copyOf(regexes));
    } catch (JException e) {
      problems.add(new Problem(path, INVALID_CODE, Messages.text(e)));
    } catch (PatternSyntaxException e) {
      problems.add(
          new Problem(path, INVALID_CODE, "Invalid regular expression: " + e.getDescription()));
    } catch (StackOverflowError e) {
      problems.add(new Problem(path, INVALID_CODE, "The expression is nested too deeply"));
    } catch (RuntimeException e) {
      // The engine's parser runs off the end of some unfinished texts.
      problems.add(new Problem(path, INVALID_CODE, "Unexpected end of expression"));
    }
    return null;
  }

  private static Jsonata parse(String text) {
    var engine = Jsonata.jsonata(text);
    engine.setOutputConvertNulls(false);
    engine.setValidateInput(false);
    return engine;
  }

  private static void report(ExpressionFacts facts, String path, List<Problem> problems) {
    for (var name : facts.topLevelNames()) {
      problems.add(unsupported(path, name));
    }
    if (facts.usesRoot()) {
      problems.add(unsupported(path, "$$"));
    }
    if (facts.assignsStates()) {
      problems.add(new Problem(path, UNSUPPORTED_CODE, "Assigning to 'states' is not supported."));
    }
  }

  private static Problem unsupported(String path, String name) {
    return new Problem(
        path,
        UNSUPPORTED_CODE,
        "Reference to '%s' at the top level is not supported.".formatted(name));
  }

  /** The text with every regular expression replaced by a function that counts its work. */
  private static String withoutRegexes(
      String text, List<ExpressionFacts.Range> ranges, List<Pattern> regexes) {
    var result = new StringBuilder();
    var from = 0;
    for (var range : ranges) {
      var end = text.lastIndexOf('/', range.to() - 1);
      var flags = text.substring(end + 1, range.to());
      regexes.add(
          Pattern.compile(
              text.substring(range.from() + 1, end),
              (flags.contains("i") ? Pattern.CASE_INSENSITIVE : 0)
                  | (flags.contains("m") ? Pattern.MULTILINE : 0)));
      result.append(text, from, range.from()).append('$').append(REGEX_NAME);
      result.append(regexes.size() - 1);
      from = range.to();
    }
    return result.append(text, from, text.length()).toString();
  }

  String text() {
    return text;
  }

  ExpressionFacts facts() {
    return facts;
  }

  Set<String> variables() {
    return facts.variables();
  }

  /** The value. Errors: {@code States.QueryEvaluationError} at {@code location}. */
  JsonNode evaluate(Bindings bindings, String location) throws EvaluationException {
    try {
      var value = run(bindings);
      if (value == null) {
        throw failure(location, "returned nothing (undefined).");
      }
      return Results.toJson(value);
    } catch (Results.UnsupportedResultException _) {
      throw failure(location, "returned an unsupported result type.");
    } catch (StackOverflowError e) {
      throw failure(location, "threw an error during evaluation: " + Guard.stackOverflow());
    } catch (RuntimeException | LinkageError | AssertionError e) {
      throw failure(location, describe(e, bindings));
    }
  }

  private @Nullable Object run(Bindings bindings) {
    var guard = new Guard();
    var frame = engine.createFrame();
    guard.watch(frame);
    var functions = new Functions(bindings.moment(), guard);
    for (var name : facts.names()) {
      var value = bindings.variable(name);
      if (value != null) {
        frame.bind(name, JsonView.of(value));
      } else {
        functions.bind(name, frame);
      }
    }
    for (var i = 0; i < regexes.size(); i++) {
      frame.bind(REGEX_NAME + i, (Object) new BoundedRegex(regexes.get(i), guard));
    }
    if (!facts.statesFields().isEmpty()) {
      frame.bind("states", states(bindings));
    }
    return engine.evaluate(null, frame);
  }

  private Object states(Bindings bindings) {
    var states = new LinkedHashMap<String, Object>();
    if (facts.looksAt("input")) {
      states.put("input", JsonView.of(bindings.input()));
    }
    if (facts.looksAt("context")) {
      states.put("context", JsonView.of(bindings.context()));
    }
    var result = bindings.result();
    if (result != null) {
      states.put("result", JsonView.of(result));
    }
    var errorOutput = bindings.errorOutput();
    if (errorOutput != null) {
      states.put("errorOutput", JsonView.of(errorOutput));
    }
    return states;
  }

  /** The failure in the engine, be it wrapped in others, as the tail of the message. */
  private static String describe(Throwable failure, Bindings bindings) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      switch (e) {
        case Guard.ExceededException exceeded -> {
          return "threw an error during evaluation: " + exceeded.getMessage();
        }
        case StackOverflowError _ -> {
          return "threw an error during evaluation: " + Guard.stackOverflow();
        }
        case JException error -> {
          return "threw an error during evaluation. " + Messages.codeAndText(error);
        }
        default -> {} // look deeper
      }
    }
    return "threw an internal error during evaluation. " + bindings.moment().nextUuid();
  }

  private EvaluationException failure(String location, String tail) {
    return new EvaluationException(
        ERROR,
        "The JSONata expression '%s' specified for the field '%s' %s"
            .formatted(text, location, tail),
        location);
  }
}
