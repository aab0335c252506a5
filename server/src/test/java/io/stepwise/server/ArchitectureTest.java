package io.stepwise.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.stepwise.engine.deliberate.Violations;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The house is built as ARCHITECTURE.md says, and the rules notice when it is not. */
final class ArchitectureTest {
  private static final JavaClasses PRODUCT =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.stepwise");

  @Test
  void everyModuleUsesOnlyWhatItMay() {
    assertThat(violations(Architecture.modules(), PRODUCT)).isEmpty();
  }

  @Test
  void pureModulesUseNothingOfThePlatformButWhatIsPure() {
    assertThat(violations(Architecture.purity(), PRODUCT)).isEmpty();
  }

  @Test
  void librariesStayBehindTheirDoors() {
    assertThat(violations(Architecture.doors(), PRODUCT)).isEmpty();
  }

  @Test
  void packagesGoRoundInNoCircle() {
    assertThat(violations(Architecture.cycles(), PRODUCT)).isEmpty();
  }

  @Test
  void everyDeliberateViolationIsFound() {
    var deliberate = new ClassFileImporter().importPackages("io.stepwise.engine.deliberate");

    assertThat(violations(Architecture.modules(), deliberate))
        .anySatisfy(violation -> assertThat(violation).contains("StorageFault"));
    var found = violations(Architecture.purity(), deliberate);
    for (var method : Violations.IMPURE) {
      assertThat(found)
          .as(method)
          .anySatisfy(violation -> assertThat(violation).contains("Violations." + method + "("));
    }
  }

  private static List<String> violations(List<ArchRule> rules, JavaClasses classes) {
    var violations = new ArrayList<String>();
    for (var rule : rules) {
      var result = rule.allowEmptyShould(true).evaluate(classes);
      for (var detail : result.getFailureReport().getDetails()) {
        violations.add(rule.getDescription() + ": " + detail);
      }
    }
    return violations;
  }
}
