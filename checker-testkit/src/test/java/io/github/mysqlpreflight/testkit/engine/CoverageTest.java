/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.CheckInfo;
import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.engine.CheckRegistry;
import io.github.mysqlpreflight.core.engine.Preflight;
import io.github.mysqlpreflight.core.report.Coverage;
import io.github.mysqlpreflight.core.snapshot.FactKey;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SnapshotFixture;
import io.github.mysqlpreflight.testkit.TestServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an account cannot see is said, with the one statement that shows it. */
final class CoverageTest {
    private static final List<Check> CHECKS = List.of(
            looksAt("obj.engine", Facts.TABLES),
            looksAt("obj.triggers", Facts.TRIGGERS),
            looksAt("obj.events", Facts.EVENTS),
            looksAt("obj.views", Facts.VIEWS),
            looksAt("obj.definers", Facts.ROUTINES),
            looksAt("obj.accounts", Facts.ACCOUNTS),
            looksAt("dump.long-trx", Facts.TRANSACTIONS),
            looksAt("dump.xa", Facts.PREPARED_TRANSACTIONS),
            looksAt("binlog.enabled", Facts.BINARY_LOG_STATUS));

    private static Check looksAt(String id, FactKey<?> fact) {
        CheckInfo info = CheckInfo.of(id, "title")
                .why("why")
                .fix("fix")
                .links("https://example.org")
                .effects(Effect.WARNING)
                .uses(fact)
                .build();
        return new Check() {
            @Override
            public CheckInfo info() {
                return info;
            }

            @Override
            public Outcome inspect(Snapshot source, Plan plan) {
                return Outcome.passed();
            }
        };
    }

    private static Coverage coverage(Snapshot snapshot, List<Check> checks) {
        Coverage coverage = new Preflight(CheckRegistry.of(List.of()), "1.0")
                .judge(snapshot, Plan.defaults(), checks)
                .coverage();
        assertThat(coverage).isNotNull();
        return coverage;
    }

    private static List<String> privileges(Coverage coverage) {
        List<String> privileges = new ArrayList<>();
        coverage.unseen().forEach(unseen -> privileges.add(unseen.privilege()));
        return privileges;
    }

    @Test
    void saysNothingOfAnAccountThatSeesEverything() {
        Coverage coverage = coverage(SnapshotFixture.mysql("8.0.36").build(), CHECKS);

        assertThat(coverage.unseen()).isEmpty();
        assertThat(coverage.grant()).isNull();
        assertThat(coverage.databases()).isEqualTo(1);
        assertThat(coverage.tables()).isEqualTo(1);
    }

    @Test
    void namesWhatIsHiddenOnSomeDatabases() {
        Coverage coverage = coverage(
                SnapshotFixture.mysql("8.0.36")
                        .schema("hr")
                        .grants(
                                "GRANT SELECT, SHOW VIEW, EVENT, PROCESS, REPLICATION CLIENT ON *.* TO `mig`@`%`",
                                "GRANT TRIGGER ON `hr`.* TO `mig`@`%`")
                        .build(),
                CHECKS);

        assertThat(coverage.unseen())
                .containsExactly(
                        new Coverage.Unseen("triggers of 1 of 2 databases", "TRIGGER", List.of("obj.triggers")));
        assertThat(coverage.grant()).isEqualTo("GRANT TRIGGER ON *.* TO 'mig'@'%'");
    }

    @Test
    void doesNotMissWhatNoCheckLooksAt() {
        Coverage coverage = coverage(
                SnapshotFixture.mysql("8.0.36")
                        .grants("GRANT SELECT ON *.* TO `mig`@`%`")
                        .build(),
                List.of(looksAt("obj.engine", Facts.TABLES)));

        assertThat(coverage.unseen()).isEmpty();
    }

    @Test
    void asksForTheRoutinesPrivilegeWhereThereIsOne() {
        String grants = "GRANT SELECT ON `shop`.* TO `mig`@`%`";
        List<Check> routines = List.of(looksAt("obj.definers", Facts.ROUTINES));

        assertThat(coverage(SnapshotFixture.mysql("8.0.36").grants(grants).build(), routines)
                        .grant())
                .isEqualTo("GRANT SHOW_ROUTINE ON *.* TO 'mig'@'%'");
        assertThat(coverage(SnapshotFixture.mysql("8.0.15").grants(grants).build(), routines)
                        .grant())
                .isEqualTo("GRANT SELECT ON *.* TO 'mig'@'%'");
    }

    /** The statement it gives shows everything: nothing is hidden afterwards. */
    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_6", "MYSQL_5_7", "MYSQL_8_0", "MYSQL_9_7", "MARIADB_10_11"})
    @Tag("docker")
    void theOneGrantShowsEverythingOnARealServer(Release release) {
        TestServer server = TestServer.of(release).with("max_connections", "79").shared();
        server.execute("CREATE DATABASE IF NOT EXISTS seen", "CREATE TABLE IF NOT EXISTS seen.t (id INT)");
        server.createAccount("half_blind", "pw-Half-4711", "SHOW DATABASES");
        String uri = server.uri("half_blind", "pw-Half-4711");

        Coverage before = coverage(Live.read(uri), CHECKS);
        assertThat(privileges(before)).contains("SELECT", "TRIGGER", "EVENT", "SHOW VIEW", "PROCESS");
        server.execute(before.grant());

        assertThat(coverage(Live.read(uri), CHECKS).unseen()).isEmpty();
    }
}
