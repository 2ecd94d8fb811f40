/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** Laws 1, 2, 11 and 13 of docs/architecture.md in the engine, as far as a test can verify them. */
class ArchitectureTest {
    private static final String CORE = "io.github.mysqlpreflight.core.";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.github.mysqlpreflight.core");

    @Test
    void onlyProbesAndTheSourceSpeakSql() {
        noClasses()
                .that()
                .resideOutsideOfPackages(CORE + "probe..", CORE + "source..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..", "com.mysql..", "com.zaxxer..")
                .because("a check never sees a connection")
                .check(CLASSES);
    }

    @Test
    void theEngineKnowsNoCheckByName() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.github.mysqlpreflight.checks..",
                        "io.github.mysqlpreflight.cli..",
                        "io.github.mysqlpreflight.server..",
                        "io.github.mysqlpreflight.testkit..")
                .because("imports run downwards only")
                .check(CLASSES);
    }

    @Test
    void factsKnowNobodyAndTheContractKnowsOnlyFacts() {
        noClasses()
                .that()
                .resideInAPackage(CORE + "snapshot..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        CORE + "source..", CORE + "probe..", CORE + "check..", CORE + "engine..", CORE + "report..")
                .because("a snapshot can be read and judged on another machine")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage(CORE + "check..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(CORE + "source..", CORE + "probe..", CORE + "engine..", CORE + "report..")
                .because("a check sees facts and a plan, nothing else")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAnyPackage(CORE + "source..", CORE + "probe..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(CORE + "engine..", CORE + "report..")
                .because("reading does not judge")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage(CORE + "report..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(CORE + "source..", CORE + "probe..", CORE + "engine..")
                .because("a report shows what was found and finds nothing")
                .check(CLASSES);
    }

    @Test
    void thereIsOneDirectionAndNoWayBack() {
        slices().matching(CORE + "(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void aLibraryDoesNotPrint() {
        noClasses().should().accessField(System.class, "out").check(CLASSES);
        noClasses().should().accessField(System.class, "err").check(CLASSES);
        noClasses().should().callMethod(Throwable.class, "printStackTrace").check(CLASSES);
        noClasses().should().callMethod(System.class, "exit", int.class).check(CLASSES);
    }

    @Test
    void everyPackageSaysWhetherItTakesNull() {
        Set<String> unmarked = new TreeSet<>();
        for (JavaClass type : CLASSES) {
            JavaPackage home = type.getPackage();
            if (home.tryGetAnnotationOfType(NullMarked.class).isEmpty()) {
                unmarked.add(home.getName());
            }
        }
        assertThat(CLASSES).isNotEmpty();
        assertThat(unmarked).as("packages without @NullMarked").isEmpty();
    }
}
