package io.stepwise.catalog;

import io.stepwise.asl.CompiledDefinition;
import io.stepwise.asl.DefinitionCompiler;
import io.stepwise.aws.StateMachineArn;
import io.stepwise.engine.execution.StateMachineRevision;
import io.stepwise.storage.Storage;
import io.stepwise.storage.StorageFault;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Revisions, compiled when first asked for and kept while there is room.
 *
 * <p>Limits: {@value #WEIGHT_MAX} bytes in all, by a rough estimate, and at least one revision. A
 * running execution holds its own revision, so to forget one here costs a compilation, never
 * correctness.
 */
final class Revisions {
  private static final long WEIGHT_MAX = 64L << 20;

  /** What a compiled character weighs, roughly. Units: bytes */
  private static final int CHARACTER = 10;

  /** What an expression in JSONata weighs, however short: its engine keeps a table of symbols. */
  private static final int EXPRESSION = 16 << 10;

  private final Storage storage;
  private final DefinitionCompiler compiler = new DefinitionCompiler();
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Long, Compiled> recent = new LinkedHashMap<>(64, 0.75f, true);
  private long weight;

  private final AtomicLong last = new AtomicLong();

  Revisions(Storage storage) {
    this.storage = storage;
    var newest =
        storage.lastKey(
            new byte[] {(byte) Forms.REVISIONS.prefix()},
            new byte[] {(byte) (Forms.REVISIONS.prefix() + 1)});
    if (newest != null) {
      last.set(ByteBuffer.wrap(newest).getLong(1));
    }
  }

  /** The id of a revision that is to be made. */
  long nextId() {
    return last.incrementAndGet();
  }

  /** Adds a revision to a batch. Revisions outlive their state machine: executions are pinned. */
  void put(Storage.Batch batch, Revision revision) {
    batch.put(key(revision.id()), CatalogTable.row(Forms.write(revision), Forms.REVISIONS));
  }

  private static byte[] key(long id) {
    return ByteBuffer.allocate(9).put((byte) Forms.REVISIONS.prefix()).putLong(id).array();
  }

  /** A revision in all its forms. */
  record Compiled(
      Revision revision,
      StateMachineRevision machine,
      Map<String, Set<String>> variableReferences) {}

  /** The compiled revision if it is at hand: never blocks for long. */
  @Nullable Compiled peek(long id) {
    lock.lock();
    try {
      return recent.get(id);
    } finally {
      lock.unlock();
    }
  }

  /** The compiled revision; reads and compiles it where need be. */
  Compiled get(long id) {
    var known = peek(id);
    if (known != null) {
      return known;
    }
    var row = storage.get(key(id));
    if (row == null) {
      throw new StorageFault("SW-STORAGE-CORRUPT", "Expected a revision " + id);
    }
    var revision = Forms.readRevision(id, CatalogTable.value(row, Forms.REVISIONS));
    return keep(revision, compiler.compileStored(revision.definition(), revision.type()));
  }

  /** Remembers a revision that was compiled already. */
  Compiled keep(Revision revision, CompiledDefinition compiled) {
    var definition =
        compiled
            .definition()
            .orElseThrow(
                () ->
                    new StorageFault(
                        "SW-STORAGE-CORRUPT",
                        "Expected revision "
                            + revision.id()
                            + " to be valid, found "
                            + compiled.diagnostics()));
    var machine =
        new StateMachineRevision(
            revision.id(),
            StateMachineArn.of(revision.machineArn()),
            revision.name(),
            revision.type(),
            revision.roleArn(),
            revision.revisionId(),
            definition);
    var entry = new Compiled(revision, machine, compiled.variableReferences());
    lock.lock();
    try {
      if (recent.put(revision.id(), entry) == null) {
        weight += weight(revision);
      }
      for (Iterator<Compiled> oldest = recent.values().iterator();
          weight > WEIGHT_MAX && recent.size() > 1; ) {
        weight -= weight(oldest.next().revision());
        oldest.remove();
      }
    } finally {
      lock.unlock();
    }
    return entry;
  }

  private static long weight(Revision revision) {
    var text = revision.definition();
    var weight = (long) CHARACTER * text.length();
    for (var at = text.indexOf("{%"); at >= 0; at = text.indexOf("{%", at + 2)) {
      weight += EXPRESSION;
    }
    return weight;
  }
}
