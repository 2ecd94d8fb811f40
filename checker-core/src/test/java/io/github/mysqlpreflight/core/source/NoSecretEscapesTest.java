/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writes sources in thousands of right and wrong ways with a marked password, and looks for the mark in all that comes out. */
class NoSecretEscapesTest {
    private static final String MARK = "Sw0rdf1sh";
    private static final List<String> PIECES = List.of(
            "", "@", ":", "/", "?", "#", "&", "=", "%", "%4", "%zz", "%FF", "%40", "%2F", ",", "[", "]", "+", " ", "\"",
            "\\", "'", ";", "\0", "\n", "\u00e9", "\uD83D", "x", "1", "$", "://", "//", "--", "..", "*", "|");
    private static final List<String> STARTS = List.of(
            "mysql://",
            "MYSQL://",
            "//",
            "",
            "mysql:",
            "mysql:/",
            "mysqlx://",
            "postgres://",
            "jdbc:mysql://",
            "mysql+pymysql://",
            "http://",
            " mysql://",
            "my sql://");
    private static final List<String> USERS = List.of("mig", "", "a%40b", "az@srv", "u%", "%00", "\u044e");
    private static final List<String> HOSTS = List.of(
            "h", "", "h1,h2", "[::1]", "[::1", "::1", "h h", "h:0", "h:x", "h:3307", "1.2.3", "-h", "h\u00fc",
            "h:99999", "[zz]", "h:");
    private static final List<String> ENDS = List.of(
            "",
            "/",
            "/db",
            "/?ssl-mode=DISABLED",
            "?ssl-mode=nope",
            "/?sslMode=x",
            "/?a b=1",
            "?ssl-ca=a&ssl-ca=b",
            "/?ssl-cert=x",
            "#f",
            "/?%zz=1",
            "/d@b",
            "?&&",
            "\n\nx");

    private final Random random = new Random(20_261_122);

    private String one(List<String> list) {
        return list.get(random.nextInt(list.size()));
    }

    /** The mark stands in the password, which is written with anything around it. */
    private String uri() {
        StringBuilder password = new StringBuilder(one(PIECES));
        for (int i = random.nextInt(3); i > 0; i--) {
            password.append(one(PIECES));
        }
        password.append(MARK);
        for (int i = random.nextInt(3); i > 0; i--) {
            password.append(one(PIECES));
        }
        String end = random.nextInt(12) == 0 ? "" : "@";
        if (random.nextBoolean()) { // right but for the password
            return "mysql://mig:" + password + end + "h:3307/";
        }
        return one(STARTS) + one(USERS) + ":" + password + end + one(HOSTS) + one(ENDS);
    }

    private static String everythingSaidBy(UnusableSourceException failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        return failure.message() + failure.advice() + failure + trace;
    }

    @Test
    void noUriShowsItsPassword() {
        int valid = 0;
        int broken = 0;
        for (int i = 0; i < 20_000; i++) {
            String text = uri();
            try {
                SourceUri uri = SourceUri.parse(text);
                // Where the mark was read as something else than the password, no reader could know better.
                if (uri.password().reveal().contains(MARK)) {
                    valid++;
                    assertThat(uri + uri.address() + uri.path() + uri.password() + uri.sslCa())
                            .as(text)
                            .doesNotContain(MARK);
                }
            } catch (UnusableSourceException failure) {
                broken++;
                assertThat(everythingSaidBy(failure)).as(text).doesNotContainIgnoringCase(MARK);
                assertThat(failure.message()).as(text).matches("[ -~&&[^\"\\\\]]+");
            }
        }
        assertThat(valid).isGreaterThan(500);
        assertThat(broken).isGreaterThan(5_000);
    }

    @Test
    void rightPasswordIsNeverReadAsAnythingElse() {
        for (int i = 0; i < 5_000; i++) {
            StringBuilder password = new StringBuilder();
            for (int j = random.nextInt(6); j >= 0; j--) {
                String piece = one(PIECES);
                password.append(piece.equals("\0") || piece.equals("\uD83D") ? MARK : piece);
            }
            SourceUri uri = SourceUri.parse(
                    "mysql://u:" + Text.percentEncoded(password.toString()) + "@h:1/db?ssl-mode=DISABLED#f");

            assertThat(uri.password().reveal()).isEqualTo(password.toString());
            assertThat(uri).hasToString("mysql://u:****@h:1/");
        }
    }

    @Test
    void noOtherWayInShowsIt(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("source");
        for (int i = 0; i < 1_500; i++) {
            String text = uri();
            SourceInputs inputs = switch (i % 6) {
                case 0 -> SourceInputs.ofUri(text);
                case 1 -> new SourceInputs(null, file, null, null, null, null, null);
                case 2 -> new SourceInputs(text, file, null, null, null, null, Password.of(MARK));
                case 3 -> new SourceInputs(null, null, null, text, text, text, Password.of(MARK));
                case 4 -> new SourceInputs(null, null, file, null, null, null, null);
                default -> SourceInputs.ofUri(null);
            };
            String content = i % 6 != 4
                    ? text
                    : "[client]\nuser=u\npassword=" + text + "\n" + (i % 4 == 0 ? "ssl-mode=" : "port=") + text + "\n";
            Files.write(file, content.getBytes(StandardCharsets.UTF_8));
            try {
                ResolvedSource resolved = inputs.resolve(Map.of(SourceInputs.ENVIRONMENT_VARIABLE, text));
                assertThat(resolved.warnings().toString()).as(text).doesNotContain(MARK);
                if (resolved.uri().password().reveal().contains(MARK)) {
                    assertThat(resolved.toString()).as(text).doesNotContain(MARK);
                }
            } catch (UnusableSourceException failure) {
                assertThat(everythingSaidBy(failure)).as(text).doesNotContainIgnoringCase(MARK);
            }
            assertThat(inputs.toString()).doesNotContain(MARK);
        }
    }

    @Test
    void uriGivenInThePlaceOfAFileIsNotShown() {
        for (String text : List.of("mysql://u:" + MARK + "@h/", "u:" + MARK + "@h", "mysql:" + MARK)) {
            for (SourceInputs inputs : List.of(
                    new SourceInputs(null, Path.of(text), null, null, null, null, null),
                    new SourceInputs(null, null, Path.of(text), null, null, null, null))) {
                try {
                    inputs.resolve(Map.of());
                    throw new AssertionError("there is no such file");
                } catch (UnusableSourceException failure) {
                    assertThat(everythingSaidBy(failure)).doesNotContain(MARK);
                    assertThat(failure.code()).isEqualTo(UnusableSourceException.Code.FILE);
                }
            }
        }
    }
}
