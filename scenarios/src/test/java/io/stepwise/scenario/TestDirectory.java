package io.stepwise.scenario;

import io.stepwise.asl.DefinitionCompiler;
import io.stepwise.asl.model.StateMachineType;
import io.stepwise.aws.AwsLocation;
import io.stepwise.catalog.StateMachineDirectory;
import io.stepwise.engine.execution.StateMachineRevision;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** State machines and activities of a test, in memory. */
public final class TestDirectory implements StateMachineDirectory {
  private static final AwsLocation HERE = AwsLocation.of("us-east-1", "123456789012");

  private final DefinitionCompiler compiler = new DefinitionCompiler();
  private final List<StateMachineRevision> revisions = new ArrayList<>();
  private final Map<String, StateMachineRevision> current = new HashMap<>();
  private final Set<String> activities = new HashSet<>();

  /** Compiles a definition and makes it the current one of the state machine of that name. */
  public StateMachineRevision register(String name, String definition, StateMachineType type) {
    var compiled = compiler.compileStored(definition, type);
    var arn = HERE.stateMachine(name);
    var revision =
        new StateMachineRevision(
            revisions.size(),
            arn,
            name,
            type,
            HERE.role("test"),
            "",
            compiled
                .definition()
                .orElseThrow(
                    () ->
                        new IllegalArgumentException(
                            "Expected a valid definition, but: " + compiled.diagnostics())));
    revisions.add(revision);
    current.put(arn.text(), revision);
    return revision;
  }

  /** Adds an activity; returns its ARN. */
  public String addActivity(String name) {
    var arn = HERE.activity(name).text();
    activities.add(arn);
    return arn;
  }

  @Override
  public StateMachineRevision revision(long id) {
    return revisions.get((int) id);
  }

  @Override
  public Optional<Target> find(String stateMachineArn, long seed) {
    return Optional.ofNullable(current.get(stateMachineArn))
        .map(machine -> new Target(machine, null, null));
  }

  @Override
  public boolean activityExists(String activityArn) {
    return activities.contains(activityArn);
  }
}
