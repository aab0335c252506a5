package io.stepwise.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.stepwise.functions.InvocationResult.Answered;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What callers of handlers are answered, well and badly. */
class FunctionHostTest {
  @TempDir private Path folder = Path.of("");

  private static void needs(String program) {
    assumeTrue(Interpreters.onPath(program).isPresent(), program + " is not on this machine");
  }

  @Test
  void nodeHandlersAnswer() throws Exception {
    needs("node");
    try (var handlers = new Handlers(folder, 8)) {
      var async =
          handlers.node(
              """
              export const handler = async (event, context) => ({
                event, name: context.functionName, own: process.env.OWN,
                memory: context.memoryLimitInMB, left: context.getRemainingTimeInMillis() > 1000 });""");
      var callback =
          handlers.function(
              "nodejs20.x",
              "lib/app.handler",
              "lib/app.js",
              "exports.handler = (event, context, callback) => setTimeout(() => callback(null, 'late'), 5);");
      var silent =
          handlers.function("nodejs20.x", "app.h", "app.cjs", "exports.h = () => 'not looked at';");
      var nested =
          handlers.function(
              "nodejs20.x", "app.ns.h", "app.js", "exports.ns = { h: async () => 1 };");

      assertThat(handlers.call(async, "{\"a\":[1,null]}"))
          .isEqualTo(
              "{\"event\":{\"a\":[1,null]},\"name\":\"f1\",\"own\":\"yes\",\"memory\":\"128\",\"left\":true}");
      assertThat(handlers.call(callback, "{}")).isEqualTo("\"late\"");
      assertThat(handlers.call(silent, "{}")).isEqualTo("null");
      assertThat(handlers.call(nested, "{}")).isEqualTo("1");
    }
  }

  @Test
  void nodeHandlersFailAsAwsTells() throws Exception {
    needs("node");
    try (var handlers = new Handlers(folder, 8)) {
      var failing =
          handlers.node(
              """
              export const handler = async (event) => {
                if (event.how === 'throw') { const e = new Error('boom'); e.name = 'Custom'; throw e; }
                if (event.how === 'text') throw 'only text';
                if (event.how === 'cycle') { const o = {}; o.o = o; return o; }
                if (event.how === 'exit') process.exit(3);
                if (event.how === 'kill') process.kill(process.pid, 'SIGKILL');
                if (event.how === 'never') await new Promise(() => {});
                if (event.how === 'large') return 'x'.repeat(6291557);
                return 'fine';
              };""");

      assertThat(handlers.call(failing, "{\"how\":\"throw\"}"))
          .startsWith(
              "error {\"errorType\":\"Custom\",\"errorMessage\":\"boom\",\"trace\":[\"Custom: boom\",");
      assertThat(handlers.call(failing, "{\"how\":\"text\"}"))
          .isEqualTo(
              "error {\"errorType\":\"string\",\"errorMessage\":\"only text\",\"trace\":[]}");
      assertThat(handlers.call(failing, "{\"how\":\"cycle\"}"))
          .startsWith(
              "error {\"errorType\":\"Error\",\"errorMessage\":\"Unable to stringify response body\"");
      assertThat(handlers.call(failing, "{\"how\":\"large\"}"))
          .isEqualTo(
              "error {\"errorMessage\":\"Response payload size exceeded maximum allowed payload size"
                  + " (6291556 bytes).\",\"errorType\":\"Function.ResponseSizeTooLarge\"}");
      assertThat(handlers.call(failing, "{}")).isEqualTo("\"fine\"");
      assertThat(handlers.call(failing, "{\"how\":\"exit\"}"))
          .isEqualTo(
              "error {\"errorType\":\"Runtime.ExitError\",\"errorMessage\":\"RequestId: ID Error:"
                  + " Runtime exited with error: exit status 3\"}");
      assertThat(handlers.call(failing, "{\"how\":\"kill\"}"))
          .isEqualTo(
              "error {\"errorType\":\"Runtime.ExitError\",\"errorMessage\":\"RequestId: ID Error:"
                  + " Runtime exited with error: signal: killed\"}");
      assertThat(handlers.call(failing, "{\"how\":\"never\"}"))
          .startsWith("error {\"errorType\":\"Runtime.NodeJsExit\"");
      assertThat(handlers.call(failing, "{}")).isEqualTo("\"fine\"");
    }
  }

