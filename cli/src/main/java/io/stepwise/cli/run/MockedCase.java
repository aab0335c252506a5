package io.stepwise.cli.run;

import io.stepwise.connectors.mock.MockConfig;
import io.stepwise.integration.Connectors;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The test case that a run goes by.
 *
 * @param machine name of the state machine in the file of mocked answers
 * @param testCase name of the case there
 */
public record MockedCase(MockConfig mocks, String machine, String testCase) {

  /**
   * The case of that name, or the only one, of the state machine of that name; of the state machine
   * that is named as the definition's file is, or else of the only one, where {@code name} is
   * empty.
   *
   * <p>Errors: {@link IllegalArgumentException} that lists what there is to choose from.
   */
  public static MockedCase of(
      MockConfig mocks, Optional<String> name, String title, Optional<String> testCase) {
    var wanted = name.or(() -> Optional.of(title).filter(mocks.machines()::containsKey));
    var known =
        choose(
            mocks.machines(),
            wanted,
            "Expected --name with a state machine of the mock configuration, '"
                + name.orElse(title)
                + "' is none");
    var chosen =
        choose(
            mocks.machines().getOrDefault(known, Map.of()),
            testCase,
            "Expected --case with a test case of '" + known + "' in the mock configuration");
    return new MockedCase(mocks, known, chosen);
  }

  private static String choose(Map<String, ?> all, Optional<String> wanted, String expected) {
    var only = all.size() == 1 ? all.keySet().stream().findAny() : Optional.<String>empty();
    return wanted
        .or(() -> only)
        .filter(all::containsKey)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    expected + ", which has: " + String.join(", ", new TreeSet<>(all.keySet()))));
  }

  /** Whether the case answers the state of that name. */
  public boolean answers(String state) {
    return mocks
        .machines()
        .getOrDefault(machine, Map.of())
        .getOrDefault(testCase, Map.of())
        .containsKey(state);
  }

  /** Answers of this case; states that it leaves out are done by {@code connectors}. */
  public LocalRun.Answers over(Connectors connectors) {
    return new LocalRun.Answers(connectors, mocks, testCase);
  }
}
