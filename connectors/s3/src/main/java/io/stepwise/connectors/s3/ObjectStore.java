package io.stepwise.connectors.s3;

import java.util.List;
import java.util.Optional;

/**
 * Where objects are. Its calls block; they are made on threads that may. Errors: {@link
 * ObjectStoreException}, in S3's words.
 */
public interface ObjectStore {
  /**
   * An object.
   *
   * @param version empty for the latest
   */
  record ObjectName(String bucket, String key, Optional<String> version) {}

  /**
   * Some bytes of an object.
   *
   * @param size of the whole object. Units: bytes
   * @param etag changes with the object; empty where the store has none
   */
  record Part(byte[] bytes, long size, String etag) {}

  /**
   * An object in a listing.
   *
   * @param etag with its quotes
   * @param modifiedSeconds when it was written. Units: seconds since 1970
   * @param size Units: bytes
   */
  record Listed(String key, String etag, double modifiedSeconds, long size, String storageClass) {}

  /** Some objects, and where to go on if there are more. */
  record Listing(List<Listed> objects, Optional<String> next) {}

  /**
   * Bytes of an object from an offset on; fewer at its end.
   *
   * @param etag what it must still be; empty: whatever it is
   */
  Part read(ObjectName name, String etag, long from, int length) throws ObjectStoreException;

  /**
   * Objects whose keys begin with {@code prefix}, by key.
   *
   * @param from what the listing before gave, if there was one
   */
  Listing list(String bucket, String prefix, Optional<String> from, int max)
      throws ObjectStoreException;
}
