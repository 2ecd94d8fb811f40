/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.CheckInfo;
import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.Method;
import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.engine.AcceptList;
import io.github.mysqlpreflight.core.engine.CheckRegistry;
import io.github.mysqlpreflight.core.engine.ObjectPattern;
import io.github.mysqlpreflight.core.engine.Preflight;
import io.github.mysqlpreflight.core.report.Assessment;
import io.github.mysqlpreflight.core.report.AssessmentJson;
import io.github.mysqlpreflight.core.snapshot.ConnectionProblem;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import io.github.mysqlpreflight.core.snapshot.SnapshotFile;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SharedServers;
import io.github.mysqlpreflight.testkit.SnapshotFixture;
import io.github.mysqlpreflight.testkit.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What we write is what the published schemas in docs promise. */
final class SchemaTest {
    private static final Schema ASSESSMENT = schema("assessment");
    private static final Schema SNAPSHOT = schema("snapshot");

    @TempDir
    private Path directory;

    private static Schema schema(String name) {
        try {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(Files.readString(Path.of("../docs/" + name + ".schema.json")));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void assertValid(Schema schema, String document) {
        assertThat(schema.validate(document, InputFormat.JSON)).as(document).isEmpty();
    }

    private static Check check(String id, Outcome outcome) {
        CheckInfo info = CheckInfo.of(id, "title")
                .why("why")
                .fix("fix")
                .links("https://example.org")
                .effects(Effect.values())
                .build();
        return new Check() {
            @Override
            public CheckInfo info() {
                return info;
            }

            @Override
            public Outcome inspect(Snapshot source, Plan plan) {
                return outcome;
            }
        };
    }

    private static final List<Check> CHECKS = List.of(
            check("gtid.mode", Outcome.passed()),
            check("gtid.permissive", Outcome.notApplicable("off")),
            check("priv.select", Outcome.unknown("denied", Remedy.sql("Grant it:", "GRANT SELECT ON *.* TO `m`"))),
            check("dump.xa", Outcome.passed()),
            check("obj.count", new Outcome.Failed("a bug")),
            check(
                    "obj.engine",
                    Outcome.found(new Finding(
                            Effect.BLOCKS_REPLICATION,
                            ObjectRef.table("shop", "l\"o\\g"),
                            "MyISAM",
                            "InnoDB",
                            "is \"MyISAM\"",
                            List.of(
                                    Remedy.settings("Set:", "a = b"),
                                    Remedy.sql("Run:", "ALTER TABLE t ENGINE=InnoDB"))))));

    private static String json(Assessment assessment) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        AssessmentJson.write(assessment, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static Assessment judged(Snapshot snapshot, Plan plan) {
        return new Preflight(CheckRegistry.of(List.of()), "1.0").judge(snapshot, plan, CHECKS);
    }

    @Test
    void assessmentsOfEveryEnding() {
        Snapshot healthy = SnapshotFixture.mysql("8.0.36").build();
        Snapshot unreachable = SnapshotFixture.mysql("8.0.36")
                .unreachable(ConnectionProblem.REFUSED, "Connection refused", "start it")
                .build();
        Plan full = new Plan(null, healthy, Method.DUMP, List.of("a"), Plan.DumpTool.MYSQL_SHELL, 5L << 40, true);
        assertThat(judged(healthy, Plan.defaults()).estimates()).isNotNull();
        assertValid(ASSESSMENT, json(judged(healthy, Plan.defaults())));
        assertValid(ASSESSMENT, json(judged(healthy, full)));
        assertValid(ASSESSMENT, json(judged(healthy, Plan.defaults().withTarget(unreachable))));
        assertValid(ASSESSMENT, json(judged(unreachable, Plan.defaults())));
        assertValid(ASSESSMENT, json(Assessment.withoutSource("1.0", "the URI is \"unusable\" \\ \u00e9")));
    }

    @Test
    void assessmentsWithAcceptedFindings() {
        LocalDate day = LocalDate.of(2026, 11, 22);
        List<AcceptList.Rule> rules = List.of(
                new AcceptList.Rule(1, "obj.engine", ObjectPattern.of("shop.*"), "used", day),
                new AcceptList.Rule(2, "obj.engine", null, "expired", day.minusDays(1)),
                new AcceptList.Rule(3, "gtid.mode", null, "unused", null),
                new AcceptList.Rule(4, "priv.select", null, "open", null));
        String document = json(new Preflight(CheckRegistry.of(List.of()), "1.0")
                .accepting(new AcceptList("accept.yaml", day, rules))
                .judge(SnapshotFixture.mysql("8.0.36").build(), Plan.defaults(), CHECKS));
        assertValid(ASSESSMENT, document);
        for (String[] change : List.of(
                new String[] {"\"state\" : \"USED\"", "\"state\" : 1"},
                new String[] {"\"reason\" : \"used\"", "\"reason\" : \"\""},
                new String[] {"\"accepted\" : {", "\"accepted\" : 1, \"other\" : {"})) {
            assertThat(document).contains(change[0]);
            assertThat(ASSESSMENT.validate(document.replace(change[0], change[1]), InputFormat.JSON))
                    .as(change[1])
                    .isNotEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void documentsOfRealServers(Release release) throws IOException {
        TestServer server = SharedServers.get(release);
        Snapshot snapshot = Live.read(server.uri("root", ""));
        assertValid(ASSESSMENT, json(judged(snapshot, Plan.defaults())));
        Path file = directory.resolve("s.json");
        SnapshotFile.write(snapshot, file);
        assertValid(SNAPSHOT, Files.readString(file));
    }

    @Test
    void snapshotOfNothing() throws IOException {
        Path file = directory.resolve("s.json");
        SnapshotFile.write(
                SnapshotFixture.mysql("8.0.36")
                        .unreachable(ConnectionProblem.REFUSED, "Connection refused", "start it")
                        .build(),
                file);
        assertValid(SNAPSHOT, Files.readString(file));
    }

    @Test
    void schemasRefuseWhatIsWrong() {
        String good = json(judged(SnapshotFixture.mysql("8.0.36").build(), Plan.defaults()));
        for (String[] change : List.of(
                new String[] {"mysql-preflight-assessment/1", "mysql-preflight-assessment/2"},
                new String[] {"\"BLOCKS_REPLICATION\"", "\"BLOCKS\""},
                new String[] {"\"success\" : true", "\"success\" : null"},
                new String[] {"\"PASSED\"", "\"FINE\""})) {
            assertThat(good).contains(change[0]);
            assertThat(ASSESSMENT.validate(good.replace(change[0], change[1]), InputFormat.JSON))
                    .as(change[1])
                    .isNotEmpty();
        }
        assertThat(SNAPSHOT.validate("{\"format\":\"mysql-preflight-snapshot/1\"}", InputFormat.JSON))
                .isNotEmpty();
    }
}
