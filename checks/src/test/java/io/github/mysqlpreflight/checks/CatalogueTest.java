/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.engine.CheckRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class CatalogueTest {
    private static final Path PAGE =
            Path.of("..", "docs", "checks.md").toAbsolutePath().normalize();

    private final List<Check> checks = CheckRegistry.installed().all();

    @Test
    void thePageInDocsIsUpToDate() throws IOException {
        String page = CatalogueDocument.of(checks);
        if (Boolean.getBoolean("preflight.update")) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, page);
        }

        assertThat(Files.exists(PAGE) ? Files.readString(PAGE) : "")
                .as("docs/checks.md is stale; write it anew with:\n  mvn -q -pl checks -am test -Dtest=CatalogueTest"
                        + " -Dsurefire.failIfNoSpecifiedTests=false -Dpreflight.update=true\n")
                .isEqualTo(page);
    }

    @Test
    void everyCheckHasItsPlaceAndItsAnchor() {
        String page = CatalogueDocument.of(checks);

        assertThat(checks).isNotEmpty().allSatisfy(check -> {
            String id = check.info().id();
            assertThat(page).containsOnlyOnce("\n### " + id + "\n");
            assertThat(page).containsOnlyOnce("[`" + id + "`](#" + id.replace(".", "") + ")");
        });
    }
}
