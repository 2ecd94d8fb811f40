/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.cli;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Law 12 of docs/architecture.md: what the command line may know of the server. */
final class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.github.mysqlpreflight.cli");

    @Test
    void twoClassesAloneKnowTheServer() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(ServerRun.class.getName())
                .and()
                .doNotHaveFullyQualifiedName(AcceptFile.class.getName())
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.github.mysqlpreflight.server..", "org.eclipse.jetty..", "org.snakeyaml..")
                .because("the server's jars are not on the class path of a check")
                .check(CLASSES);
    }

    @Test
    void onlyServeLeadsToTheServer() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(ServeCommand.class.getName())
                .and()
                .doNotHaveFullyQualifiedName(ServerRun.class.getName())
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName(ServerRun.class.getName())
                .because("whoever loads that class needs the server's jars")
                .check(CLASSES);
    }

    @Test
    void onlyACheckThatAcceptsLeadsToItsFileAndThatToNothingOfTheServerButYaml() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(CheckCommand.class.getName())
                .and()
                .doNotHaveFullyQualifiedName(AcceptFile.class.getName())
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName(AcceptFile.class.getName())
                .because("whoever loads that class needs the server's jars")
                .check(CLASSES);
        noClasses()
                .that()
                .haveFullyQualifiedName(AcceptFile.class.getName())
                .should()
                .dependOnClassesThat(resideInAPackage("io.github.mysqlpreflight.server..")
                        .and(not(resideInAPackage("io.github.mysqlpreflight.server.yaml.."))))
                .because("the launcher adds two jars for it, not all of the server's")
                .check(CLASSES);
    }
}
