package io.stepwise.services.lambda;

import io.stepwise.functions.Folder;
import io.stepwise.services.lambda.LambdaError.InvalidParameterValueException;
import io.stepwise.services.lambda.LambdaError.RequestEntityTooLargeException;
import io.stepwise.services.lambda.LambdaFunction.Code;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.ProviderNotFoundException;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.zip.ZipException;

/**
 * The code of functions: zips as they came, and unpacked, by their hash.
 *
 * <p>Limits: 50 MiB zipped, 250 MiB unpacked, 100,000 files. What leads out of the folder, links
 * and devices are refused or dropped. Source: AWS, quotas of Lambda.
 */
final class CodeStore {
  private static final int ZIPPED_BYTES_MAX = 52_428_800;
  private static final long UNPACKED_BYTES_MAX = 262_144_000;
  private static final int FILES_MAX = 100_000;

  private final Path folder;

  /** In a folder of its own. */
  CodeStore(Path folder) {
    this.folder = folder;
  }

  /** Keeps a zip. */
  Code put(byte[] zip) {
    if (zip.length == 0) {
      throw new InvalidParameterValueException("Uploaded file must be a non-empty zip")
          .toException();
    }
    if (zip.length > ZIPPED_BYTES_MAX) {
      throw new RequestEntityTooLargeException(
              "Zipped size must be smaller than " + ZIPPED_BYTES_MAX + " bytes")
          .toException();
    }
    var hash = sha256(zip);
    var code = new Code(Base64.getEncoder().encodeToString(hash), zip.length, null);
    try {
      var unpacked = folder(code);
      if (!Files.isDirectory(unpacked)) {
        Files.createDirectories(folder);
        var making = folder.resolve("making-" + UUID.randomUUID());
        try {
          var file = making.resolveSibling(making.getFileName() + ".zip");
          Files.write(file, zip);
          unpack(file, making);
          Files.move(file, zip(code), StandardCopyOption.REPLACE_EXISTING);
          Files.move(making, unpacked, StandardCopyOption.ATOMIC_MOVE);
        } finally {
          Folder.delete(making);
          Files.deleteIfExists(making.resolveSibling(making.getFileName() + ".zip"));
        }
      }
      return code;
    } catch (IOException e) {
      throw new UncheckedIOException("Expected to keep the code of a function", e);
    }
  }

  /** Code that is run where it is edited. */
  static Code inPlace(Path where) {
    var hash = sha256(("in place " + where).getBytes(StandardCharsets.UTF_8));
    return new Code(Base64.getEncoder().encodeToString(hash), 0, where.toString());
  }

  /** The folder with the unpacked code. */
  Path folder(Code code) {
    return code.folder() == null ? folder.resolve(name(code)) : Path.of(code.folder());
  }

  /** The name that a zip is asked for by. */
  static String name(Code code) {
    return HexFormat.of().formatHex(Base64.getDecoder().decode(code.sha256()));
  }

  /** A zip that is kept, by its name. */
  Optional<byte[]> zip(String name) {
    var file = folder.resolve(name + ".zip");
    try {
      return name.matches("[0-9a-f]{64}") && Files.isRegularFile(file)
          ? Optional.of(Files.readAllBytes(file))
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path zip(Code code) {
    return folder.resolve(name(code) + ".zip");
  }

  private static void unpack(Path zip, Path target) throws IOException {
    Files.createDirectories(target);
    var left = UNPACKED_BYTES_MAX;
    var files = 0;
    // The file system of zips refuses names that lead out of it.
    try (var system = FileSystems.newFileSystem(zip, Map.of("enablePosixFileAttributes", "true"))) {
      for (var root : system.getRootDirectories()) {
        try (var entries = Files.walk(root)) {
          for (var entry : (Iterable<Path>) entries::iterator) {
            var place = target.resolve(root.relativize(entry).toString()).normalize();
            if (!place.startsWith(target) || ++files > FILES_MAX) {
              throw notUnzipped();
            }
            if (Files.isDirectory(entry)) {
              Files.createDirectories(place);
            } else {
              left -= copy(entry, place, left);
            }
          }
        }
      }
    } catch (ZipException | ProviderNotFoundException | InvalidPathException e) {
      throw notUnzipped();
    }
  }

  private static long copy(Path entry, Path place, long left) throws IOException {
    Files.createDirectories(place.getParent());
    var copied = 0L;
    try (var in = Files.newInputStream(entry);
        var out = Files.newOutputStream(place)) {
      var buffer = new byte[64 << 10];
      for (var read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        copied += read;
        if (copied > left) {
          throw new InvalidParameterValueException(
                  "Unzipped size must be smaller than " + UNPACKED_BYTES_MAX + " bytes")
              .toException();
        }
        out.write(buffer, 0, read);
      }
    }
    var view = Files.getFileAttributeView(entry, PosixFileAttributeView.class);
    if (view != null) {
      var modes = view.readAttributes().permissions();
      var isProgram =
          modes.contains(PosixFilePermission.OWNER_EXECUTE)
              || modes.contains(PosixFilePermission.OTHERS_EXECUTE);
      Files.setPosixFilePermissions(place, isProgram ? PROGRAM : PLAIN);
    }
    return copied;
  }

  private static final Set<PosixFilePermission> PROGRAM =
      PosixFilePermissions.fromString("rwxr-xr-x");
  private static final Set<PosixFilePermission> PLAIN =
      PosixFilePermissions.fromString("rw-r--r--");

  private static RuntimeException notUnzipped() {
    return new InvalidParameterValueException(
            "Could not unzip uploaded file. Please check your file, then try to upload again.")
        .toException();
  }

  static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
