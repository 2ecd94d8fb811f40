/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.core.snapshot.ConnectionProblem;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.SnapshotFile;
import io.github.mysqlpreflight.core.source.Password;
import io.github.mysqlpreflight.testkit.SnapshotFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CheckCommandTest {
    private static final String SECRET = "S3cretMark";
    private static final String REFUSED = "mysql://mig:" + SECRET + "@127.0.0.1:1/";

    /** For {@code --exclude}. */
    static final String ALL_BUT_GTID_MODE =
            "binlog,cfg,dump,obj,priv,ver,tgt.disk,tgt.empty-or-ha,tgt.local-infile,tgt.privileges,tgt.writable,"
                    + "conn.account-host,conn.auth-plugin,conn.max-connections,conn.repl-password-length,"
                    + "conn.source-host-length,conn.target-to-source,conn.timeouts,conn.tls,"
                    + "gtid.enforce-consistency,gtid.errant-on-target,gtid.executed-nonempty,gtid.permissive";

    @TempDir
    private Path folder;

    private Path snapshot(SnapshotFixture fixture) {
        Path file = folder.resolve("db.json");
        try {
            SnapshotFile.write(fixture.build(), file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return file;
    }

    private Path healthy() {
        return snapshot(SnapshotFixture.mysql("8.0.15"));
    }

    private Path withoutGtid() {
        return snapshot(SnapshotFixture.mysql("8.0.15").variable("gtid_mode", "OFF"));
    }

    /** Only checks whose outcome on these fixtures is known here, whatever other checks come. */
    private static Cli.Result check(Path snapshot, String... more) {
        String[] arguments = new String[5 + more.length];
        arguments[0] = "check";
        arguments[1] = "--snapshot";
        arguments[2] = snapshot.toString();
        arguments[3] = "--exclude";
        arguments[4] = ALL_BUT_GTID_MODE;
        System.arraycopy(more, 0, arguments, 5, more.length);
        return Cli.run(arguments);
    }

    @Test
    void aSuccessEndsWithZeroAndItsMessageLast() {
        Cli.Result result = check(healthy());
        assertThat(result.code()).isZero();
        assertThat(result.out())
                .startsWith("MySQL 8.0.15 at db.example:3306, 1 database to migrate, target 8.4, read in 12 ms");
        assertThat(result.out())
                .endsWith("\n\nAll pre-checks passed successfully, preferred migration method will be [Replication]\n");
        assertThat(result.err()).isEmpty();
    }

    @Test
    void aDumpIsASuccessUnlessReplicationIsRequired() {
        Path file = withoutGtid();
        assertThat(check(file).code()).isZero();
        assertThat(check(file, "--require", "DUMP").code()).isZero();
        Cli.Result required = check(file, "--require=replication");
        assertThat(required.code()).isEqualTo(3);
        assertThat(required.err()).isEqualTo("mysql-preflight: --require replication is not met\n");
    }

    @Test
    void aDumpIsThereWhereReplicationIsRecommended() {
        assertThat(check(healthy(), "--require", "dump").code()).isZero();
    }

    @Test
    void forChecksThatWereChosenNoMethodIsRecommended() {
        Cli.Result clean = Cli.run("check", "--snapshot", healthy().toString(), "--include", "gtid.mode");
        assertThat(clean.code()).isZero();
        assertThat(clean.out()).endsWith("\n\nNo method is recommended: only 3 of 96 checks were made\n");
    }

    @Test
    void strictWantsEverythingSeen() {
        Path file = snapshot(SnapshotFixture.mysql("8.0.15")
                .unavailable(Facts.REPLICA_STATUS, Fact.Cause.PRIVILEGE, "Access denied"));
        String[] arguments = {"check", "--snapshot", file.toString(), "--exclude", "gtid,obj,priv,ver"};
        Cli.Result lenient = Cli.run(arguments);
        assertThat(lenient.code()).isZero();
        assertThat(lenient.out())
                .contains(
                        "[Dump]: ",
                        "not verified: binlog.commit-order, binlog.log-replica-updates, binlog.source-role (the replica status");
        String[] strict = Arrays.copyOf(arguments, arguments.length + 1);
        strict[arguments.length] = "--strict";
        assertThat(Cli.run(strict).code()).isEqualTo(3);
    }

    @Test
    void aFailureEndsWithThree() {
        Cli.Result result = check(withoutGtid(), "--method", "Replication", "--format", "json");
        assertThat(result.code()).isEqualTo(3);
        assertThat(result.field("success")).isEqualTo("false");
        assertThat(result.field("method")).isNull();
        assertThat(result.field("result")).startsWith("Migration pre-checks failed: ");
    }

    @Test
    void anUnreachableSourceEndsWithFour() {
        Cli.Result result = Cli.run("check", REFUSED);
        assertThat(result.code()).isEqualTo(4);
        assertThat(result.out()).startsWith("cannot check: ").contains("Connection refused");
        Cli.Result json = Cli.run("check", REFUSED, "--format=json");
        assertThat(json.code()).isEqualTo(4);
        assertThat(json.field("format")).isEqualTo("mysql-preflight-assessment/1");
    }

    @Test
    void aSnapshotOfAnUnreachableSourceEndsWithFourToo() {
        Path file = snapshot(SnapshotFixture.mysql("8.0.15")
                .unreachable(ConnectionProblem.REFUSED, "nothing listens", "look there"));
        Cli.Result result = check(file);
        assertThat(result.code()).isEqualTo(4);
        assertThat(result.out()).startsWith("cannot check: db.example:3306: nothing listens\n  look there\n");
    }

    @Test
    void anUnreachableTargetEndsWithFour() {
        Cli.Result result = check(healthy(), "--target-uri", REFUSED);
        assertThat(result.code()).isEqualTo(4);
        assertThat(result.out()).contains("cannot check the target: ").contains("Connection refused");
        Cli.Result byVariable = new Cli()
                .variable("MYSQL_PREFLIGHT_TARGET_URI", REFUSED)
                .go("check", "--snapshot", healthy().toString(), "--format", "json");
        assertThat(byVariable.code()).isEqualTo(4);
        assertThat(byVariable.field("format")).isNotNull();
    }

    @Test
    void aTargetMayBeASnapshot() throws IOException {
        Path target = folder.resolve("target.json.gz");
        SnapshotFile.write(
                SnapshotFixture.mysql("8.4.0").variable("gtid_mode", "OFF").build(), target);
        Cli.Result result = check(healthy(), "--target-snapshot", target.toString());
        assertThat(result.code()).isZero();
        assertThat(result.out()).contains("on the target").contains("[Dump]");
    }

    static List<List<String>> wrongUses() {
        return List.of(
                List.of(),
                List.of("mysql://mig:" + SECRET + "@host:0/"),
                List.of("mysql://mig:" + SECRET + "@host/?sslMode=x"),
                List.of("http://mig:" + SECRET + "@host/"),
                List.of(REFUSED, "mysql://mig:" + SECRET + "@host/"),
                List.of(REFUSED, "-h", "host"),
                List.of(REFUSED, "-p" + SECRET),
                List.of(REFUSED, "-p"),
                List.of("-h", "host", "-u", "mig", "-p"),
                List.of("-h", "host", "-u", "mig", "-p", SECRET),
                List.of("-h", "host", "-u", "mig", "-p" + SECRET, "--password=" + SECRET),
                List.of("-h", "host", "-P", SECRET, "-u", "mig"),
                List.of(REFUSED, "--password-file=" + SECRET),
                List.of(REFUSED, "--pasword=" + SECRET),
                List.of(REFUSED, "-x" + SECRET),
                List.of(REFUSED, "--verbose=" + SECRET),
                List.of(REFUSED, "--all=" + SECRET),
                List.of(REFUSED, "--method", SECRET),
                List.of(REFUSED, "--method"),
                List.of(REFUSED, "--method", "dump", "--require", "replication"),
                List.of(REFUSED, "--method", "dump", "--method", "dump"),
                List.of(REFUSED, "--require", SECRET),
                List.of(REFUSED, "--dump-tool", SECRET),
                List.of(REFUSED, "--color", SECRET),
                List.of(REFUSED, "--target-version", SECRET),
                List.of(REFUSED, "--target-version", "8"),
                List.of(REFUSED, "--target-version", ""),
                List.of(REFUSED, "--max-total-size", SECRET),
                List.of(REFUSED, "--timeout", SECRET),
                List.of(REFUSED, "--timeout", "0"),
                List.of(REFUSED, "--accept", "/nowhere/x"),
                List.of(REFUSED, "--accept", "/"),
                List.of(REFUSED, "--accept", ""),
                List.of(REFUSED, "--accept", REFUSED),
                List.of(REFUSED, "--dump-throughput", SECRET),
                List.of(REFUSED, "--dump-throughput", "0"),
                List.of(REFUSED, "--sample", SECRET),
                List.of(REFUSED, "--scan-rows", "5"),
                List.of(REFUSED, "--scan-time", "5s"),
                List.of(REFUSED, "--scan-data", "--scan-rows", SECRET),
                List.of(REFUSED, "--scan-data", "--scan-rows", "0"),
                List.of(REFUSED, "--scan-data", "--scan-time", "0"),
                List.of("--snapshot", "x", "--scan-data"),
                List.of(REFUSED, "--sample", "10m"),
                List.of(REFUSED, "--sample", "5s", "--timeout", "5s"),
                List.of(REFUSED, "--include", "gtid.mod"),
                List.of(REFUSED, "--exclude", "nothing"),
                List.of(REFUSED, "--target-uri", "mysql://mig:" + SECRET + "@"),
                List.of(REFUSED, "--target-uri", REFUSED, "--target-snapshot", "x"),
                List.of(REFUSED, "--target-snapshot", "/nowhere/x"),
                List.of(REFUSED, "--snapshot", "x"),
                List.of("--snapshot", "/nowhere/x"),
                List.of("--snapshot", REFUSED),
                List.of("--snapshot", "/dev/null"),
                List.of("--snapshot", "/"),
                List.of("--snapshot", "x", "-h", "host"),
                List.of("--snapshot", "x", "-p" + SECRET),
                List.of("--source-uri-file", "/nowhere/" + "x"),
                List.of("--source-uri-file", "-"),
                List.of("--source-uri-file", "-", REFUSED),
                List.of("--defaults-file", "/nowhere/x"),
                List.of(REFUSED, "--output", "/nowhere/x"),
                List.of(REFUSED, "--output", "/"));
    }

    @ParameterizedTest
    @MethodSource("wrongUses")
    void aWrongUseEndsWithTwoAndIsToldInALineOrTwoWithoutTheSecret(List<String> arguments) {
        Cli.Result result = Cli.run(with("check", arguments));
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).startsWith("mysql-preflight: ").doesNotContain(SECRET);
        assertThat(result.err().lines().count()).isBetween(1L, 2L);
    }

    @ParameterizedTest
    @MethodSource("wrongUses")
    void aWrongUseLeavesOneDocumentWhereJsonIsWanted(List<String> arguments) {
        Cli.Result result = Cli.run(with("check", arguments, "--format", "JSON"));
        assertThat(result.code()).isEqualTo(2);
        Map<String, @Nullable String> document = Cli.fields(result.out());
        assertThat(document)
                .containsEntry("format", "mysql-preflight-assessment/1")
                .containsEntry("success", "false")
                .containsEntry("method", null)
                .containsEntry("source", null)
                .containsKeys("tool", "plan", "reasons", "checks", "summary");
        assertThat(document.get("result")).startsWith("Migration pre-checks failed: ");
        assertThat(result.all()).doesNotContain(SECRET);
    }

    @ParameterizedTest
    @MethodSource("wrongUses")
    void aWrongUseLeavesOnePageWhereHtmlIsWanted(List<String> arguments) {
        Cli.Result result = Cli.run(with("check", arguments, "--format", "HTML"));
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out())
                .startsWith("<!DOCTYPE html>\n")
                .endsWith("</html>\n")
                .containsOnlyOnce("<html")
                .contains("There was no source to judge.", "Migration pre-checks failed: ");
        assertThat(result.all()).doesNotContain(SECRET);
    }

    private static String[] with(String command, List<String> arguments, String... more) {
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(arguments);
        if (!arguments.isEmpty() && arguments.get(arguments.size() - 1).equals("--method") && more.length > 0) {
            all.remove(all.size() - 1);
            all.add("--methods");
        }
        all.addAll(List.of(more));
        return all.toArray(new String[0]);
    }

    @Test
    void aBrokenToolEndsWithOneSaysThatItIsABugAndStillLeavesADocument() {
        Cli cli = new Cli().types(() -> {
            throw new IllegalStateException("about " + SECRET);
        });
        Cli.Result result = cli.go("check", "mysql://mig@127.0.0.1:1/", "--format", "json");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).startsWith("mysql-preflight: this is a bug: java.lang.IllegalStateException at ");
        assertThat(result.err()).contains("Please report it").contains("dev").doesNotContain(SECRET);
        assertThat(result.field("result"))
                .isEqualTo("Migration pre-checks failed: mysql-preflight broke: java.lang.IllegalStateException");
        assertThat(cli.go("check", "mysql://mig@127.0.0.1:1/", "-v").err())
                .contains("\tat io.github.mysqlpreflight.cli.");
        assertThat(cli.go("snapshot", "mysql://mig@127.0.0.1:1/", "-o", folder + "/x")
                        .code())
                .isEqualTo(1);
    }

    @Test
    void aFileGetsTheReportAndStandardOutputStaysEmpty() throws IOException {
        Path file = folder.resolve("report.json");
        Files.writeString(file, "old");
        Cli.Result result = check(healthy(), "--format", "json", "--output", file.toString());
        assertThat(result.code()).isZero();
        assertThat(result.all()).isEmpty();
        assertThat(Cli.fields(Files.readString(file))).containsEntry("success", "true");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactlyInAnyOrder(file, folder.resolve("db.json"));
        }
        Path refused = folder.resolve("refused.json");
        Cli.Result unusable = Cli.run("check", "x://y", "--format=json", "--output=" + refused);
        assertThat(unusable.code()).isEqualTo(2);
        assertThat(unusable.out()).isEmpty();
        assertThat(Cli.fields(Files.readString(refused))).containsEntry("success", "false");
    }

    @Test
    void htmlIsOnePageOnStandardOutputOrInAFile() throws IOException {
        Cli.Result result = check(withoutGtid(), "--format", "html");
        assertThat(result.code()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out())
                .startsWith("<!DOCTYPE html>\n")
                .endsWith("</html>\n")
                .contains("Replication is blocked by 1 check", "gtid_mode is OFF, must be ON", " left out as asked.");
        Path file = folder.resolve("report.html");
        Cli.Result written = check(withoutGtid(), "--format=HTML", "--output", file.toString());
        assertThat(written.code()).isZero();
        assertThat(written.all()).isEmpty();
        assertThat(Files.readString(file)).isEqualTo(result.out());
    }

    @Test
    void aSourceThatCannotBeReachedLeavesAPageToo() throws IOException {
        Path file = folder.resolve("report.html");
        Cli.Result result = Cli.run("check", REFUSED, "--format", "html", "--output=" + file);
        assertThat(result.code()).isEqualTo(4);
        assertThat(result.out()).isEmpty();
        assertThat(Files.readString(file))
                .contains("The source could not be judged.", "127.0.0.1:1", "Connection refused")
                .doesNotContain(SECRET);
    }

    @Test
    void aPageThatCannotBeWrittenGoesToStandardOutputAndSaysSo() {
        Cli.Result result = check(healthy(), "--format", "html", "--output", folder + "/no/where");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out()).startsWith("<!DOCTYPE html>").contains("there is no directory for ");
    }

    @Test
    void aHyphenForTheFileIsStandardOutput() {
        Cli.Result result = check(healthy(), "--format", "json", "--output", "-");
        assertThat(result.field("success")).isEqualTo("true");
        Cli.Result snapshot = Cli.run("snapshot", REFUSED, "-o", "-");
        assertThat(snapshot.code()).isEqualTo(2);
        assertThat(snapshot.err()).contains("a snapshot is written into a file");
    }

    @Test
    void checksThatWereNotWantedAreCounted() {
        assertThat(check(healthy()).out()).containsPattern("\n  \\d+ passed,[^\n]* \\d+ left out\n");
        assertThat(Cli.run("check", "--snapshot", healthy().toString()).out()).doesNotContain("left out");
    }

    @Test
    void aReportThatCannotBeWrittenGoesToStandardOutputAsADocumentThatSaysSo() {
        Cli.Result result = check(healthy(), "--format", "json", "--output", folder + "/no/where");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.field("result")).contains("there is no directory for ");
    }

    @Test
    void aFileOfAcceptedFindingsMayBeCalledLikeAnything() throws IOException {
        Path file = Files.writeString(folder.resolve("me@work.yaml"), "- {check: gtid.mode, reason: r}\n");
        assertThat(check(withoutGtid(), "--accept", file.toString()).out()).contains("ACCEPTED");
    }

    private Path accepting(String yaml) throws IOException {
        return Files.writeString(folder.resolve("accept.yaml"), yaml);
    }

    @Test
    void whatIsAcceptedIsNoReasonAgainstAMethod() throws IOException {
        String file = accepting(
                        "- {check: gtid.mode, object: gtid_mode, reason: set before the switch, until: 9999-12-31}\n")
                .toString();
        Cli.Result result = check(withoutGtid(), "--accept", file, "--require", "replication");
        assertThat(result.code()).as(result.all()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out())
                .contains("  REPLICATION  Nothing blocks replication. 1 finding that blocks was accepted.\n")
                .contains("  ACCEPTED\n  - gtid.mode   ")
                .contains("Blocks replication; accepted until 9999-12-31: set before the switch\n")
                .contains(" passed, 1 finding accepted, ")
                .doesNotContain("BLOCKS REPLICATION", "WARNINGS")
                .endsWith("[Replication]\n");
        Cli.Result json = check(withoutGtid(), "--accept", file, "--format", "json");
        assertThat(json.field("method")).isEqualTo("replication");
        assertThat(json.out())
                .contains("\"reason\" : \"set before the switch\",\n        \"until\" : \"9999-12-31\"")
                .contains("\"blockers\" : 0", "\"accepted\" : 1");
        assertThat(check(withoutGtid(), "--accept", file, "--format", "html").out())
                .contains("Blocks replication; accepted until 9999-12-31: set before the switch");
    }

    @Test
    void anEntryThatAcceptsNothingIsAWarningInEveryReport() throws IOException {
        String file = accepting("""
                        - {check: gtid.mode, object: gtid_mod, reason: mistyped}
                        - {check: gtid.mode, reason: too long ago, until: 2020-01-31}
                        - {check: obj.engine, reason: not judged in this run}
                        """).toString();
        String unused = "accept.yaml:1: the entry for gtid.mode on gtid_mod is unused: there is no finding on that"
                + " (did you mean gtid_mode?)";
        String expired = "accept.yaml:2: the entry for gtid.mode expired on 2020-01-31: 1 finding counts again";
        Cli.Result text = new Cli()
                .terminal()
                .variable("COLUMNS", "300")
                .variable("NO_COLOR", "1")
                .go("check", "--snapshot", withoutGtid().toString(), "--include", "gtid.mode", "--accept", file);
        assertThat(text.code()).isEqualTo(3);
        assertThat(text.out())
                .contains("  WARNINGS\n", "--accept ", unused, expired, ", 1 blocks replication, 2 warnings, ")
                .doesNotContain("ACCEPTED", "obj.engine")
                .contains("; only 3 of 96 checks were made");
        Cli.Result json = check(withoutGtid(), "--accept", file, "--format", "json");
        assertThat(json.out())
                .contains(
                        unused,
                        expired,
                        "\"state\" : \"UNUSED\"",
                        "\"state\" : \"EXPIRED\"",
                        "\"state\" : \"NOT_JUDGED\"")
                .contains("\"warnings\" : 2", "\"accepted\" : 0");
        assertThat(check(withoutGtid(), "--accept", file, "--format", "html").out())
                .contains("2 entries of the accepted findings accept nothing", unused, expired);
    }

    @Test
    void aFileOfAcceptedFindingsIsReadBeforeTheServerAndThePassword() throws IOException {
        String file = accepting("- check: gtid.mode\n").toString();
        Path report = Files.writeString(folder.resolve("report.txt"), "the last one");
        Cli cli = new Cli().types(() -> {
            throw new AssertionError("nobody is asked");
        });
        Cli.Result result =
                cli.go("check", "mysql://mig@127.0.0.1:1/", "--accept", file, "--output", report.toString());
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err())
                .isEqualTo("mysql-preflight: " + file
                        + ":1: reason is missing\nSay why it is accepted; reports show it.\n");
        assertThat(report).hasContent("the last one");
    }

    @Test
    void aSourceThatCannotBeReachedCannotBeAcceptedAway() throws IOException {
        String file = accepting("- {check: gtid.mode, reason: r}\n").toString();
        Cli.Result result = Cli.run("check", REFUSED, "--accept", file, "--format", "json");
        assertThat(result.code()).isEqualTo(4);
        assertThat(result.out()).contains("\"state\" : \"NOT_JUDGED\"", "\"warnings\" : 0");
    }

    @Test
    void namesOfIgnoredDatabasesMayStandTogetherOrApart() {
        Cli.Result result = check(healthy(), "--ignore-dbs", " a , b,,", "--ignore-dbs=c d", "--format", "json");
        assertThat(result.out()).contains("\"ignoredDatabases\" : [ \"a\", \"b\", \"c d\" ]");
    }

    @Test
    void thePlanIsWhatWasAskedFor() {
        Cli.Result result = check(
                healthy(),
                "--format",
                "json",
                "--method",
                "DUMP",
                "--target-version",
                "8.0.36",
                "--max-total-size",
                "2K",
                "--dump-tool",
                "mysqlsh",
                "--require-preserve-commit-order");
        assertThat(result.out())
                .contains("\"method\" : \"dump\"")
                .contains("\"targetVersion\" : \"8.0.36\"")
                .contains("\"maxTotalSize\" : 2048")
                .contains("\"dumpTool\" : \"mysqlsh\"")
                .contains("\"requirePreserveCommitOrder\" : true");
    }

    @Test
    void aUriMayComeFromStandardInputAFileOrTheEnvironment() throws IOException {
        assertThat(new Cli()
                        .input(REFUSED + "\n")
                        .go("check", "--source-uri-file", "-")
                        .code())
                .isEqualTo(4);
        Path file = Files.writeString(folder.resolve("uri"), REFUSED + "\n");
        assertThat(Cli.run("check", "--source-uri-file=" + file).code()).isEqualTo(4);
        assertThat(new Cli()
                        .variable("MYSQL_PREFLIGHT_SOURCE_URI", REFUSED)
                        .go("check")
                        .code())
                .isEqualTo(4);
        assertThat(Cli.run("check", "-h127.0.0.1", "-P1", "-umig", "-p" + SECRET)
                        .code())
                .isEqualTo(4);
        assertThat(Cli.run("check", "--host=127.0.0.1", "--port=1", "--user=mig", "--password=" + SECRET)
                        .code())
                .isEqualTo(4);
        Path options = Files.writeString(
                folder.resolve("my.cnf"), "[client]\nhost=127.0.0.1\nport=1\nuser=mig\npassword=" + SECRET + "\n");
        assertThat(Cli.run("check", "--defaults-file", options.toString()).code())
                .isEqualTo(4);
    }

    @Test
    void aMissingPasswordIsAskedForOnce() {
        int[] asked = new int[1];
        Cli cli = new Cli().types(() -> {
            asked[0]++;
            return Password.of(SECRET);
        });
        assertThat(cli.go("check", "mysql://mig@127.0.0.1:1/").code()).isEqualTo(4);
        assertThat(cli.go("check", "-h127.0.0.1", "-P1", "-umig", "-p").code()).isEqualTo(4);
        assertThat(asked[0]).isEqualTo(2);
        assertThat(cli.go("check", REFUSED).code()).isEqualTo(4);
        assertThat(asked[0]).isEqualTo(2);
    }

    @Test
    void diagnosticsGoToStandardErrorAndHoldNoPassword() {
        Cli.Result quiet = Cli.run("check", REFUSED);
        assertThat(quiet.err()).isEmpty();
        Cli.Result loud = Cli.run("check", "-vv", REFUSED, "--format", "json");
        assertThat(loud.err()).contains(" DEBUG ").doesNotContain(SECRET);
        assertThat(loud.field("format")).isNotNull();
        assertThat(Cli.run("check", REFUSED).err()).isEmpty();
    }

    @Test
    void coloursNeedATerminalAndNobodyWhoRefusesThem() {
        String file = healthy().toString();
        String[] arguments = {"check", "--snapshot", file};
        assertThat(Cli.run(arguments).out()).doesNotContain("\u001b");
        assertThat(new Cli().terminal().go(arguments).out()).contains("\u001b[");
        assertThat(new Cli().terminal().variable("NO_COLOR", "1").go(arguments).out())
                .doesNotContain("\u001b");
        assertThat(new Cli().terminal().variable("TERM", "dumb").go(arguments).out())
                .doesNotContain("\u001b");
        assertThat(Cli.run("check", "--snapshot", file, "--color=always").out()).contains("\u001b[");
        assertThat(new Cli()
                        .terminal()
                        .go("check", "--snapshot", file, "--color", "never")
                        .out())
                .doesNotContain("\u001b");
    }

    @Test
    void textIsAsWideAsTheTerminal() {
        String file = healthy().toString();
        assertThat(new Cli()
                        .terminal()
                        .variable("COLUMNS", "60")
                        .go("check", "--snapshot", file, "--color=never")
                        .out())
                .contains("1 database to migrate,\n  target 8.4, read in 12 ms");
        assertThat(new Cli()
                        .terminal()
                        .variable("COLUMNS", "0")
                        .go("check", "--snapshot", file, "--color=never")
                        .out())
                .contains("1 database to migrate, target 8.4");
        assertThat(new Cli()
                        .variable("COLUMNS", "60")
                        .go("check", "--snapshot", file)
                        .out())
                .contains("1 database to migrate, target 8.4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"check", "snapshot", "checks", "explain", "completion"})
    void everyCommandHasHelp(String command) {
        Cli.Result result = Cli.run(command, "--help");
        assertThat(result.code()).isZero();
        assertThat(result.out()).startsWith("Usage: mysql-preflight " + command);
        assertThat(Cli.run(command, "-?")).isEqualTo(result);
    }
}
