package io.stepwise.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stepwise.asl.DefinitionCompiler;
import io.stepwise.asl.model.StateMachineType;
import io.stepwise.catalog.Alias.Route;
import io.stepwise.catalog.CatalogException.Reason;
import io.stepwise.catalog.StateMachines.NewStateMachine;
import io.stepwise.catalog.StateMachines.Update;
import io.stepwise.engine.execution.Execution;
import io.stepwise.engine.execution.ExecutionHeader;
import io.stepwise.expression.Payload;
import io.stepwise.storage.InMemoryStorage;
import io.stepwise.storage.execution.ExecutionWriter;
import io.stepwise.storage.execution.Expiry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CatalogTest {
  private static final String PREFIX = "arn:aws:states:us-east-1:123456789012:stateMachine:";
  private static final String ARN = PREFIX + "m";

  private final InMemoryStorage storage = new InMemoryStorage();
  private Catalog catalog = new Catalog(storage, System::currentTimeMillis);

  private static String definition(String comment) {
    return "{\"Comment\":\""
        + comment
        + "\",\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Pass\",\"End\":true}}}";
  }

  private static NewStateMachine machine(String name, String text, boolean publish) {
    return new NewStateMachine(
        PREFIX + name,
        name,
        StateMachineType.STANDARD,
        text,
        new DefinitionCompiler().compile(text, StateMachineType.STANDARD),
        "role",
        Settings.DEFAULT,
        publish,
        "",
        Map.of("team", "a"));
  }

  private static Update update(@Nullable String text, @Nullable String role, boolean publish) {
    return new Update(
        ARN,
        text,
        text == null ? null : new DefinitionCompiler().compile(text, StateMachineType.STANDARD),
        role,
        null,
        null,
        null,
        publish,
        "");
  }

  private void reopen() {
    catalog = new Catalog(storage, System::currentTimeMillis);
  }

  private StateMachine machine() {
    var machine = catalog.machine(ARN);
    if (machine == null) {
      throw new AssertionError("Expected the state machine");
    }
    return machine;
  }

  private static void assertRefused(Reason reason, ThrowingCallable action) {
    assertThatThrownBy(action)
        .isInstanceOfSatisfying(
            CatalogException.class, refused -> assertThat(refused.reason()).isEqualTo(reason));
  }

  @Test
  void findsEverythingAgainInAReopenedStore() {
    catalog.stateMachines().create(machine("m", definition("1"), true));
    catalog.stateMachines().update(update(definition("2"), "other", true));
    catalog.aliases().create(ARN, "live", "described", List.of(new Route(1, 30), new Route(2, 70)));
    catalog.activities().create("arn:activity", "a", null, Map.of("k", "v"));
    var before = machine();

    reopen();

    assertThat(machine()).isEqualTo(before);
    assertThat(catalog.source(before.revision()).definition()).isEqualTo(definition("2"));
    assertThat(catalog.revision(before.revision()).roleArn()).isEqualTo("other");
    assertThat(catalog.activityExists("arn:activity")).isTrue();
    assertThat(catalog.tags().of("arn:activity")).containsExactlyEntriesOf(Map.of("k", "v"));
  }

  @Test
  void givesNoRevisionIdTwiceAfterReopening() {
    var first = catalog.stateMachines().create(machine("m", definition("1"), false)).revision();

    reopen();
    var second = catalog.stateMachines().create(machine("n", definition("1"), false)).revision();

    assertThat(second).isGreaterThan(first);
  }

  @Test
  void createsTheSameOnlyOnce() {
    var first = catalog.stateMachines().create(machine("m", definition("1"), false));

    assertThat(catalog.stateMachines().create(machine("m", definition("1"), false)))
        .isSameAs(first);
    assertRefused(
        Reason.STATE_MACHINE_EXISTS,
        () -> catalog.stateMachines().create(machine("m", definition("2"), false)));
    assertRefused(
        Reason.STATE_MACHINE_EXISTS,
        () -> catalog.stateMachines().create(machine("m", definition("1"), true)));
  }

  @Test
  void anUpdateThatChangesNothingMakesNoRevision() {
    catalog.stateMachines().create(machine("m", definition("1"), false));

    var same = catalog.stateMachines().update(update(definition("1"), null, false));
    assertThat(same.revision().revisionId()).isEmpty();

    var changed = catalog.stateMachines().update(update(definition("2"), null, false));
    assertThat(changed.revision().revisionId()).isNotEmpty();
    assertThat(
            catalog
                .stateMachines()
                .update(update(definition("2"), "role", false))
                .revision()
                .revisionId())
        .isEqualTo(changed.revision().revisionId());
  }

  @Test
  void aRevisionStaysAfterUpdateAndDeletion() {
    var revision = catalog.stateMachines().create(machine("m", definition("1"), false)).revision();
    catalog.stateMachines().update(update(definition("2"), null, false));
    catalog.stateMachines().delete(ARN);
    reopen();

    assertThat(catalog.revision(revision).definition().text()).isEqualTo(definition("1"));
  }

  @Test
  void versionNumbersAreNeverUsedAgain() {
    catalog.stateMachines().create(machine("m", definition("1"), true));
    catalog.versions().delete(ARN, 1);
    reopen();

    assertThat(catalog.versions().publish(ARN, null, null).arn()).isEqualTo(ARN + ":2");
    assertThat(catalog.versions().publish(ARN, "INITIAL", null).arn()).isEqualTo(ARN + ":2");
    assertRefused(Reason.REVISION_CONFLICT, () -> catalog.versions().publish(ARN, "another", null));
  }

  @Test
  void aVersionThatAnAliasLeadsToStays() {
    catalog.stateMachines().create(machine("m", definition("1"), true));
    catalog.aliases().create(ARN, "live", null, List.of(new Route(1, 100)));

    assertRefused(Reason.VERSION_REFERENCED, () -> catalog.versions().delete(ARN, 1));
    catalog.aliases().delete(ARN, "live");
    catalog.versions().delete(ARN, 1);
    assertThat(machine().versions()).isEmpty();
  }

  @Test
  void anAliasRoutesByWeight() {
    catalog.stateMachines().create(machine("m", definition("1"), true));
    catalog.stateMachines().update(update(definition("2"), null, true));
    catalog.aliases().create(ARN, "live", null, List.of(new Route(1, 20), new Route(2, 80)));
    var random = new Random(7);
    var chosen = new TreeMap<String, Integer>();
    for (var i = 0; i < 1_000; i++) {
      var target = catalog.resolve(ARN + ":live", random).orElseThrow();
      assertThat(target.aliasArn()).isEqualTo(ARN + ":live");
      chosen.merge(String.valueOf(target.versionArn()), 1, Integer::sum);
    }

    assertThat(chosen.get(ARN + ":1")).isBetween(150, 250);
    assertThat(chosen.get(ARN + ":2")).isBetween(750, 850);
  }

  @Test
  void resolvesMachinesVersionsAndNothingElse() {
    var revision = catalog.stateMachines().create(machine("m", definition("1"), true)).revision();
    var random = new Random(1);

    assertThat(catalog.resolve(ARN, random).orElseThrow().versionArn()).isNull();
    assertThat(catalog.resolve(ARN + ":1", random).orElseThrow().revision()).isEqualTo(revision);
    assertThat(catalog.resolve(ARN + ":2", random)).isEmpty();
    assertThat(catalog.resolve(ARN + ":01", random)).isEmpty();
    assertThat(catalog.resolve(ARN + ":nobody", random)).isEmpty();
    assertThat(catalog.resolve("no arn", random)).isEmpty();
  }

  @Test
  void staysDeletingUntilNothingRuns() {
    catalog.stateMachines().create(machine("m", definition("1"), false));
    var running = running();
    var batch = storage.newBatch();
    new ExecutionWriter().write(batch, running, List.of(), null);
    storage.commit(batch);

    assertThat(catalog.stateMachines().delete(ARN)).isTrue();
    assertThat(machine().deleting()).isTrue();
    assertThat(catalog.find(ARN, 1)).isEmpty();
    assertRefused(
        Reason.STATE_MACHINE_DELETING,
        () -> catalog.stateMachines().create(machine("m", definition("1"), false)));

    new Expiry(storage, catalog::revision).remove(batch, running);
    storage.commit(batch);
    catalog.stateMachines().forgetDeleted(ARN);
    assertThat(catalog.machine(ARN)).isNull();
    assertThat(catalog.stateMachines().delete(ARN)).isFalse();
  }

  @Test
  void listsByNameAfterAName() {
    for (var name : List.of("c", "a", "b")) {
      catalog.stateMachines().create(machine(name, definition("1"), false));
    }
    var names = new ArrayList<String>();
    catalog.machines(PREFIX, PREFIX + "a").forEach(machine -> names.add(machine.name()));

    assertThat(names).containsExactly("b", "c");
    assertThat(catalog.machines("arn:aws:states:eu-west-1:", "")).isEmpty();
  }

  @Test
  void holdsFiftyTagsAtMost() {
    catalog.stateMachines().create(machine("m", definition("1"), false));
    var tags = new TreeMap<String, String>();
    for (var i = 0; i < 50; i++) {
      tags.put("key" + i, "");
    }

    assertRefused(Reason.TOO_MANY_TAGS, () -> catalog.tags().add(ARN, tags));
    catalog.tags().remove(ARN, List.of("team"));
    catalog.tags().add(ARN, tags);
    assertThat(catalog.tags().of(ARN)).hasSize(50);
    assertRefused(Reason.RESOURCE_MISSING, () -> catalog.tags().of("arn:none"));
  }

  @Test
  void tellsNoLogGroupsFromAnEmptyList() {
    var empty = new Settings.Logging("OFF", false, List.of());
    catalog.stateMachines().create(machine("m", definition("1"), false));
    assertThat(catalog.source(machine().revision()).settings().logging().logGroupArns()).isNull();

    catalog.stateMachines().update(new Update(ARN, null, null, null, empty, null, null, false, ""));
    reopen();

    assertThat(catalog.source(machine().revision()).settings().logging()).isEqualTo(empty);
  }

  @Test
  void keepsEverySetting() {
    var settings =
        new Settings(
            new Settings.Logging("ALL", true, List.of("arn:log:*")),
            true,
            new Settings.Encryption("CUSTOMER_MANAGED_KMS_KEY", "key", 300));
    catalog.stateMachines().create(machine("m", definition("1"), false));
    catalog
        .stateMachines()
        .update(
            new Update(
                ARN, null, null, null, settings.logging(), true, settings.encryption(), false, ""));
    reopen();

    assertThat(catalog.source(machine().revision()).settings()).isEqualTo(settings);
  }

  private Execution running() {
    var revision = catalog.revision(machine().revision());
    return new Execution(
        new ExecutionHeader(
            42,
            revision.stateMachineArn().execution("run"),
            "run",
            revision,
            0,
            "",
            Payload.EMPTY_OBJECT,
            0,
            null,
            null,
            null,
            null));
  }
}
