/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class WordTableTest {
    @Test
    void findsWordsInAnyCaseAndNothingElse() {
        WordTable table = new WordTable(List.of("RANK", "ROW", "ROWS", "RANK"));

        assertThat(table.find("rank")).isZero();
        assertThat(table.find("Row")).isEqualTo(1);
        assertThat(table.find("a rows b", 2, 6)).isEqualTo(2);
        assertThat(table.find("ro")).isEqualTo(-1);
        assertThat(table.find("")).isEqualTo(-1);
        assertThat(new WordTable(List.of()).find("x")).isEqualTo(-1);
    }

    @Test
    void findsEachOfVeryMany() {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            words.add("WORD_" + i);
        }
        WordTable table = new WordTable(words);

        for (int i = 0; i < words.size(); i++) {
            assertThat(table.find(words.get(i).toLowerCase(Locale.ROOT))).isEqualTo(i);
        }
        assertThat(table.find("WORD_5000")).isEqualTo(-1);
    }
}
