/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.conn;

import static io.github.mysqlpreflight.core.check.Effect.BLOCKS_REPLICATION;
import static io.github.mysqlpreflight.core.check.Effect.WARNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.checks.advice.Plans;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.Method;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.testkit.CheckTester;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SnapshotFixture;
import io.github.mysqlpreflight.testkit.TestServer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnTargetToSourceTest {
    private final CheckTester check = CheckTester.of(new ConnTargetToSource());

    private static SnapshotFixture server(String host, String hostname) {
        return SnapshotFixture.mysql("8.0.36")
                .host(host)
                .variable("hostname", hostname)
                .variable("bind_address", "*")
                .variable("skip_networking", "OFF");
    }

    private CheckTester judge(SnapshotFixture source, SnapshotFixture target) {
        return check.with(Plans.onto(target)).on(source);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1", "::1"})
    void blocksANameThatMeansTheTargetItself(String host) {
        judge(server(host, "db1"), server("new.example", "db2"))
                .finds(BLOCKS_REPLICATION, "the target cannot reach the source under " + host);
        judge(server(host, ""), server("new.example", "")).finds(BLOCKS_REPLICATION, "cannot reach the source");
    }

    @Test
    void loopbackIsReachableFromTheSameMachine() {
        judge(server("127.0.0.1", "vm"), server("localhost", "vm")).passes();
        judge(server("localhost", "vm"), server("vm.example", "VM")).passes();
        judge(server("127.0.0.1", ""), server("127.0.0.1", "")).passes();
        judge(server("127.0.0.1", "localhost"), server("127.0.0.1", "localhost"))
                .passes();
        judge(server("127.0.0.1", "vm").variable("bind_address", "127.0.0.1"), server("127.0.0.1", "vm"))
                .passes();
    }

    @Test
    void warnsOfTwoTunnels() {
        judge(server("127.0.0.1", "6d1f2a"), server("127.0.0.1", "90be11"))
                .finds(WARNING, "were reached over this machine's loopback but run on different ones");
    }

    @Test
    void blocksASourceWithoutNetwork() {
        judge(server("db1.example", "db1").variable("skip_networking", "ON"), server("new.example", "db2"))
                .finds(BLOCKS_REPLICATION, "skip_networking is ON, must be OFF");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "::1,127.0.0.1", "127.0.0.1/ns1"})
    void blocksASourceThatListensToItselfAlone(String bound) {
        CheckTester judged =
                judge(server("localhost", "db1").variable("bind_address", bound), server("new.example", "db2"));

        assertThat(judged.findings()).extracting(Finding::effect).containsOnly(BLOCKS_REPLICATION);
        assertThat(judged.findings().get(1).message()).contains("bind_address is " + bound);
        assertThat(judged.findings().get(1).remedies().get(0).settings()).contains("bind_address = *");
    }

    @Test
    void warnsWhereSomethingForwardsToIt() {
        judge(server("db1.example", "db1").variable("bind_address", "127.0.0.1"), server("new.example", "db2"))
                .finds(WARNING, "the target has to come by the same forwarder");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "0.0.0.0", "::", "10.0.0.5", "127.0.0.1,10.0.0.5", ""})
    void passesWhereItListensToTheNetwork(String bound) {
        judge(server("db1.example", "db1").variable("bind_address", bound), server("new.example", "db2"))
                .passes();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.5, 34.1.2.3",
        "db1, 34.1.2.3",
        "db1.internal, x.eu-west-1.rds.amazonaws.com",
        "192.168.1.2, y.mysql.database.azure.com"
    })
    void warnsOfAPrivateNameForATargetElsewhere(String source, String target) {
        judge(server(source, "db1"), server(target, "db2"))
                .finds(WARNING, "the source's name " + source + " is one of a private network");
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.5, 10.0.0.6", "db1, db2", "10.0.0.5, new.example", "db1.example, 34.1.2.3"})
    void passesWhereBothMayBeInOneNetwork(String source, String target) {
        judge(server(source, "db1"), server(target, "db2")).passes();
    }

    @Test
    void doesNotApplyWithoutATargetOrToADump() {
        check.on(server("localhost", "db1")).doesNotApply("no target was given (--target-uri)");
        Plan dump = new Plan(
                null,
                server("new.example", "db2").build(),
                Method.DUMP,
                List.of(),
                Plan.defaults().dumpTool(),
                null,
                false);
        check.with(dump).on(server("localhost", "db1")).doesNotApply("a dump was asked for");
    }

    @Test
    void isUnknownWithoutTheFactsOfBoth() {
        judge(server("a", "a").unavailable(Facts.VARIABLES, Fact.Cause.TIMEOUT, "slow"), server("b", "b"))
                .isUnknown("slow");
        judge(server("a", "a"), server("b", "b").unavailable(Facts.VARIABLES, Fact.Cause.TIMEOUT, "slow"))
                .isUnknown("of the target: slow");
    }

    @Test
    void realServersOnOneMachineReachEachOther() {
        TestServer source = TestServer.of(Release.MYSQL_5_7).shared();
        TestServer target = TestServer.of(Release.MYSQL_8_0).shared();
        CheckTester judged = check.on(source.uri("root", "")).onto(target.uri("root", ""));

        // Containers are machines of their own.
        if (source.variable("hostname").equals(target.variable("hostname"))) {
            judged.passes();
        } else {
            judged.finds(WARNING, "run on different ones");
        }
    }
}
