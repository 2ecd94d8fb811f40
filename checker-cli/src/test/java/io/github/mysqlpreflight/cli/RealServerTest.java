/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.testkit.NeedsServer;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@NeedsServer({Release.MYSQL_5_7, Release.MYSQL_8_0})
@Tag("docker")
final class RealServerTest {
    private static final String SECRET = "S3cretMark";
    private static final List<String> TOLD_OF_THE_RUN = List.of(
            "\"takenAt\"",
            "\"readMillis\"",
            "\"durationMs\"",
            "\"connections\"",
            "\"seconds\"",
            "\"statementsPerSecond\"",
            "\"rowsPerSecond\"");

    @TempDir
    private Path folder;

    private static TestServer server(Release release) {
        TestServer server = TestServer.of(release).with("max_connections", "42").shared();
        server.execute(
                "DROP USER IF EXISTS 'cli'@'%'",
                "CREATE DATABASE IF NOT EXISTS shop", "CREATE TABLE IF NOT EXISTS shop.log (id INT) ENGINE=MyISAM");
        server.createAccountWithPlugin("cli", SECRET, "mysql_native_password", "SELECT", "REPLICATION CLIENT");
        return server;
    }

    private static String withoutTimes(String json) {
        StringBuilder kept = new StringBuilder();
        for (String line : json.split("\n", -1)) {
            if (TOLD_OF_THE_RUN.stream().noneMatch(line::contains)) {
                kept.append(line).append('\n');
            }
        }
        return kept.toString();
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0"})
    void aSnapshotIsTheWholeTruth(Release release) {
        TestServer server = server(release);
        // In its first second a server has no rates to tell.
        server.query("SELECT SLEEP(1)");
        String uri = server.uri("cli", SECRET);
        String file = folder.resolve("db.json.gz").toString();
        String[] plan = {"--ignore-dbs", "nothing", "--target-version", "8.4", "--format", "json"};
        Cli.Result live = Cli.run(join(new String[] {"check", uri}, plan));
        Cli.Result taken = Cli.run("snapshot", uri, "-o", file);
        Cli.Result judged = Cli.run(join(new String[] {"check", "--snapshot", file}, plan));
        assertThat(taken.code()).as(taken.all()).isZero();
        assertThat(taken.out()).startsWith("MySQL " + release.versionPrefix()).endsWith(" read into " + file + "\n");
        assertThat(live.field("source")).isNotNull();
        assertThat(withoutTimes(judged.out())).isEqualTo(withoutTimes(live.out()));
        assertThat(judged.code()).isEqualTo(live.code());
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0"})
    void whatIsWrittenIsWatchedForAsLongAsAsked(Release release) throws InterruptedException {
        TestServer server = server(release);
        server.execute("CREATE TABLE IF NOT EXISTS shop.written (id INT PRIMARY KEY AUTO_INCREMENT) ENGINE=InnoDB");
        AtomicBoolean ended = new AtomicBoolean();
        Thread writer = new Thread(() -> {
            while (!ended.get()) {
                server.execute("INSERT INTO shop.written VALUES (NULL), (NULL)");
            }
        });
        writer.start();
        Cli.Result json;
        try {
            json = Cli.run("check", server.uri("cli", SECRET), "--sample", "1s", "--format", "json");
        } finally {
            ended.set(true);
            writer.join();
        }

        assertThat(json.out())
                .contains("\"sampled\" : true")
                .doesNotContain("\"statementsPerSecond\" : 0.0", "\"binaryLogBytesPerSecond\" : 0.0")
                .containsPattern("\"binaryLogBytesPerSecond\" : [0-9]");
        Cli.Result text = Cli.run("check", server.uri("cli", SECRET), "--sample", "1s");
        assertThat(text.out()).contains("\n  Data: ");
        assertThat(text.out().replaceAll("\\s+", " "))
                .containsPattern("; 0 writes/s and 0 bytes/s of binary log, watched for [1-9] s");
        assertThat(Cli.run("check", server.uri("cli", SECRET)).out()).doesNotContain("Data: ");
        assertThat(Cli.run("check", server.uri("cli", SECRET), "--include", "gtid", "--format", "json")
                        .out())
                .doesNotContain("\"estimates\"");
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0"})
    void rowsAreLookedIntoOnlyWhereAsked(Release release) {
        TestServer server = server(release);
        server.execute(
                "CREATE DATABASE IF NOT EXISTS rows_of",
                "CREATE TABLE IF NOT EXISTS rows_of.t (id INT PRIMARY KEY, e ENUM('a')) ENGINE=InnoDB",
                "SET SESSION sql_mode = ''",
                "REPLACE INTO rows_of.t VALUES (1, ''), (2, 'a')");
        String uri = server.uri("cli", SECRET);
        String file = folder.resolve("rows.json").toString();
        String[] only = {"--include", "obj.data-enum", "--format", "json"};

        assertThat(Cli.run(join(new String[] {"check", uri}, only)).out())
                .contains("rows are only read with --scan-data");
        Cli.Result live = Cli.run(join(new String[] {"check", uri, "--scan-data"}, only));
        assertThat(live.out()).contains("rows_of.t.e holds the error value of an ENUM in 1 row:");
        assertThat(Cli.run(join(new String[] {"check", uri, "--scan-data", "--scan-rows", "1"}, only))
                        .out())
                .contains("in 1 row of the 1 that were read");
        assertThat(Cli.run(join(new String[] {"check", uri, "--scan-data", "--ignore-dbs", "rows_of"}, only))
                        .out())
                .doesNotContain("rows_of.t.e");
        assertThat(Cli.run("snapshot", uri, "-o", file, "--scan-data").code()).isZero();
        assertThat(withoutTimes(Cli.run(join(new String[] {"check", "--snapshot", file}, only))
                        .out()))
                .isEqualTo(withoutTimes(live.out()));
    }

    private static String[] join(String[] a, String[] b) {
        String[] all = new String[a.length + b.length];
        System.arraycopy(a, 0, all, 0, a.length);
        System.arraycopy(b, 0, all, a.length, b.length);
        return all;
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0"})
    void theReportBeginsWithTheServerAndEndsWithTheMessage(Release release) {
        TestServer server = server(release);
        Cli.Result result =
                Cli.run("check", server.uri("cli", SECRET), "--exclude", CheckCommandTest.ALL_BUT_GTID_MODE);
        assertThat(result.code()).as(result.all()).isZero();
        assertThat(result.out())
                .startsWith("MySQL " + release.versionPrefix())
                .contains("at " + server.host() + ":" + server.port())
                .contains("  BLOCKS REPLICATION\n  x gtid.mode ")
                .contains("enforce_gtid_consistency = WARN;")
                .contains("[Dump]: ");
        assertThat(result.err()).isEmpty();
    }

    @Test
    void acceptedTablesLeaveReplication() throws IOException {
        TestServer server = TestServer.of(Release.MYSQL_8_0)
                .with("gtid_mode", "ON")
                .with("enforce_gtid_consistency", "ON")
                .borrow();
        server.execute(
                "CREATE DATABASE IF NOT EXISTS accepted",
                "CREATE TABLE IF NOT EXISTS accepted.log (id INT PRIMARY KEY) ENGINE=MyISAM",
                "CREATE TABLE IF NOT EXISTS accepted.scratch (id INT PRIMARY KEY) ENGINE=MEMORY");
        server.createMigrationAccount("accept", SECRET);
        String snapshot = folder.resolve("db.json").toString();
        String accept = Files.writeString(folder.resolve("accept.yaml"), """
                        - check: obj.engine
                          object: accepted.*
                          reason: scratch tables, filled anew
                        """).toString();
        String[] checks = {"--format", "json"};
        try {
            String uri = server.uri("accept", SECRET);
            Cli.Result before = Cli.run(join(new String[] {"check", uri}, checks));
            assertThat(before.field("method")).as(before.all()).isEqualTo("dump");
            assertThat(before.out()).contains("accepted.log", "\"accepted\" : 0");
            assertThat(Cli.run("snapshot", uri, "-o", snapshot).code()).isZero();
            for (String[] source : new String[][] {{"check", uri}, {"check", "--snapshot", snapshot}}) {
                Cli.Result after = Cli.run(join(join(source, checks), new String[] {"--accept", accept}));
                assertThat(after.field("method")).as(after.all()).isEqualTo("replication");
                assertThat(after.out())
                        .contains("accepted.log", "scratch tables, filled anew")
                        .contains("\"blockers\" : 0", "\"accepted\" : 2");
            }
            server.execute("ALTER TABLE accepted.log ENGINE=InnoDB", "ALTER TABLE accepted.scratch ENGINE=InnoDB");
            Cli.Result mended =
                    Cli.run(join(join(new String[] {"check", uri}, checks), new String[] {"--accept", accept}));
            assertThat(mended.field("method")).as(mended.all()).isEqualTo("replication");
            assertThat(mended.out())
                    .contains("the entry for obj.engine on accepted.* is unused: the check has passed")
                    .contains("\"accepted\" : 0");
        } finally {
            server.close();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0"})
    void theServersOptionsMayComeAsFlags(Release release) throws IOException {
        TestServer server = server(release);
        Path options = Files.writeString(folder.resolve("my.cnf"), "[client]\nssl-mode=DISABLED\n");
        Cli.Result result = Cli.run(
                "check",
                "-h" + server.host(),
                "-P",
                Integer.toString(server.port()),
                "-ucli",
                "-p" + SECRET,
                "--defaults-file=" + options);
        assertThat(result.out()).as(result.all()).contains("(not encrypted)");
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0"})
    void noPasswordIsEverTold(Release release) throws IOException {
        TestServer server = server(release);
        String wrong = server.uri("cli", SECRET + "Wrong");
        String right = server.uri("cli", SECRET);
        String file = folder.resolve("db.json").toString();
        for (String uri : new String[] {wrong, right}) {
            boolean refused = uri.equals(wrong);
            for (String[] run : new String[][] {
                {"check", "-vv", uri},
                {"check", "-v", uri, "--format", "json"},
                {"check", "-vv", right, "--target-uri", uri, "--format", "json"},
                {"snapshot", "-vv", uri, "-o", file},
            }) {
                Cli.Result result = Cli.run(run);
                assertThat(result.all()).doesNotContain(SECRET);
                if (refused) {
                    assertThat(result.code()).as(result.all()).isEqualTo(4);
                }
            }
        }
        assertThat(Files.readString(Path.of(file), StandardCharsets.UTF_8)).doesNotContain(SECRET);
    }

    @Test
    void aRefusedLoginTakesNoSnapshot() {
        TestServer server = server(Release.MYSQL_8_0);
        Path file = folder.resolve("db.json");
        Cli.Result result = Cli.run("snapshot", server.uri("cli", "wrong"), "-o", file.toString());
        assertThat(result.code()).isEqualTo(4);
        assertThat(result.err())
                .startsWith("mysql-preflight: no snapshot was taken: ")
                .contains("Access denied");
        assertThat(result.out()).isEmpty();
        assertThat(file).doesNotExist();
    }

    @Test
    void aSnapshotNeedsAFileThatCanBeWritten() {
        assertThat(Cli.run("snapshot", "mysql://mig@host/").err()).contains("Name it with -o FILE.");
        assertThat(Cli.run("snapshot", "mysql://mig@host/", "-o", folder + "/no/where")
                        .code())
                .isEqualTo(2);
        assertThat(Cli.run("snapshot", "-o", folder + "/x").code()).isEqualTo(2);
    }

    @Test
    void aTargetIsReadTheSameWay() {
        TestServer source = server(Release.MYSQL_5_7);
        TestServer target = server(Release.MYSQL_8_0);
        Cli.Result result = Cli.run(
                "check",
                source.uri("cli", SECRET),
                "--target-uri",
                target.uri("cli", SECRET),
                "--include",
                "gtid.mode");
        assertThat(result.out())
                .as(result.all())
                .contains(", target " + Release.MYSQL_8_0.versionPrefix())
                .contains("enabled on the source")
                .contains("enabled on the target");
    }
}
