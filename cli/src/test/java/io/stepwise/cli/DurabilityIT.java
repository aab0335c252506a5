package io.stepwise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepwise.expression.Json;
import io.stepwise.host.embedded.RocksDbStorage;
import io.stepwise.storage.execution.StoredRows;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.SfnException;

/** An acknowledged execution survives {@code kill -9}, whatever it is doing. */
final class DurabilityIT {
  private static final int KILLS = Integer.getInteger("stepwise.kills", 50);
  private static final int IN_FLIGHT = 200;
  private static final String ACCOUNT = "123456789012";
  private static final String PREFIX = "arn:aws:states:us-east-1:" + ACCOUNT + ":stateMachine:";
  private static final String ACTIVITY = "arn:aws:states:us-east-1:" + ACCOUNT + ":activity:work";

  @TempDir private Path folder = Path.of("");

  /** Executions whose start was acknowledged, and what they must answer. */
  private final Map<String, String> acknowledged = new ConcurrentHashMap<>();

  private final ConcurrentLinkedQueue<String> open = new ConcurrentLinkedQueue<>();
  private final Semaphore places = new Semaphore(IN_FLIGHT);
  private final AtomicBoolean stopping = new AtomicBoolean();
  private final AtomicBoolean finished = new AtomicBoolean();

  @Test
  void finishesEveryAcknowledgedExecutionAfterFiftyKills() throws Exception {
    var seed = Long.getLong("stepwise.seed", System.nanoTime());
    System.out.println("DurabilityIT: seed " + seed + ", " + KILLS + " kills");
    var random = new Random(seed);
    var callbacks = new ConcurrentLinkedQueue<String>();
    try (var lambda = new FakeLambda(callbacks::add);
        var server =
            new ServerProcess(
                folder, "--empty", "--account", ACCOUNT, "--lambda-endpoint", lambda.endpoint())) {
      server.start();
      try (var client = server.client()) {
        client.createActivity(b -> b.name("work"));
        for (var kind : Kinds.definitions(ACTIVITY, PREFIX).entrySet()) {
          client.createStateMachine(
              b ->
                  b.name(kind.getKey())
                      .definition(kind.getValue())
                      .roleArn("arn:aws:iam::" + ACCOUNT + ":role/test"));
        }
        var crew = new Crew();
        crew.employ("starter", () -> startAll(client));
        crew.employ("watcher", () -> watch(client));
        crew.employ("caller back", () -> callBack(client, callbacks));
        for (var i = 0; i < 4; i++) {
          crew.employ("worker " + i, () -> work(client));
        }
        while (places.availablePermits() > 0) {
          crew.checkAlive();
          TimeUnit.MILLISECONDS.sleep(10);
        }
        for (var kill = 0; kill < KILLS; kill++) {
          TimeUnit.MILLISECONDS.sleep(200 + random.nextInt(1300));
          server.kill();
          server.start();
          crew.checkAlive();
        }
        stopping.set(true);
        var deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
        while (!open.isEmpty() && System.nanoTime() < deadline) {
          crew.checkNoFault();
          TimeUnit.MILLISECONDS.sleep(100);
        }
        var unfinished = new ArrayList<>(open);
        finished.set(true);
        assertThat(unfinished).as("acknowledged and not finished").isEmpty();
        System.out.println("DurabilityIT: " + acknowledged.size() + " executions acknowledged");
        checkHistories(client);
        crew.dismiss();
      }
    }
    checkNothingIsLeft();
  }

