package io.stepwise.server;

import io.stepwise.engine.execution.StateMachineRevision;
import io.stepwise.runtime.StateMachineDirectory;
import io.stepwise.runtime.catalog.Catalog;
import java.util.Optional;
import java.util.Random;

/** The catalog as the runtime sees it. */
record CatalogDirectory(Catalog catalog) implements StateMachineDirectory {

  @Override
  public StateMachineRevision revision(long id) {
    return catalog.revision(id);
  }

  @Override
  public Optional<Target> find(String stateMachineArn, long seed) {
    return catalog
        .resolve(stateMachineArn, new Random(seed))
        .map(
            target ->
                new Target(
                    catalog.revision(target.revision()), target.versionArn(), target.aliasArn()));
  }

  @Override
  public boolean activityExists(String activityArn) {
    return catalog.activityExists(activityArn);
  }
}
