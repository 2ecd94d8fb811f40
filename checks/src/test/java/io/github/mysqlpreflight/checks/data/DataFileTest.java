/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mysqlpreflight.core.snapshot.ServerVersion;
import org.junit.jupiter.api.Test;

class DataFileTest {
    @Test
    void leavesOutCommentsAndBlankLinesAndCountsThem() {
        DataFile file = DataFile.parse("words.txt", "# a comment\n\n  word | 8.0.2 |  - |two words\nword|x");

        assertThat(file.lines()).extracting(DataFile.Line::number).containsExactly(3, 4);
        DataFile.Line line = file.lines().get(0);
        assertThat(line.kind()).isEqualTo("word");
        assertThat(line.version(1)).isEqualTo(new ServerVersion(8, 0, 2));
        assertThat(line.versionOrNull(2)).isNull();
        assertThat(line.textOrNull(2)).isNull();
        assertThat(line.text(3)).isEqualTo("two words");
        assertThat(line.textOrNull(4)).isNull();
    }

    @Test
    void namesTheLineThatIsWrong() {
        DataFile.Line line =
                DataFile.parse("words.txt", "\nword | x | -").lines().get(0);

        assertThatThrownBy(() -> line.version(1)).hasMessageStartingWith("words.txt, line 2: a version looks like");
        assertThatThrownBy(() -> line.text(2)).hasMessage("words.txt, line 2: field 3 is missing");
        assertThatThrownBy(() -> line.text(3)).hasMessage("words.txt, line 2: field 4 is missing");
    }

    @Test
    void saysWhichFileIsMissing() {
        assertThatThrownBy(() -> DataFile.of(DataFileTest.class, "nowhere.txt")).hasMessageContaining("nowhere.txt");
    }
}
