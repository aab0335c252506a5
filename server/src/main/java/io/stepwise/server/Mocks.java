package io.stepwise.server;

import io.stepwise.runtime.mock.MockConfig;
import io.stepwise.runtime.mock.MockConfigReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the file of mocked answers. */
final class Mocks {
  private Mocks() {}

  /** Errors: {@link IllegalArgumentException} that says what is wrong, and where. */
  static MockConfig read(Path file) {
    try {
      return MockConfigReader.read(file.toString(), Files.readString(file));
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "The mock configuration "
              + file
              + " cannot be read ("
              + e.getClass().getSimpleName()
              + "). Correct SFN_MOCK_CONFIG, or unset it.",
          e);
    }
  }
}