  @Test
  void nodeHandlersThatCannotStartSayWhy() throws Exception {
    needs("node");
    try (var handlers = new Handlers(folder, 8)) {
      var missing = handlers.function("nodejs20.x", "nope.h", "index.js", "");
      var unexported = handlers.function("nodejs20.x", "index.h", "index.js", "exports.x = 1;");
      var broken = handlers.function("nodejs20.x", "index.h", "index.js", "exports.h = (;");
      var unnamed = handlers.function("nodejs20.x", "index", "index.js", "");
      var old =
          handlers.function(
              "nodejs24.x", "index.h", "index.js", "exports.h = (event, context, callback) => {};");

      assertThat(handlers.call(missing, "{}"))
          .startsWith(
              "error {\"errorType\":\"Runtime.ImportModuleError\",\"errorMessage\":\"Error: Cannot find module 'nope'");
      assertThat(handlers.call(unexported, "{}"))
          .startsWith(
              "error {\"errorType\":\"Runtime.HandlerNotFound\",\"errorMessage\":\"index.h is undefined or not exported\"");
      assertThat(handlers.call(broken, "{}"))
          .startsWith(
              "error {\"errorType\":\"Runtime.UserCodeSyntaxError\",\"errorMessage\":\"SyntaxError: Unexpected token ';'\"");
      assertThat(handlers.call(unnamed, "{}"))
          .startsWith(
              "error {\"errorType\":\"Runtime.MalformedHandlerName\",\"errorMessage\":\"Bad handler\"");
      assertThat(handlers.call(old, "{}"))
          .startsWith("error {\"errorType\":\"Runtime.CallbackHandlerDeprecated\"");
    }
  }

  @Test
  void pythonHandlersAnswer() throws Exception {
    needs("python3");
    try (var handlers = new Handlers(folder, 8)) {
      var plain =
          handlers.python(
              """
              import decimal, os
              def handler(event, context):
                  return {'event': event, 'name': context.function_name, 'own': os.environ['OWN'],
                          'memory': context.memory_limit_in_mb, 'd': decimal.Decimal('1.50'), 'e': 0.1,
                          'left': context.get_remaining_time_in_millis() > 1000}
              """);
      var nested =
          handlers.function(
              "python3.11", "pkg/mod.h", "pkg/mod.py", "def h(e, c): return 'nested'");

      assertThat(handlers.call(plain, "{\"a\":1}"))
          .isEqualTo(
              "{\"event\": {\"a\": 1}, \"name\": \"f1\", \"own\": \"yes\", \"memory\": \"128\","
                  + " \"d\": 1.50, \"e\": 0.1, \"left\": true}");
      assertThat(handlers.call(nested, "{}")).isEqualTo("\"nested\"");
    }
  }

  @Test
  void pythonHandlersFailAsAwsTells() throws Exception {
    needs("python3");
    try (var handlers = new Handlers(folder, 8)) {
      var failing =
          handlers.python(
              """
              import os, sys
              class OutOfStock(Exception):
                  pass
              def handler(event, context):
                  if event.get('how') == 'raise': raise OutOfStock('none left')
                  if event.get('how') == 'set': return {1}
                  if event.get('how') == 'exit': sys.exit(0)
                  return 'fine'
              """);
      var missing = handlers.function("python3.11", "nope.h", "app.py", "");
      var without = handlers.function("python3.11", "app.h", "app.py", "");
      var builtIn = handlers.function("python3.11", "sys.h", "app.py", "");
      var unnamed = handlers.function("python3.11", "app", "app.py", "");

      assertThat(handlers.call(failing, "{\"how\":\"raise\"}"))
          .startsWith(
              "error {\"errorMessage\": \"none left\", \"errorType\": \"OutOfStock\", \"requestId\":"
                  + " \"ID\", \"stackTrace\": [\"  File \\\"/code1/app.py\\\", line 5, in handler\\n");
      assertThat(handlers.call(failing, "{\"how\":\"set\"}"))
          .isEqualTo(
              "error {\"errorMessage\": \"Unable to marshal response: Object of type set is not JSON"
                  + " serializable\", \"errorType\": \"Runtime.MarshalError\", \"requestId\": \"ID\","
                  + " \"stackTrace\": []}");
      assertThat(handlers.call(failing, "{\"how\":\"exit\"}"))
          .isEqualTo(
              "error {\"errorType\":\"Runtime.ExitError\",\"errorMessage\":\"RequestId: ID Error:"
                  + " Runtime exited without providing a reason\"}");
      assertThat(handlers.call(missing, "{}"))
          .isEqualTo(
              "error {\"errorMessage\": \"Unable to import module 'nope': No module named 'nope'\","
                  + " \"errorType\": \"Runtime.ImportModuleError\", \"requestId\": \"\","
                  + " \"stackTrace\": []}");
      assertThat(handlers.call(without, "{}"))
          .startsWith("error {\"errorMessage\": \"Handler 'h' missing on module 'app'\"");
      assertThat(handlers.call(builtIn, "{}")).contains("Runtime.BuiltInModuleConflict");
      assertThat(handlers.call(unnamed, "{}"))
          .startsWith("error {\"errorMessage\": \"Bad handler 'app': not enough values to unpack");
    }
  }

