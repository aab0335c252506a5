package io.stepwise.integration;

import io.stepwise.aws.AwsLocation;
import io.stepwise.expression.Payload;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Where Distributed Maps read their items from, a page at a time. Thread safe; never blocks the
 * caller.
 */
@FunctionalInterface
public interface ItemSource {
  /** Nothing can be read. */
  ItemSource NONE =
      request ->
          CompletableFuture.completedFuture(
              new Answer.Failed(
                  "Stepwise has nowhere to read the items of an ItemReader from. Set"
                      + " AWS_ENDPOINT_URL_S3 to the address of an S3."));

  /**
   * What to read.
   *
   * @param reader Resource, Arguments and ReaderConfig of the {@code ItemReader}, with their values
   * @param position where to go on: what the page before gave as {@code next}; empty at the start
   * @param itemsMax items at most, at least 1
   * @param location where the state machine is
   */
  record Request(Payload reader, String position, int itemsMax, AwsLocation location) {}

  /** What was read, or why nothing was. */
  sealed interface Answer {
    /**
     * Items.
     *
     * @param items an array; of objects with Key and Value where {@code keyed}
     * @param keyed whether the items are properties of an object
     * @param next where to go on, or null where that was all. Limits: 16 KiB
     */
    record Page(Payload items, boolean keyed, @Nullable String next) implements Answer {}

    /** It can't be read: the map run fails as {@code States.ItemReaderFailed} with that cause. */
    record Failed(String cause) implements Answer {}
  }

  /**
   * Reads the next page: not more than asked for, and about 256 KiB at most, but at least one item
   * where there is one. The same position gives the same items, as long as what is read stays the
   * same. Cancelling gives it up.
   */
  CompletableFuture<Answer> read(Request request);
}
