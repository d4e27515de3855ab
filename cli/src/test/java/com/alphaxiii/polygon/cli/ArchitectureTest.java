package com.alphaxiii.polygon.cli;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The house: who may know whom, and who may look at the clock. */
class ArchitectureTest {
  private static final String BASE = "com.alphaxiii.polygon";
  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(BASE);

  /** The packages of core, which everybody may know. */
  private static final String[] CORE = {
    BASE + ".core",
    BASE + ".columnar",
    BASE + ".calendar",
    BASE + ".validate",
    BASE + ".catalogue",
    BASE + ".reference",
    BASE + ".snapshot"
  };

  /** What reads the machine's clock or sleeps. */
  private static final Set<String> CLOCKS =
      Set.of(
          "java.time.Instant.now",
          "java.time.LocalDate.now",
          "java.time.LocalDateTime.now",
          "java.time.ZonedDateTime.now",
          "java.time.OffsetDateTime.now",
          "java.time.Clock.systemUTC",
          "java.time.Clock.systemDefaultZone",
          "java.time.Clock.system",
          "java.time.InstantSource.system",
          "java.lang.System.currentTimeMillis",
          "java.lang.System.nanoTime",
          "java.lang.Thread.sleep");

  @Test
  void everyModuleIsSeen() {
    assertThat(MAIN.stream().map(JavaClass::getPackageName).distinct())
        .contains(
            BASE,
            BASE + ".core",
            BASE + ".calendar",
            BASE + ".client",
            BASE + ".store",
            BASE + ".server",
            BASE + ".simulator",
            BASE + ".cli");
  }

  @Test
  void coreKnowsNobody() {
    noClasses()
        .that()
        .resideInAnyPackage(CORE)
        .should()
        .dependOnClassesThat(
            resideInAPackage(BASE + "..").and(DescribedPredicate.not(resideInAnyPackage(CORE))))
        .check(MAIN);
    classes()
        .that()
        .resideInAnyPackage(CORE)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "org.jspecify..", BASE + "..")
        .check(MAIN);
  }

  @Test
  void clientStoreServerAndSimulatorKnowOnlyCore() {
    for (String module : Set.of("client", "store", "server", "simulator")) {
      noClasses()
          .that()
          .resideInAPackage(BASE + "." + module)
          .should()
          .dependOnClassesThat(
              resideInAPackage(BASE + "..")
                  .and(
                      DescribedPredicate.not(
                          resideInAPackage(BASE + "." + module).or(resideInAnyPackage(CORE)))))
          .check(MAIN);
    }
  }

  @Test
  void theLibraryKnowsNeitherServerNorSimulatorNorCommandLine() {
    noClasses()
        .that()
        .resideInAPackage(BASE)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(BASE + ".server", BASE + ".simulator", BASE + ".cli")
        .check(MAIN);
  }

  @Test
  void packagesFormNoCycle() {
    SlicesRuleDefinition.slices()
        .matching(BASE + ".(client|store|server|simulator|cli)..")
        .should()
        .beFreeOfCycles()
        .check(MAIN);
  }

  @Test
  void onlyTheEdgesReadTheMachinesClock() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(BASE + ".core.SystemNanoClock")
        .and()
        .doNotHaveFullyQualifiedName(BASE + ".cli.Main")
        .and(DescribedPredicate.not(DEFAULT_CLOCKS))
        .should()
        .accessTargetWhere(
            new DescribedPredicate<JavaAccess<?>>("reads a clock or sleeps") {
              @Override
              public boolean test(JavaAccess<?> access) {
                AccessTarget target = access.getTarget();
                return CLOCKS.contains(target.getOwner().getName() + "." + target.getName());
              }
            })
        .check(MAIN);
  }

  /** Doors that programs open without a clock of their own. */
  private static final DescribedPredicate<JavaClass> DEFAULT_CLOCKS =
      new DescribedPredicate<>("are doors with a default clock") {
        @Override
        public boolean test(JavaClass type) {
          return Set.of(
                  BASE + ".PolygonDataManager",
                  BASE + ".PolygonWebSocketClient",
                  BASE + ".simulator.Scenario$Builder")
              .contains(type.getName());
        }
      };
}
