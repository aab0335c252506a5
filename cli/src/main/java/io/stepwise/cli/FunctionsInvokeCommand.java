package io.stepwise.cli;

import io.stepwise.cli.definition.JsonFault;
import io.stepwise.cli.definition.TextInput;
import io.stepwise.cli.terminal.DisplayText;
import io.stepwise.cli.terminal.Terminal;
import io.stepwise.expression.InvalidJsonException;
import io.stepwise.expression.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code stepwise functions invoke NAME}: calls a function and prints its answer. */
@Command(
    name = "invoke",
    mixinStandardHelpOptions = true,
    description = "Calls a function and prints what it answers.",
    footer = {
      "",
      "Exit code: 0 where it answered, 1 where it failed, 2 where it could not be called.",
      "",
      "Examples:",
      "  stepwise functions invoke charge --payload '{\"order\": 7}' --tail",
      "  stepwise functions invoke charge --payload @order.json | jq .charged",
    })
final class FunctionsInvokeCommand implements Callable<Integer> {
  @Parameters(paramLabel = "NAME", description = "Name or ARN, with a qualifier or without.")
  private String name = "";

  @Option(
      names = "--payload",
      paramLabel = "JSON|@FILE|-",
      defaultValue = "{}",
      description =
          "The event, the file it is in, or - for standard input. Default: ${DEFAULT-VALUE}")
  private String payload = "{}";

  @Option(names = "--tail", description = "Show the end of its log, on standard error.")
  private boolean tail;

  @Mixin private ServerAccess server = new ServerAccess();

  @Override
  public Integer call() throws InterruptedException {
    if (name.isEmpty()) {
      throw CommandProblem.misuse("Expected the name of a function, got ''");
    }
    var event = event();
    return server.with(api -> invoke(api, event));
  }

  private String event() {
    var isFile = payload.startsWith("@");
    var text = payload;
    try {
      if (isFile || payload.equals(TextInput.STANDARD_INPUT)) {
        text = TextInput.read(isFile ? payload.substring(1) : payload);
      }
      var unused = Json.parse(text);
      return text;
    } catch (TextInput.Unreadable e) {
      throw CommandProblem.misuse(
          "Expected a file in --payload, but it can't be read: " + e.getMessage());
    } catch (InvalidJsonException e) {
      throw CommandProblem.misuse(
          "Expected JSON in --payload, but: " + JsonFault.of(text).orElse("it is none"));
    }
  }

  private int invoke(SfnApi api, String event)
      throws IOException, InterruptedException, SfnApi.Refused {
    var answer =
        api.lambda(
            "POST",
            "/" + SfnApi.encoded(name) + "/invocations",
            Map.of("X-Amz-Log-Type", tail ? "Tail" : "None"),
            event);
    var log = answer.headers().firstValue("X-Amz-Log-Result").orElse("");
    if (tail) {
      var lines = new String(Base64.getDecoder().decode(log), StandardCharsets.UTF_8);
      var errors = Terminal.ofProcess().errors().out();
      errors.println(DisplayText.escapedLines(lines));
      errors.flush();
    }
    var terminal = Terminal.ofProcess();
    terminal.out().println(terminal.shown(answer.body()));
    terminal.out().flush();
    return answer.headers().firstValue("X-Amz-Function-Error").isPresent() ? 1 : 0;
  }
}
