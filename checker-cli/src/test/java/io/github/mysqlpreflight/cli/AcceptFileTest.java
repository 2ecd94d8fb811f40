/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.mysqlpreflight.core.engine.AcceptList;
import io.github.mysqlpreflight.core.engine.CheckRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AcceptFileTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);
    private static final CheckRegistry REGISTRY = CheckRegistry.installed();

    @TempDir
    private Path folder;

    private AcceptList read(String yaml) {
        return read(yaml.getBytes(StandardCharsets.UTF_8));
    }

    private AcceptList read(byte[] content) {
        try {
            return AcceptFile.read(Files.write(folder.resolve("accept.yaml"), content), REGISTRY, TODAY);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private UsageException refusal(Runnable reading) {
        UsageException refused = catchThrowableOfType(UsageException.class, reading::run);
        assertThat(refused).as("a refusal").isNotNull();
        assertThat(refused.message().lines()).hasSize(1);
        return refused;
    }

    /** The message of a refusal, without the folder. */
    private String refused(String yaml) {
        return refusal(() -> read(yaml)).message().replace(folder + "/", "");
    }

    @Test
    void everyKeyIsRead() {
        AcceptList list = read("""
                # decided with the owners of the shop
                - check: obj.engine
                  object: 'shop.\\**'
                  reason: >-
                    Scratch tables, which the application
                      makes anew
                  until: 2026-12-31

                - {check: gtid.mode, reason: "the \\"source\\" is\\n\\told"}
                """);
        assertThat(list.day()).isEqualTo(TODAY);
        assertThat(list.file()).isEqualTo(folder.resolve("accept.yaml").toString());
        assertThat(list.rules()).hasSize(2);
        AcceptList.Rule first = list.rules().get(0);
        assertThat(first.line()).isEqualTo(2);
        assertThat(first.check()).isEqualTo("obj.engine");
        assertThat(first.object()).hasToString("shop.\\**");
        assertThat(first.object().matches("shop.*log")).isTrue();
        assertThat(first.object().matches("shop.log")).isFalse();
        assertThat(first.reason()).isEqualTo("Scratch tables, which the application makes anew");
        assertThat(first.until()).isEqualTo(LocalDate.of(2026, 12, 31));
        assertThat(list.rules().get(1))
                .isEqualTo(new AcceptList.Rule(9, "gtid.mode", null, "the \"source\" is old", null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing yet\n", "[]\n", "---\n", "null\n"})
    void aFileMayBeEmpty(String yaml) {
        assertThat(read(yaml).rules()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a mapping | check: obj.engine | 1: the file must be a list, each entry behind a dash",
                "a word | obj.engine | 1: the file must be a list, each entry behind a dash",
                "words | - obj.engine | 1: entry number 1 must be a mapping of keys to values",
                "empty entry | - {check: obj.engine, reason: r}\\n-\\n | 2: check is missing",
                "no check | \\n- reason: r | 2: check is missing",
                "no reason | - check: obj.engine\\n | 1: reason is missing",
                "empty reason | - check: obj.engine\\n  reason: ' ' | 2: reason is empty",
                "null reason | - check: obj.engine\\n  reason:\\n | 2: reason has no value",
                "list reason | - check: obj.engine\\n  reason: [a] | 2: reason must be a single value",
                "unknown key | - check: obj.engine\\n  reson: r | 2: reson is not a key of an accepted finding (did you mean reason?)",
                "doubled key | - check: obj.engine\\n  check: obj.count | 2: check is there twice",
                "unknown check | - check: obj.engin\\n  reason: r | 1: check obj.engin is no check (did you mean obj.engine?)",
                "case | - {check: OBJ.ENGINE, reason: r} | 1: check OBJ.ENGINE is no check (did you mean obj.engine?)",
                "nonsense | - {check: nonsense, reason: r} | 1: check nonsense is no check",
                "a group | - {check: obj, reason: r} | 1: check obj is a group of checks",
                "conn.source | - {check: conn.source, reason: r} | 1: check conn.source cannot be accepted: without a connection nothing can be judged",
                "tgt.connection | - {check: tgt.connection, reason: r} | 1: check tgt.connection cannot be accepted: without a connection nothing can be judged",
                "empty object | - {check: obj.engine, object: '', reason: r} | 1: object is empty",
                "backslash | - {check: obj.engine, object: 'a\\b', reason: r} | 1: object has a backslash that does not stand before *, ? or another one",
                "date | - {check: obj.engine, reason: r, until: soon} | 1: until must be a day of the calendar, such as 2026-12-31",
                "no such day | - {check: obj.engine, reason: r, until: 2026-02-30} | 1: until must be a day of the calendar, such as 2026-12-31",
                "a time | - {check: obj.engine, reason: r, until: 2026-12-31T00:00:00Z} | 1: until must be a day of the calendar, such as 2026-12-31",
                "order | - {check: obj.engine, reason: r, until: 31-12-2026} | 1: until must be a day of the calendar, such as 2026-12-31",
                "doubled | - {check: obj.engine, reason: r}\\n- {check: obj.engine, reason: s} | 2: check obj.engine is accepted in line 1 already",
                "doubled star | - {check: obj.engine, reason: r}\\n\\n- {check: obj.engine, object: '*', reason: s} | 3: check obj.engine on * is accepted in line 1 already",
                "doubled object | - {check: obj.engine, object: a.b, reason: r}\\n- {check: obj.engine, object: a.b, until: 2027-01-01, reason: s} | 2: check obj.engine on a.b is accepted in line 1 already",
                "alias | - check: obj.engine\\n  object: *.log | 2: this is not YAML:",
                "not YAML | - check: 'obj.engine | 1: this is not YAML:",
                "two documents | []\\n---\\n[] | 2: this is not YAML:",
                "tab | -\\tcheck: x\\n\\treason: y | 1: this is not YAML:"
            })
    void whatIsWrongIsToldByItsLine(String what, String yaml, String expected) {
        String text = yaml.replace("\\n", "\n").replace("\\t", "\t");
        assertThat(refused(text)).as(what).startsWith("accept.yaml:" + expected);
    }

    @Test
    void theOtherObjectsOfACheckAreNoDouble() {
        assertThat(read("""
                        - {check: obj.engine, object: a, reason: r}
                        - {check: obj.engine, object: A, reason: r}
                        - {check: obj.count, object: a, reason: r}
                        """).rules()).hasSize(3);
    }

    @Test
    void whatCannotBeReadIsToldByItsName() throws IOException {
        assertThat(refusal(() -> AcceptFile.read(folder.resolve("none.yaml"), REGISTRY, TODAY))
                        .message())
                .isEqualTo("the file " + folder + "/none.yaml does not exist");
        assertThat(refusal(() -> AcceptFile.read(folder, REGISTRY, TODAY)).message())
                .isEqualTo("the file " + folder + " cannot be read");
        assertThat(refusal(() -> read(new byte[] {'-', ' ', (byte) 0xff})).message())
                .isEqualTo(folder + "/accept.yaml is not UTF-8 text");
        assertThat(refused("# " + "x".repeat(1 << 20))).isEqualTo("accept.yaml is larger than 1 MiB");
        assertThat(refused("[".repeat(500))).startsWith("accept.yaml:1: this is nested too deeply");
    }

    @Test
    void anAdviceTellsWhatToDo() {
        assertThat(refusal(() -> read("- {check: obj.engine}")).advice())
                .isEqualTo("Say why it is accepted; reports show it.");
        assertThat(refusal(() -> read("x")).advice()).isEqualTo("README.md has an example of a whole file.");
        assertThat(refusal(() -> read("- {checks: x}")).advice()).isEmpty();
        assertThat(refusal(() -> read("- {pattern: x}")).advice())
                .isEqualTo("There are: check, object, reason, until.");
        assertThat(refusal(() -> read("- {check: x, reason: r}")).advice())
                .isEqualTo("mysql-preflight checks lists them.");
    }

    @Test
    void whatIsKnownIsEveryCheckButTheConnections() {
        List<String> ids =
                REGISTRY.all().stream().map(check -> check.info().id()).toList();
        for (String id : ids) {
            if (!CheckRegistry.isEssential(id)) {
                assertThat(read("- {check: " + id + ", reason: r}\n").rules()).hasSize(1);
            }
        }
    }
}
