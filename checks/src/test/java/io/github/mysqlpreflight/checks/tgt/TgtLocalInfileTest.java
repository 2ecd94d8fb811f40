/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.tgt;

import static io.github.mysqlpreflight.core.check.Effect.WARNING;

import io.github.mysqlpreflight.checks.advice.Plans;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Plan.DumpTool;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.testkit.CheckTester;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SnapshotFixture;
import io.github.mysqlpreflight.testkit.TestServer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TgtLocalInfileTest {
    private final CheckTester check = CheckTester.of(new TgtLocalInfile()).on(SnapshotFixture.mysql("8.0.36"));

    private CheckTester onto(SnapshotFixture target) {
        return check.with(new Plan(null, target.build(), null, List.of(), DumpTool.MYSQL_SHELL, null, false));
    }

    @Test
    void warnsWhereMySqlShellCannotLoad() {
        onto(SnapshotFixture.mysql("8.4.3").variable("local_infile", "OFF"))
                .finds(WARNING, "local_infile is OFF on the target");
        onto(SnapshotFixture.mysql("8.4.3")).finds(WARNING, "local_infile is OFF");
    }

    @Test
    void passesWhereItCan() {
        onto(SnapshotFixture.mysql("8.4.3").variable("local_infile", "ON")).passes();
    }

    @Test
    void doesNotApplyToOtherProgramsOrWithoutATarget() {
        check.with(Plans.onto(SnapshotFixture.mysql("8.4.3"))).doesNotApply("a dump of mysqldump is loaded by INSERT");
        check.with(Plans.dumpedBy(DumpTool.MYDUMPER)).doesNotApply("a dump of mydumper is loaded by INSERT");
        check.with(Plans.dumpedBy(DumpTool.MYSQL_SHELL)).doesNotApply("no target was given (--target-uri)");
    }

    @Test
    void isUnknownWithoutTheVariables() {
        onto(SnapshotFixture.mysql("8.4.3").unavailable(Facts.VARIABLES, Fact.Cause.TIMEOUT, "slow"))
                .isUnknown("of the target: slow");
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0"})
    void theRemedyMendsARealTarget(Release release) {
        CheckTester judged = check.with(Plans.dumpedBy(DumpTool.MYSQL_SHELL));
        try (TestServer target =
                TestServer.of(release).with("local_infile", "OFF").borrow()) {
            String uri = target.uri("root", "");
            target.execute(
                    judged.onto(uri).finds(WARNING, "local_infile is OFF").remedySql());
            judged.onto(uri).passes();
        }
    }
}
