package io.stepwise.engine.execution;

import io.stepwise.expression.Payload;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a map run has read of its items, and what came of them. Items are read in pages, as children
 * are begun; a page and a result are in memory only until storage has them and nobody needs them,
 * so that nothing here grows with the number of items but a count.
 *
 * <pre>
 * source ─▶ page: inputs of children ─▶ child begun ─▶ result
 *    next, carry        row i                            row r
 * </pre>
 */
public final class Backlog {
  /** Where a source is read from first. */
  static final String START = "";

  /** Children of a small map run, whose pages are known one by one. */
  public static final int SMALL = 1_000;

  private final boolean batched;
  private final List<Integer> firsts = new ArrayList<>(2);
  private final TreeMap<Integer, Page> pages = new TreeMap<>();
  private final Map<Integer, Payload> results = new HashMap<>();
  private final Map<Integer, Integer> itemCounts = new HashMap<>();
  private Stored stored = Stored.NOTHING;
  private @Nullable String next = START;
  private @Nullable Payload carry;
  private boolean reading;
  private int inputs;
  private long itemsRead;
  private long itemsStarted;
  private long resultBytes;

  Backlog(boolean batched) {
    this.batched = batched;
  }

  /**
   * What a child is given.
   *
   * @param payload its input
   * @param items items in it
   */
  public record ChildInput(Payload payload, int items) {}

  /**
   * The inputs of some children in a row.
   *
   * @param first index of the first
   */
  public record Page(int first, List<ChildInput> inputs) {
    public Page {
      inputs = List.copyOf(inputs);
    }

    /** Index after the last. */
    public int end() {
      return first + inputs.size();
    }
  }

  /** What storage has of a map run. */
  public interface Stored {
    /** A map run of which storage has nothing. */
    Stored NOTHING =
        new Stored() {
          @Override
          public Page pageOf(int index) {
            throw new IllegalStateException("Expected the input of child " + index);
          }

          @Override
          public @Nullable Payload result(int index) {
            return null;
          }
        };

    /** The page in which the input of a child is. */
    Page pageOf(int index);

    /** The result of a child that ended well, or null. */
    @Nullable Payload result(int index);
  }

  /**
   * How far it has come, as storage keeps it.
   *
   * @param next where to read on, or null where everything was read
   * @param reading whether a page was asked for and has not come
   * @param inputs inputs of children so far
   * @param itemsRead items read so far
   * @param itemsStarted items in children that were begun
   * @param resultBytes size of all results so far. Units: bytes
   * @param carry items that were read and do not fill a batch yet, or null
   * @param firsts the first child of each page; none in a map run that is not small
   */
  public record Progress(
      @Nullable String next,
      boolean reading,
      int inputs,
      long itemsRead,
      long itemsStarted,
      long resultBytes,
      @Nullable Payload carry,
      List<Integer> firsts) {
    public Progress {
      firsts = List.copyOf(firsts);
    }
  }

  /** How far it has come. */
  public Progress progress() {
    return new Progress(next, reading, inputs, itemsRead, itemsStarted, resultBytes, carry, firsts);
  }

  /** Where to read on, or null where everything was read. */
  public @Nullable String next() {
    return next;
  }

  /** Items that were read and do not fill a batch yet, or null. */
  public @Nullable Payload carry() {
    return carry;
  }

  /** Whether a page was asked for and has not come. */
  public boolean isReading() {
    return reading;
  }

  /** Inputs of children that were read so far. */
  public int inputs() {
    return inputs;
  }

  /** Items that were read so far. */
  public long itemsRead() {
    return itemsRead;
  }

  /** Items in children that were begun. */
  long itemsStarted() {
    return itemsStarted;
  }

  /** Size of all results so far, as elements of an array. Units: bytes. */
  public long resultBytes() {
    return resultBytes;
  }

  /** The input of a child. */
  public ChildInput input(int index) {
    var known = pages.floorEntry(index);
    var page = known == null || known.getValue().end() <= index ? null : known.getValue();
    if (page == null) {
      page = stored.pageOf(index);
      pages.put(page.first(), page); // its neighbours are asked for next
    }
    return page.inputs().get(index - page.first());
  }

  /** The page that begins with a child, which storage does not have yet. */
  public Page pageFrom(int first) {
    var page = pages.get(first);
    if (page == null) {
      throw new IllegalStateException("Expected a page from child " + first);
    }
    return page;
  }

  /** The result of a child that ended well, or null. */
  @Nullable Payload result(int index) {
    var fresh = results.get(index);
    return fresh != null ? fresh : stored.result(index);
  }

  /** Items in the child at an index. */
  int itemCount(int index) {
    if (!batched) {
      return 1;
    }
    var known = itemCounts.get(index);
    return known != null ? known : input(index).items();
  }

  void began(int index, boolean forTheFirstTime) {
    var items = itemCount(index);
    if (batched) {
      itemCounts.put(index, items);
    }
    if (forTheFirstTime) {
      itemsStarted += items;
    }
  }

  void ended(int index) {
    itemCounts.remove(index);
  }

  void succeeded(int index, Payload output) {
    results.put(index, output);
    resultBytes += output.sizeBytes() + 1;
  }

  void read(List<ChildInput> more, @Nullable Payload rest, long items, @Nullable String position) {
    if (!more.isEmpty()) {
      pages.put(inputs, new Page(inputs, more));
      firsts.add(inputs);
      inputs += more.size();
      if (inputs > SMALL) {
        firsts.clear();
      }
    }
    carry = rest;
    itemsRead += items;
    next = position;
    reading = false;
  }

  void reading(boolean now) {
    reading = now;
  }

  /** Storage has everything now; what was begun already need not be kept. */
  void committed(Stored now, int nextIndex) {
    stored = now;
    results.clear();
    pages.values().removeIf(page -> page.end() <= nextIndex);
  }

  /** Puts back what storage kept. */
  public void restore(Progress kept) {
    next = kept.next();
    carry = kept.carry();
    reading = kept.reading();
    inputs = kept.inputs();
    itemsRead = kept.itemsRead();
    itemsStarted = kept.itemsStarted();
    resultBytes = kept.resultBytes();
    firsts.addAll(kept.firsts());
  }

  /** Tells where storage has the rest. */
  public void storedAt(Stored place) {
    stored = place;
  }
}
