package io.stepwise.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
              "catalog",
              List.of("storage", "engine", "asl", "aws", "expression", "tools.jackson..")),
          Map.entry("integration", List.of("aws", "expression", "tools.jackson..")),
          Map.entry(
              "runtime",
              List.of(
                  "aws",
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
              "protocol", List.of("aws", "edge", "expression", "tools.jackson..", "org.slf4j..")),
          Map.entry(
              "services.states",
              List.of(
                  "protocol",
                  "aws",
                  "catalog",
                  "runtime",
                  "storage",
                  "engine",
                  "asl",
                  "expression",
                  "edge",
                  "tools.jackson..")),
          Map.entry("services.sts", List.of("protocol", "aws", "edge", "tools.jackson..")));

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

  /** The pure modules keep out I/O, threads and clocks. */
  static List<ArchRule> purity() {
    var pure =
        new String[] {
          "io.stepwise.aws..",
          "io.stepwise.jsonata..",
          "io.stepwise.expression..",
          "io.stepwise.asl..",
          "io.stepwise.engine.."
        };
    return List.of(
        noClasses()
            .that()
            .resideInAnyPackage(pure)
            .should()
            .callMethod(Instant.class, "now")
            .as("pure modules read no clock"),
        noClasses()
            .that()
            .resideInAnyPackage("io.stepwise.asl..", "io.stepwise.engine..")
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .as("asl and engine measure no time"),
        noClasses()
            .that()
            .resideInAnyPackage(pure)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.net..", "java.nio.file..", "java.util.concurrent.locks..")
            .as("pure modules do no I/O and lock nothing"),
        noClasses()
            .that()
            .resideInAnyPackage("io.stepwise.engine..")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(Thread.class)
            .as("the engine knows no threads"),
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
            .as("Netty stays in edge"));
  }
}
