/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mysqlpreflight.core.snapshot.ServerVersion;
import java.io.IOException;
import java.io.StringReader;
import org.junit.jupiter.api.Test;

class DataFileTest {
    @Test
    void readsRowsAndSkipsWhatIsForPeople() throws IOException {
        assertThat(DataFile.read("a file", new StringReader("# a | comment\n\n mode | 8.0 | - \nalone\n")))
                .satisfiesExactly(
                        row -> {
                            assertThat(row.shape()).isEqualTo("mode/3");
                            assertThat(row.text(0)).isEqualTo("mode");
                            assertThat(row.version(1)).isEqualTo(new ServerVersion(8, 0, 0));
                            assertThat(row.version(2)).isNull();
                        },
                        row -> assertThat(row.shape()).isEqualTo("alone/1"));
    }

    @Test
    void namesTheLineThatIsWrong() throws IOException {
        DataFile.Row row =
                DataFile.read("a file", new StringReader("\nmode | eight")).get(0);

        assertThatThrownBy(() -> row.version(1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("a file, line 2: eight is not a version");
        assertThat(row.wrong("no reason")).hasMessage("a file, line 2: no reason");
    }

    @Test
    void aFileThatIsMissingIsABug() {
        assertThatThrownBy(() -> DataFile.read(DataFileTest.class, "nothing.txt"))
                .hasMessageContaining("nothing.txt");
    }
}
