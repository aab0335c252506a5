package io.stepwise.server;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import io.stepwise.engine.execution.Evolver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The rules of ARCHITECTURE.md as data: which module may use which. */
final class Architecture {
  private static final String[] PLATFORM = {
    "java..", "javax.net.ssl..", "org.jspecify..", "", // the last: arrays and primitives
  };

  /** For each package of ours: what else it may use, besides the platform and itself. */
  private static final Map<String, List<String>> MAY_USE =
      Map.ofEntries(
          Map.entry("aws", List.of()),
          Map.entry("jsonata", List.of("tools.jackson..")),
          Map.entry("expression", List.of("jsonata", "tools.jackson..")),
          Map.entry("asl", List.of("aws", "expression", "tools.jackson..")),
          Map.entry("engine", List.of("aws", "asl", "expression", "tools.jackson..")),
          Map.entry("storage", List.of("aws", "engine", "expression", "asl", "tools.jackson..")),
          Map.entry(
              "logs",
              List.of(
                  "storage", "expression", "com.google.re2j..", "tools.jackson..", "org.slf4j..")),
          Map.entry(
              "catalog",
              List.of("storage", "engine", "asl", "aws", "expression", "tools.jackson..")),
          Map.entry("integration", List.of("aws", "expression", "tools.jackson..")),
          Map.entry(
              "runtime",
              List.of(
                  "aws",
                  "jsonata",
                  "catalog",
                  "storage",
                  "engine",
                  "asl",
                  "expression",
                  "integration",
                  "tools.jackson..",
                  "org.slf4j..")),
          Map.entry(
              "host.embedded",
              List.of(
                  "runtime", "storage", "engine", "expression", "org.rocksdb..", "org.slf4j..")),
          Map.entry("edge", List.of("io.netty..", "org.slf4j..")),
          Map.entry("connectors.mock", List.of("integration", "expression", "tools.jackson..")),
          Map.entry(
              "connectors.lambda",
              List.of("aws", "integration", "edge", "expression", "tools.jackson..")),
          Map.entry(
              "connectors.aws",
              List.of(
                  "aws",
                  "integration",
                  "edge",
                  "expression",
                  "tools.jackson..",
                  "javax.xml.stream..",
                  "software.amazon.awssdk..")),
          Map.entry(
              "protocol", List.of("aws", "edge", "expression", "tools.jackson..", "org.slf4j..")),
          Map.entry(
              "services.states",
              List.of(
                  "protocol",
                  "aws",
                  "catalog",
                  "runtime",
                  "integration",
                  "storage",
                  "engine",
                  "asl",
                  "expression",
                  "edge",
                  "tools.jackson..")),
          Map.entry("services.sts", List.of("protocol", "aws", "edge", "tools.jackson..")),
          Map.entry(
              "services.logs",
              List.of("protocol", "aws", "logs", "expression", "edge", "tools.jackson..")),
          Map.entry("functions", List.of("aws", "expression", "tools.jackson..", "org.slf4j..")),
          Map.entry(
              "services.lambda",
              List.of(
                  "protocol",
                  "aws",
                  "catalog",
                  "storage",
                  "integration",
                  "functions",
                  "expression",
                  "tools.jackson..",
                  "org.snakeyaml..",
                  "org.slf4j..")));

  private Architecture() {}

  /** A module uses nothing but what it may. */
  static List<ArchRule> modules() {
    var rules = new ArrayList<ArchRule>();
    MAY_USE.forEach(
        (module, others) -> {
          var allowed = new ArrayList<>(List.of(PLATFORM));
          allowed.add("io.stepwise." + module + "..");
          for (var other : others) {
            allowed.add(other.endsWith("..") ? other : "io.stepwise." + other + "..");
          }
          rules.add(
              classes()
                  .that()
                  .resideInAPackage("io.stepwise." + module + "..")
                  .should()
                  .onlyDependOnClassesThat()
                  .resideInAnyPackage(allowed.toArray(String[]::new))
                  .as("module " + module + " uses only what ARCHITECTURE.md allows"));
        });
    return rules;
  }

  /** The pure modules keep out clocks, chance, threads, input and output. */
  static List<ArchRule> purity() {
    return List.of(
        classes()
            .that()
            .resideInAnyPackage(
                "io.stepwise.jsonata..",
                "io.stepwise.expression..",
                "io.stepwise.asl..",
                "io.stepwise.engine..")
            .should(new Purity())
            .as("pure modules use nothing of the platform but what is pure"));
  }

  /** Some libraries stay behind one door. */
  static List<ArchRule> doors() {
    return List.of(
        noClasses()
            .that()
            .resideOutsideOfPackages("io.stepwise.host.embedded..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.rocksdb..")
            .as("RocksDB stays in host-embedded"),
        noClasses()
            .that()
            .resideOutsideOfPackage("io.stepwise.edge..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.netty..")
            .as("Netty stays in edge"),
        noClasses()
            .that()
            .resideOutsideOfPackage("io.stepwise.logs.pattern..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.google.re2j..")
            .as("RE2/J stays with filter patterns"));
  }

  /**
   * Packages of a module use each other in one direction. The package of the module itself is its
   * face: it may use all of them, and what it defines they may use.
   */
  static List<ArchRule> cycles() {
    return List.of(
        SlicesRuleDefinition.slices()
            .matching("io.stepwise.(*).(*)..")
            .should()
            .beFreeOfCycles()
            // The one class that changes executions stands among them, so that they need no public
            // door for it; it applies events, whose values are those of executions.
            .ignoreDependency(
                nameMatching(Pattern.quote(Evolver.class.getName()) + "(\\$.*)?"),
                resideInAPackage("io.stepwise.engine.event"))
            .as("packages go round in no circle"),
        SlicesRuleDefinition.slices()
            .matching("io.stepwise.services.(*).(*)..")
            .should()
            .beFreeOfCycles()
            .as("packages of a service go round in no circle"));
  }
}
