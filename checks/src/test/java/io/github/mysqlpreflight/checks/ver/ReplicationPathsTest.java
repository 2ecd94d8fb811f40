/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.ver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mysqlpreflight.checks.data.DataFile;
import io.github.mysqlpreflight.core.snapshot.ServerVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplicationPathsTest {
    private static final String OLDEST = "source | 5.7\ntarget | 8.0\n";

    @Test
    void theFirstLineThatFitsHolds() {
        ReplicationPaths paths = read(OLDEST + "# a comment\n\n"
                + "path | 8.0 | 8.1 | 8.0 | - | OFFICIAL | - | -\n"
                + "path | - | - | - | 8.4 | UNOFFICIAL | 8.0 | in two steps\n");

        assertThat(paths.between(version("8.0.15"), version("9.7.4")).verdict())
                .isEqualTo(ReplicationPaths.Verdict.OFFICIAL);
        assertThat(paths.between(version("8.1.0"), version("8.3.9")))
                .isEqualTo(
                        new ReplicationPaths.Path(ReplicationPaths.Verdict.UNOFFICIAL, version("8.0"), "in two steps"));
        assertThat(paths.between(version("8.1.0"), version("8.4.0")).verdict())
                .isEqualTo(ReplicationPaths.Verdict.UNSUPPORTED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "path | 8.0 | 8.1 | 8.0 | - | OFFICIAL | -",
                "path | 8.0 | 8.1 | 8.0 | - | SOMETIMES | - | -",
                "path | eight | 8.1 | 8.0 | - | OFFICIAL | - | -",
                "source",
                "nonsense | 1.0"
            })
    void aLineThatIsNotUnderstoodIsNamed(String line) {
        assertThatThrownBy(() -> read(OLDEST + line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("line 3");
    }

    @Test
    void theOldestSeriesHaveToBeNamed() {
        assertThatThrownBy(() -> read("source | 5.7\n")).hasMessageContaining("oldest target");
    }

    @Test
    void everyUpwardPairOfTheBuiltInRulesHasAReasonUnlessItIsOfficial() {
        ReplicationPaths paths = ReplicationPaths.builtIn();
        String[] series = {"5.7", "8.0", "8.1", "8.3", "8.4", "9.0", "9.7", "10.0", "26.4"};
        for (int from = 0; from < series.length; from++) {
            for (int to = Math.max(from, 1); to < series.length; to++) {
                ReplicationPaths.Path path = paths.between(version(series[from]), version(series[to]));
                assertThat(path.why().isEmpty())
                        .as(series[from] + " onto " + series[to] + ": " + path)
                        .isEqualTo(path.verdict() == ReplicationPaths.Verdict.OFFICIAL);
            }
        }
    }

    private static ReplicationPaths read(String text) {
        return ReplicationPaths.of(DataFile.parse("replication-paths.txt", text));
    }

    private static ServerVersion version(String text) {
        return ServerVersion.parse(text);
    }
}
