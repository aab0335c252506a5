package io.stepwise.connectors.s3;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Files as objects: each subfolder of a folder is a bucket, and what is in it are objects whose
 * keys are their paths. Nothing outside of it is ever read, by {@code ..} or by a link.
 */
public final class FolderObjects implements ObjectStore {
  private final Path folder;

  /** The buckets in {@code folder}. */
  public FolderObjects(Path folder) {
    this.folder = folder;
  }

  @Override
  public Part read(ObjectName name, String etag, long from, int length)
      throws ObjectStoreException {
    var bucket = bucket(name.bucket());
    Path file;
    try {
      file = bucket.resolve(name.key()).normalize();
    } catch (InvalidPathException e) {
      throw noSuchKey();
    }
    try {
      var isInside =
          file.startsWith(bucket)
              && Files.isRegularFile(file)
              && file.toRealPath().startsWith(bucket.toRealPath());
      if (!isInside) {
        throw noSuchKey();
      }
      var attributes = Files.readAttributes(file, BasicFileAttributes.class);
      var found = etag(attributes);
      if (!etag.isEmpty() && !etag.equals(found)) {
        throw new ObjectStoreException("The file has changed while it was read.");
      }
      var bytes = ByteBuffer.allocate(Math.clamp(attributes.size() - from, 0, length));
      try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
        var last = 0;
        while (bytes.hasRemaining() && last >= 0) {
          last = channel.read(bytes, from + bytes.position());
        }
      }
      return new Part(bytes.array(), attributes.size(), found);
    } catch (IOException e) {
      throw new ObjectStoreException("The file can't be read: " + e.getMessage());
    }
  }

  @Override
  public Listing list(String bucket, String prefix, Optional<String> from, int max)
      throws ObjectStoreException {
    var root = bucket(bucket);
    List<Listed> objects = new ArrayList<>();
    try (var files = Files.walk(root)) {
      for (var file : (Iterable<Path>) files::iterator) {
        var key = root.relativize(file).toString().replace('\\', '/');
        if (key.startsWith(prefix)
            && from.map(last -> key.compareTo(last) > 0).orElse(true)
            && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          var attributes = Files.readAttributes(file, BasicFileAttributes.class);
          objects.add(
              new Listed(
                  key,
                  etag(attributes),
                  attributes.lastModifiedTime().toMillis() / 1e3,
                  attributes.size(),
                  "STANDARD"));
        }
      }
    } catch (IOException e) {
      throw new ObjectStoreException("The folder can't be read: " + e.getMessage());
    }
    objects.sort(Comparator.comparing(Listed::key));
    var page = objects.subList(0, Math.min(max, objects.size()));
    return new Listing(
        page, page.size() < objects.size() ? Optional.of(page.getLast().key()) : Optional.empty());
  }

  private Path bucket(String name) throws ObjectStoreException {
    if (!name.matches("[a-z0-9][a-z0-9.-]{1,62}") || !Files.isDirectory(folder.resolve(name))) {
      throw new ObjectStoreException(
          "The specified bucket does not exist (Service: S3, Status Code: 404): there is no folder '"
              + name
              + "' in "
              + folder
              + ".");
    }
    return folder.resolve(name);
  }

  private static ObjectStoreException noSuchKey() {
    return new ObjectStoreException(
        "The specified key does not exist. (Service: S3, Status Code: 404)");
  }

  /** Changes with the file, as far as that is cheap to know. */
  private static String etag(BasicFileAttributes attributes) {
    return "\"" + attributes.lastModifiedTime().toMillis() + "-" + attributes.size() + "\"";
  }
}
