/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class SqlScriptTest {
    @Test
    void aStatementEndsWithASemicolonOutsideOfQuotes() {
        assertThat(SqlScript.statements(
                        "SET a; SET b\n  = 1;\nSET `x;\ny``;` = ';''\\';', \"--\";-- end; of it\n# SET c;\n--\n"))
                .containsExactly("SET a", "SET b\n  = 1", "SET `x;\ny``;` = ';''\\';', \"--\"");
        assertThat(SqlScript.statements("ALTER TABLE `a\\`; DO 1--1;\n"))
                .containsExactly("ALTER TABLE `a\\`", "DO 1--1");
        assertThat(SqlScript.statements("-- nothing\n\n")).isEmpty();
        assertThatThrownBy(() -> SqlScript.statements("SET a")).hasMessageContaining("SET a");
        assertThatThrownBy(() -> SqlScript.statements("SET `a;")).hasMessageContaining("SET `a;");
    }

    @Test
    void markedLinesAreTakenWithoutTheirMark() {
        assertThat(SqlScript.marked("SET a;\n-- t| SET b;\n-- t|\n-- t|  c\n-- tSET d;\n", "-- t|"))
                .isEqualTo("SET b;\n\n c\n");
    }
}