  private void startAll(SfnClient client) throws InterruptedException {
    var kinds = new ArrayList<>(Kinds.definitions(ACTIVITY, PREFIX).keySet());
    for (var next = 1; !stopping.get(); next++) {
      places.acquire();
      var id = next;
      var machine = PREFIX + kinds.get(id % kinds.size());
      var input =
          "{\"id\":\"" + kinds.get(id % kinds.size()) + "-" + id + "\",\"items\":[1,2,3,4,5,6]}";
      var arn =
          startedArn(
              machine,
              "e" + id,
              () ->
                  client
                      .startExecution(b -> b.stateMachineArn(machine).name("e" + id).input(input))
                      .executionArn());
      acknowledged.put(arn, input);
      open.add(arn);
    }
    // Its work is done, and it must not look as if it had died.
    while (!finished.get()) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  /**
   * Repeats a start until it is acknowledged. That the execution exists is an acknowledgement too:
   * of an earlier try whose answer was lost, and whose execution has ended since.
   */
  static String startedArn(String machine, String name, Call<String> start)
      throws InterruptedException {
    try {
      return persist(start);
    } catch (ExecutionAlreadyExistsException e) {
      return machine.replace(":stateMachine:", ":execution:") + ":" + name;
    }
  }

  private void watch(SfnClient client) throws InterruptedException {
    while (!finished.get()) {
      var arn = open.peek();
      if (arn == null) {
        TimeUnit.MILLISECONDS.sleep(20);
        continue;
      }
      var description = persist(() -> client.describeExecution(b -> b.executionArn(arn)));
      if (description.status() == ExecutionStatus.RUNNING) {
        open.add(arn);
        open.remove();
        TimeUnit.MILLISECONDS.sleep(2);
      } else {
        open.remove();
        places.release();
      }
    }
  }

  private void work(SfnClient client) throws InterruptedException {
    while (!finished.get()) {
      try {
        var task = client.getActivityTask(b -> b.activityArn(ACTIVITY).workerName("w"));
        if (task.taskToken() != null && !task.taskToken().isEmpty()) {
          client.sendTaskSuccess(b -> b.taskToken(task.taskToken()).output(task.input()));
        }
      } catch (SdkClientException | SfnException e) {
        TimeUnit.MILLISECONDS.sleep(50);
      }
    }
  }

  private void callBack(SfnClient client, ConcurrentLinkedQueue<String> callbacks)
      throws InterruptedException {
    while (!finished.get()) {
      var call = callbacks.poll();
      if (call == null) {
        TimeUnit.MILLISECONDS.sleep(20);
        continue;
      }
      var tree = Json.parseTrusted(call);
      try {
        persist(
            () ->
                client.sendTaskSuccess(
                    b ->
                        b.taskToken(tree.path("token").stringValue())
                            .output(Json.print(tree.path("input")))));
      } catch (SfnException e) {
        // A repeated call of the function brings the same token again, after its task is over.
      }
    }
  }

  /** One call of the API. */
  interface Call<T> {
    T make();
  }

  /** Repeats a call until the server is there to answer it. */
  private static <T> T persist(Call<T> call) throws InterruptedException {
    while (true) {
      try {
        return call.make();
      } catch (SdkClientException e) {
        TimeUnit.MILLISECONDS.sleep(50);
      }
    }
  }

  private void checkHistories(SfnClient client) {
    for (var entry : acknowledged.entrySet()) {
      var arn = entry.getKey();
      var description = client.describeExecution(b -> b.executionArn(arn));
      assertThat(description.status()).as(arn).isEqualTo(ExecutionStatus.SUCCEEDED);
      assertThat(Json.parseTrusted(description.output()))
          .as(arn)
          .isEqualTo(Json.parseTrusted(entry.getValue()));
      var id = 0L;
      for (var event :
          client.getExecutionHistory(b -> b.executionArn(arn).maxResults(1000)).events()) {
        id++;
        assertThat(event.id()).as("no gap and no double in " + arn).isEqualTo(id);
        assertThat(event.previousEventId()).as(arn + " event " + id).isLessThan(id);
      }
    }
  }

  private void checkNothingIsLeft() {
    try (var storage = RocksDbStorage.open(folder.resolve("data").resolve("store"))) {
      for (var table : new char[] {'t', 'o', 'c', 'u'}) {
        assertThat(new StoredRows(storage).count(table)).as("rows left in table " + table).isZero();
      }
    }
  }
}
