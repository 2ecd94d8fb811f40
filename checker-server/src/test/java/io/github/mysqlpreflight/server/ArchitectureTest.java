/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
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

/** Laws 1, 11 and 13 of docs/architecture.md in the server, as far as a test can verify them. */
class ArchitectureTest {
    private static final String SERVER = "io.github.mysqlpreflight.server";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(SERVER);

    @Test
    void importsRunDownwardsOnly() {
        noClasses()
                .that()
                .resideInAPackage(SERVER + ".config..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(SERVER, SERVER + ".access..", SERVER + ".task..", SERVER + ".http..")
                .because("settings are values")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage(SERVER + ".access..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(SERVER, SERVER + ".task..", SERVER + ".http..")
                .because("who may do what does not hang on how it is asked for")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage(SERVER + ".task..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(SERVER + ".http..", "org.eclipse.jetty..")
                .because("a task does not know who asks for it")
                .check(CLASSES);
        slices().matching(SERVER + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void theServerKnowsNoCommandAndNoCheckByName() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.github.mysqlpreflight.checks..",
                        "io.github.mysqlpreflight.cli..",
                        "io.github.mysqlpreflight.testkit..")
                .because("imports run downwards only, and checks are found by what they provide")
                .check(CLASSES);
    }

    @Test
    void onlyTasksSpeakSql() {
        noClasses()
                .that()
                .resideOutsideOfPackage(SERVER + ".task..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.sql..",
                        "javax.sql..",
                        "com.mysql..",
                        "com.zaxxer..",
                        "org.h2..",
                        "org.postgresql..",
                        "org.jdbi..",
                        "org.flywaydb..",
                        "com.github.kagkarlsson..")
                .because("the store is the business of the tasks")
                .check(CLASSES);
    }

    @Test
    void onlyOnePackageReadsYaml() {
        noClasses()
                .that()
                .resideOutsideOfPackage(SERVER + ".yaml..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.snakeyaml..")
                .because("files of users have one careful reader")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage(SERVER + ".yaml..")
                .should()
                .dependOnClassesThat(resideInAPackage(SERVER + "..").and(not(resideInAPackage(SERVER + ".yaml.."))))
                .because("a check reads its file without the rest of the server")
                .check(CLASSES);
    }

    @Test
    void onlyTheApiSpeaksHttp() {
        noClasses()
                .that()
                .resideOutsideOfPackage(SERVER + ".http..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.eclipse.jetty..")
                .because("what is spoken to clients has one home")
                .check(CLASSES);
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
