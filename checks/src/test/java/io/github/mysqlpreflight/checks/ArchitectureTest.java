/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.github.mysqlpreflight.core.check.Check;
import org.junit.jupiter.api.Test;

/** Laws 1, 2, 4 and 13 of docs/architecture.md in the checks, and its start-up rules, as far as a test can verify them. */
class ArchitectureTest {
    private static final JavaClasses CHECKS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.github.mysqlpreflight.checks");

    @Test
    void aCheckIsFinalSmallAndNobodyElsesBusiness() {
        classes()
                .that()
                .implement(Check.class)
                .should()
                .bePackagePrivate()
                .andShould()
                .haveModifier(JavaModifier.FINAL)
                .andShould()
                .beTopLevelClasses()
                .because("one check is one file, and all that is public of it is its id")
                .check(CHECKS);
    }

    @Test
    void aCheckKeepsNoState() {
        fields().that()
                .areDeclaredInClassesThat()
                .implement(Check.class)
                .should()
                .beStatic()
                .andShould()
                .beFinal()
                .because("a check is a function of a snapshot and a plan")
                .check(CHECKS);
    }

    @Test
    void aCheckSeesNoServerFileOrNetwork() {
        // The one exception reads the tables of versions that come with the tool.
        noClasses()
                .that()
                .resideOutsideOfPackage("io.github.mysqlpreflight.checks.data")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.sql..",
                        "javax.sql..",
                        "com.mysql..",
                        "com.zaxxer..",
                        "java.io..",
                        "java.nio.file..",
                        "java.net..",
                        "io.github.mysqlpreflight.core.probe..",
                        "io.github.mysqlpreflight.core.source..")
                .because("only probes speak SQL, and the snapshot is the whole truth")
                .check(CHECKS);
    }

    @Test
    void aCheckDoesNotLogOrRunOthers() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.slf4j..",
                        "io.github.mysqlpreflight.core.engine..",
                        "io.github.mysqlpreflight.core.report..")
                .because("a check says what it has to say by its outcome")
                .check(CHECKS);
        noClasses().should().accessField(System.class, "out").check(CHECKS);
        noClasses().should().accessField(System.class, "err").check(CHECKS);
    }

    @Test
    void aCheckKnowsNoTimeAndNoChance() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(
                        java.time.Clock.class,
                        java.util.Random.class,
                        java.util.concurrent.ThreadLocalRandom.class,
                        java.util.Date.class)
                .because("the same snapshot gives the same outcome on another day")
                .check(CHECKS);
        noClasses().should().callMethod(System.class, "currentTimeMillis").check(CHECKS);
        noClasses().should().callMethod(System.class, "nanoTime").check(CHECKS);
        noClasses().should().callMethod(Math.class, "random").check(CHECKS);
        noClasses().should().callMethod(java.time.Instant.class, "now").check(CHECKS);
        noClasses().should().callMethod(java.time.LocalDate.class, "now").check(CHECKS);
    }

    @Test
    void theHotPathUsesNoRegularExpressions() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.util.regex..")
                .because("loading them costs start-up time that every run would pay")
                .check(CHECKS);
    }
}
