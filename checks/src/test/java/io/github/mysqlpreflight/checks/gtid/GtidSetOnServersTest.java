/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.gtid;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.core.snapshot.GtidSet;
import io.github.mysqlpreflight.testkit.NeedsServer;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.TestServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sets of GTIDs mean what they mean to a server: the same answers as GTID_SUBTRACT, in the same spelling. */
class GtidSetOnServersTest {
    private static final int PAIRS = 400;

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0"})
    void subtractsLikeAServer(Release release) throws SQLException {
        compare(release, false);
    }

    @Test
    @NeedsServer(Release.MYSQL_9_7)
    void subtractsTagsLikeA97() throws SQLException {
        compare(Release.MYSQL_9_7, true);
    }

    private static void compare(Release release, boolean tags) throws SQLException {
        Random random = new Random(20261122);
        int nonempty = 0;
        try (Connection connection = TestServer.of(release).shared().connect();
                PreparedStatement subtract = connection.prepareStatement("SELECT GTID_SUBTRACT(?, ?)")) {
            for (int pair = 0; pair < PAIRS; pair++) {
                String minuend = randomSet(random, tags);
                String subtrahend = randomSet(random, tags);
                subtract.setString(1, minuend);
                subtract.setString(2, subtrahend);
                try (ResultSet row = subtract.executeQuery()) {
                    assertThat(row.next()).isTrue();
                    String ours = GtidSet.parse(minuend)
                            .subtract(GtidSet.parse(subtrahend))
                            .toString();
                    assertThat(ours)
                            .as("GTID_SUBTRACT('%s', '%s')", minuend, subtrahend)
                            .isEqualTo(row.getString(1).replace("\n", ""));
                    nonempty += ours.isEmpty() ? 0 : 1;
                }
            }
        }
        assertThat(nonempty).isBetween(PAIRS / 4, PAIRS - 1);
    }

    /** Up to four elements of three servers, overlapping, unsorted, with blanks and in either case. */
    private static String randomSet(Random random, boolean tags) {
        String[] uuids = {
            "3e11fa47-71ca-11e1-9e33-c80aa9429562",
            "3E11FA48-71CA-11E1-9E33-C80AA9429562",
            "3e11fa48-71ca-11e1-9e33-c80aa9429562"
        };
        String[] names = {"backup", "Zeta", "_x1"};
        StringBuilder text = new StringBuilder();
        int elements = random.nextInt(5);
        for (int element = 0; element < elements; element++) {
            text.append(element == 0 ? "" : random.nextBoolean() ? "," : " ,\n");
            text.append(uuids[random.nextInt(uuids.length)]);
            int parts = 1 + random.nextInt(5);
            for (int part = 0; part < parts; part++) {
                if (tags && random.nextInt(3) == 0) {
                    text.append(':').append(names[random.nextInt(names.length)]);
                }
                int first = 1 + random.nextInt(30);
                text.append(random.nextInt(4) == 0 ? " : " : ":").append(first);
                if (random.nextBoolean()) {
                    text.append('-').append(first + random.nextInt(12));
                }
            }
        }
        return text.toString();
    }
}
