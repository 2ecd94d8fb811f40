/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.obj;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.mysqlpreflight.checks.data.DataFile;
import io.github.mysqlpreflight.core.snapshot.ServerVersion;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SharedServers;
import io.github.mysqlpreflight.testkit.TestServer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CollationsTest {
    private final Collations collations = Collations.builtIn();

    @Test
    void knowsFromWhenOnAServerHasThem() {
        assertThat(collations.since("latin1_swedish_ci")).isEqualTo(new ServerVersion(5, 6, 0));
        assertThat(collations.since("utf8mb4_0900_ai_ci")).isEqualTo(new ServerVersion(8, 0, 0));
        assertThat(collations.since("utf8mb4_0900_bin")).isEqualTo(new ServerVersion(8, 0, 17));
        assertThat(collations.since("utf8mb4_uca1400_ai_ci")).isNull();
        assertThat(collations.since("binary")).isNotNull();
    }

    @Test
    void utf8HasTwoNames() {
        assertThat(collations.since("utf8mb3_unicode_ci")).isEqualTo(collations.since("utf8_unicode_ci"));
        assertThat(collations.width("utf8mb3_bin")).isEqualTo(new Collations.Width(1, 3));
    }

    @Test
    void knowsTheWidthOfCharacters() {
        assertThat(collations.width("latin1_bin")).isEqualTo(new Collations.Width(1, 1));
        assertThat(collations.width("utf32_bin")).isEqualTo(new Collations.Width(4, 4));
        assertThat(collations.width("klingon_bin")).isEqualTo(new Collations.Width(1, 4));
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_6", "MYSQL_5_7", "MYSQL_8_0", "MYSQL_9_7"})
    void hasAllOfARealServerAndNoMore(Release release) {
        TestServer server = SharedServers.get(release);
        ServerVersion version = ServerVersion.ofServer(server.variable("version"));
        List<@Nullable String> names = server.query("SELECT COLLATION_NAME FROM information_schema.COLLATIONS").stream()
                .map(row -> row.get(0))
                .toList();

        assertThat(names)
                .allSatisfy(name -> assertThat(collations.since(String.valueOf(name)))
                        .as(name)
                        .isNotNull()
                        .isLessThanOrEqualTo(version));
        assertThat(collations.countUpTo(version)).isEqualTo(names.size());
        for (List<@Nullable String> row :
                server.query("SELECT DEFAULT_COLLATE_NAME, MAXLEN FROM information_schema.CHARACTER_SETS")) {
            assertThat(collations.width(String.valueOf(row.get(0))).most())
                    .as(row.get(0))
                    .isEqualTo(Integer.parseInt(String.valueOf(row.get(1))));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"set | latin1 | 1", "collations | eight | a_b", "other | 1", "set | latin1 | one | 2"})
    void saysWhichLineIsWrong(String line) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Collations.of(DataFile.parse("names.txt", "# names\n\n" + line + "\n")))
                .withMessageContaining("line 3");
    }
}