  @Test
  void bootstrapsOfTheirOwnAnswer() throws Exception {
    needs("bash");
    needs("curl");
    try (var handlers = new Handlers(folder, 8)) {
      var echo =
          handlers.function(
              "provided.al2023",
              "any",
              "bootstrap",
              """
              #!/bin/bash
              API=http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime/invocation
              while true; do
                HEAD=$(mktemp)
                EVENT=$(curl -sS -D $HEAD $API/next)
                ID=$(grep -i aws-request-id $HEAD | tr -d '\\r' | cut -d' ' -f2)
                curl -sS -o /dev/null $API/$ID/response -d "{\\"$_HANDLER\\":$EVENT}"
              done
              """);
      var nothing = handlers.function("provided.al2023", "any", "readme.txt", "");

      assertThat(handlers.call(echo, "{\"a\":1}")).isEqualTo("{\"any\":{\"a\":1}}");
      assertThat(handlers.call(echo, "2")).isEqualTo("{\"any\":2}");
      assertThat(handlers.call(nothing, "{}")).startsWith("error {\"errorType\":\"Runtime.");
    }
  }

  @Test
  void javaHandlersAnswer() throws Exception {
    var code = Files.createDirectories(folder.resolve("java"));
    var source = folder.resolve("Hello.java");
    Files.writeString(
        source,
        """
        package ex;
        import com.amazonaws.services.lambda.runtime.Context;
        import com.amazonaws.services.lambda.runtime.RequestHandler;
        import java.util.Map;
        public class Hello implements RequestHandler<Map<String, Object>, Map<String, Object>> {
          public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
            if (event.containsKey("boom")) throw new IllegalStateException("boom");
            return Map.of("hello", event.get("name") + "/" + context.getFunctionName());
          }
        }
        """);
    var compiled =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-d",
                code.toString(),
                "-cp",
                System.getProperty("java.class.path"),
                source.toString());
    assertThat(compiled).isZero();
    try (var handlers = new Handlers(folder, 8)) {
      var hello = handlers.version("java21", "ex.Hello", code, 1);
      var missing = handlers.version("java21", "ex.Nope", code, 1);

      assertThat(handlers.call(hello, "{\"name\":\"you\"}")).isEqualTo("{\"hello\":\"you/f0\"}");
      assertThat(handlers.call(hello, "{\"boom\":1}"))
          .startsWith(
              "error {\"errorMessage\":\"boom\",\"errorType\":\"java.lang.IllegalStateException\"");
      assertThat(handlers.call(missing, "{}"))
          .isEqualTo(
              "error {\"errorMessage\":\"Class not found: ex.Nope\","
                  + "\"errorType\":\"java.lang.ClassNotFoundException\"}");
    }
  }

  @Test
  void whatTakesTooLongIsCutOffAndLeavesNothing() throws Exception {
    needs("python3");
    try (var handlers = new Handlers(folder, 8)) {
      var slow =
          handlers.python(
              """
              import os, signal, subprocess, sys, time
              def handler(event, context):
                  signal.signal(signal.SIGTERM, signal.SIG_IGN)
                  mark = os.environ['LAMBDA_TASK_ROOT']
                  sleep = [sys.executable, '-c', 'import time; time.sleep(600)', mark]
                  for i in range(5):
                      subprocess.Popen(sleep)
                      subprocess.Popen(sleep, start_new_session=True)
                  open(os.environ['TMPDIR'] + '/file', 'w').write('x' * 100000)
                  time.sleep(600)
              """);

      assertThat(handlers.call(slow, "{}"))
          .isEqualTo(
              "error {\"errorType\":\"Sandbox.Timedout\",\"errorMessage\":\"RequestId: ID Error: Task"
                  + " timed out after 2.00 seconds\"}");
      assertThat(handlers.lines)
          .anyMatch(line -> line.endsWith("Task timed out after 2.00 seconds"));
    }
    try (var processes = Files.list(folder.resolve("host/processes"))) {
      assertThat(processes).isEmpty();
    }
    assertThat(new Handlers(folder, 1).processesLeft()).isEmpty();
  }

  @Test
  void callsSideBySideGetProcessesOfTheirOwnUpToALimit() throws Exception {
    needs("node");
    try (var handlers = new Handlers(folder, 3)) {
      var waiting =
          handlers.node(
              """
              import fs from 'node:fs';
              export const handler = async (event) => {
                while (!fs.existsSync(event.until)) await new Promise((r) => setTimeout(r, 5));
                return process.pid; };""");
      var gate = folder.resolve("gate");
      var event = "{\"until\":\"" + gate + "\"}";
      List<CompletableFuture<InvocationResult>> calls = new ArrayList<>();
      for (var i = 0; i < 3; i++) {
        calls.add(handlers.start(waiting, event));
      }

      assertThat(handlers.call(waiting, event))
          .isEqualTo("throttled ConcurrentInvocationLimitExceeded");
      Files.createFile(gate);
      var pids = new ArrayList<String>();
      for (var call : calls) {
        pids.add(
            new String(
                ((Answered) call.get(60, TimeUnit.SECONDS)).payload(), StandardCharsets.UTF_8));
      }
      assertThat(pids).doesNotHaveDuplicates();
      assertThat(handlers.call(waiting, event)).isIn(pids);
      // Another function takes the place of a process that nobody calls.
      assertThat(handlers.call(handlers.node("export const handler = async () => 1;"), "{}"))
          .isEqualTo("1");
      assertThat(handlers.host.processes()).isLessThanOrEqualTo(3);
    }
  }

  @Test
  void logsAreThoseOfTheCall() throws Exception {
    needs("node");
    try (var handlers = new Handlers(folder, 1)) {
      var logging =
          handlers.node(
              """
              export const handler = async (event) => {
                console.log('two\\nlines', event.n); process.stdout.write('raw\\n'); };""");

      for (var i = 0; i < 20; i++) {
        var result = handlers.start(logging, "{\"n\":" + i + "}").get(60, TimeUnit.SECONDS);
        var log = new String(((Answered) result).logTail(), StandardCharsets.UTF_8);

        assertThat(log.lines().toList())
            .hasSize(6)
            .satisfies(
                lines -> {
                  assertThat(lines.getFirst()).startsWith("START RequestId: ");
                  assertThat(lines.get(1)).endsWith("\tINFO\ttwo");
                  assertThat(lines.get(2)).startsWith("lines ");
                  assertThat(lines.get(3)).isEqualTo("raw");
                  assertThat(lines.get(4)).startsWith("END RequestId: ");
                  assertThat(lines.get(5)).startsWith("REPORT RequestId: ");
                });
      }
    }
  }

  @Test
  void processesOfAHostThatWasKilledAreEnded() throws Exception {
    needs("node");
    var left = Files.createDirectories(folder.resolve("host/processes/mark"));
    var process = new ProcessBuilder("sleep", "600").directory(folder.toFile());
    process.environment().put(ProcessGroup.MARK, "mark");
    var orphan = process.start();

    try (var handlers = new Handlers(folder, 1)) {
      assertThat(orphan.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(handlers.host.processes()).isZero();
      assertThat(left).doesNotExist();
    }
  }
}
