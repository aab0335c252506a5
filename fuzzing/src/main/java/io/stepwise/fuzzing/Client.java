package io.stepwise.fuzzing;

import io.stepwise.expression.InvalidJsonException;
import io.stepwise.expression.Json;
import io.stepwise.fuzzing.input.Case;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Sends the steps of cases and judges the answers. For one thread. */
final class Client implements AutoCloseable {
  private static final Pattern REFERENCE = Pattern.compile("@(\\w+)@");

  private final int port;
  private final Duration patience;
  private final Rules rules;
  private final Figures figures;
  private @Nullable Connection connection;

  Client(int port, Duration patience, Rules rules, Figures figures) {
    this.port = port;
    this.patience = patience;
    this.rules = rules;
    this.figures = figures;
  }

  /** The first answer that broke a rule, if any did. */
  Optional<Failure> run(Case input) throws IOException {
    var known = new HashMap<String, String>();
    for (var step : input.steps()) {
      var body = filled(step.body(), known);
      if (body == null) {
        continue;
      }
      var sent = new Case.Step(step.operation(), body);
      Answer answer;
      try {
        answer = send(sent);
      } catch (SocketTimeoutException e) {
        return Optional.of(
            new Failure("hang", sent, "nothing within " + patience.toSeconds() + " s"));
      } catch (IOException e) {
        return Optional.of(new Failure("no answer", sent, e.toString()));
      }
      figures.count(step.operation(), answer);
      var broken = rules.broken(step.operation(), answer);
      if (broken.isPresent()) {
        return Optional.of(new Failure(broken.get(), sent, answer.body()));
      }
      if (answer.status() == 200) {
        remember(answer.body(), known);
      }
    }
    return Optional.empty();
  }

  /** One request, answered. */
  Answer send(Case.Step step) throws IOException {
    var open = connection;
    if (open == null || !open.isUsable()) {
      close();
      open = new Connection(port, patience);
      connection = open;
    }
    return open.send(step.operation(), step.body());
  }

  private static @Nullable String filled(String body, Map<String, String> known) {
    var matcher = REFERENCE.matcher(body);
    var result = new StringBuilder();
    while (matcher.find()) {
      var value = known.get(matcher.group(1));
      if (value == null) {
        return null;
      }
      matcher.appendReplacement(result, Matcher.quoteReplacement(value));
    }
    return matcher.appendTail(result).toString();
  }

  private static void remember(String body, Map<String, String> known) {
    try {
      Json.parse(body)
          .properties()
          .forEach(
              member -> {
                if (member.getValue().isString()) {
                  known.put(member.getKey(), member.getValue().stringValue());
                }
              });
    } catch (InvalidJsonException e) {
      throw new IllegalStateException("Expected an answer that kept the rules", e);
    }
  }

  @Override
  public void close() throws IOException {
    if (connection != null) {
      connection.close();
      connection = null;
    }
  }
}
