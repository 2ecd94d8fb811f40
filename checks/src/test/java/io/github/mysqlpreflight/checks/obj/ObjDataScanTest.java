/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.obj;

import static io.github.mysqlpreflight.core.check.Effect.NOTICE;

import io.github.mysqlpreflight.core.snapshot.DataScan;
import io.github.mysqlpreflight.core.snapshot.DataScan.State;
import io.github.mysqlpreflight.core.snapshot.DataScan.Table;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.testkit.CheckTester;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SnapshotFixture;
import io.github.mysqlpreflight.testkit.TestServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ObjDataScanTest {
    private final CheckTester check = CheckTester.of(new ObjDataScan());

    private static SnapshotFixture scanned(State... states) {
        List<Table> tables = new ArrayList<>();
        for (State state : states) {
            String problem = state == State.FAILED ? "denied" : null;
            tables.add(new Table("shop", "t" + tables.size(), state, 123_456, problem, List.of()));
        }
        return SnapshotFixture.mysql("8.0.36").fact(Facts.DATA_SCAN, new DataScan(tables));
    }

    @Test
    void doesNotApplyWhereRowsWereNotRead() {
        check.on(SnapshotFixture.mysql("8.0.36")).doesNotApply("--scan-data");
    }

    @Test
    void passesWhereAllWasRead() {
        check.on(scanned()).passes();
        check.on(scanned(State.WHOLE, State.WHOLE)).passes();
    }

    @Test
    void noticesWhatWasReadInPart() {
        check.on(scanned(State.ROWS))
                .finds(NOTICE, "shop.t0 was not read to its end: the first 123,456 rows were read");
        check.on(scanned(State.TIME)).finds(NOTICE, "its time was over after 123,456 rows");
        check.on(scanned(State.OTHER_ENGINE)).finds(NOTICE, "nothing was read, which would have locked it");
        check.on(scanned(State.ROWS, State.WHOLE, State.TIME, State.OTHER_ENGINE))
                .finds(3, NOTICE, "shop.t0");
    }

    @Test
    void isUnknownOfWhatWasNotRead() {
        check.on(scanned(State.WHOLE, State.FAILED))
                .isUnknown("the rows of 1 table could not be looked into, such as shop.t1:" + " denied");
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0"})
    void aRealTableOfAnotherEngine(Release release) {
        TestServer server = TestServer.of(release).shared();
        server.createAccount("datascan", "pw", "SELECT");
        server.execute("CREATE DATABASE datascan", "CREATE TABLE datascan.m (d DATE) ENGINE=MyISAM");
        try {
            check.onRowsOf(server.uri("datascan", "pw")).finds(NOTICE, "datascan.m was not read to its end");
            server.execute("ALTER TABLE datascan.m ENGINE=InnoDB");
            check.onRowsOf(server.uri("datascan", "pw")).passes();
        } finally {
            server.execute("DROP DATABASE datascan", "DROP USER datascan");
        }
    }
}
