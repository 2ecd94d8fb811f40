/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.mysqlpreflight.core.source.UnusableSourceException.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceInputsTest {
    private static final Map<String, String> NOTHING = Map.of();
    private static final Map<String, String> VARIABLE =
            Map.of(SourceInputs.ENVIRONMENT_VARIABLE, "mysql://env:e@envhost/");
    private static final Password SECRET = Password.of("sw0rdfish");

    @TempDir
    Path folder;

    private Path write(String content) throws IOException {
        Path file = Files.writeString(folder.resolve("source"), content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private static UnusableSourceException failure(SourceInputs inputs, Map<String, String> environment) {
        UnusableSourceException failure =
                catchThrowableOfType(UnusableSourceException.class, () -> inputs.resolve(environment));
        assertThat(failure).isNotNull();
        return failure;
    }

    private static SourceInputs flags(String host, String port, String user, Password password) {
        return new SourceInputs(null, null, null, host, port, user, password);
    }

    @Test
    void uriIsTheSource() {
        ResolvedSource resolved = SourceInputs.ofUri("mysql://u:p@h:1/").resolve(VARIABLE);

        assertThat(resolved.uri()).isEqualTo(SourceUri.parse("mysql://u:p@h:1/"));
        assertThat(resolved.warnings()).isEmpty();
    }

    @Test
    void environmentVariableCountsWhereNothingElseDoes() throws IOException {
        Path options = write("[client]\nuser=file\n");

        assertThat(SourceInputs.ofUri(null).resolve(VARIABLE).uri().user()).isEqualTo("env");
        assertThat(flags("h", null, "flag", null).resolve(VARIABLE).uri().user())
                .isEqualTo("flag");
        assertThat(new SourceInputs(null, null, options, null, null, null, null)
                        .resolve(VARIABLE)
                        .uri()
                        .user())
                .isEqualTo("file");
    }

    @Test
    void nothingAtAllIsAnErrorThatSaysWhatToGive() {
        for (Map<String, String> environment : List.of(NOTHING, Map.of(SourceInputs.ENVIRONMENT_VARIABLE, " "))) {
            UnusableSourceException failure = failure(SourceInputs.ofUri(null), environment);

            assertThat(failure.code()).isEqualTo(Code.INPUT);
            assertThat(failure.message()).isEqualTo("No source is given");
            assertThat(failure.advice())
                    .contains(
                            "mysql://",
                            "--source-uri-file",
                            "--defaults-file",
                            "-h -P -u -p",
                            "MYSQL_PREFLIGHT_SOURCE_URI");
        }
        assertThat(failure(flags(null, null, null, SECRET), NOTHING).code()).isEqualTo(Code.INPUT);
    }

    @Test
    void brokenUriSaysWhereItStands() throws IOException {
        Path file = write("mysql://u:sw0rdfish@h:x/");

        assertThat(failure(
                                SourceInputs.ofUri(null),
                                Map.of(SourceInputs.ENVIRONMENT_VARIABLE, "mysql://u:sw0rdfish@h:x/"))
                        .message())
                .startsWith("MYSQL_PREFLIGHT_SOURCE_URI: ")
                .contains("invalid port")
                .doesNotContain("sw0rdfish");
        assertThat(failure(new SourceInputs(null, file, null, null, null, null, null), NOTHING)
                        .message())
                .startsWith("The URI in " + file)
                .doesNotContain("sw0rdfish");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mysql://u:p@h/", "mysql://u:p@h/\n", "\uFEFFmysql://u:p@h/\r\n\r\n", "\n mysql://u:p@h/"})
    void fileHoldsOneUri(String content) throws IOException {
        ResolvedSource resolved =
                new SourceInputs(null, write(content), null, null, null, null, null).resolve(VARIABLE);

        assertThat(resolved.uri()).isEqualTo(SourceUri.parse("mysql://u:p@h/"));
        assertThat(resolved.warnings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "mysql://u:sw0rdfish@h/\nmysql://u:p@h/"})
    void fileThatDoesNotHoldOneUriIsAnError(String content) throws IOException {
        UnusableSourceException failure =
                failure(new SourceInputs(null, write(content), null, null, null, null, null), NOTHING);

        assertThat(failure.code()).isEqualTo(Code.FILE);
        assertThat(failure.message()).doesNotContain("sw0rdfish");
    }

    @Test
    void uriFileThatEverybodyCanReadIsPointedOut() throws IOException {
        Path file = write("mysql://u:p@h/");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(new SourceInputs(null, file, null, null, null, null, null)
                        .resolve(NOTHING)
                        .warnings())
                .singleElement()
                .asString()
                .contains("every user");
    }

    @Test
    void uriNextToFlagsIsAnError() {
        String uri = "mysql://u:sw0rdfish@h/";
        assertThat(failure(new SourceInputs(uri, null, null, "h", null, null, null), NOTHING)
                        .message())
                .contains("together with -h");
        assertThat(failure(new SourceInputs(uri, null, null, null, "1", null, null), NOTHING)
                        .message())
                .contains("together with -P");
        assertThat(failure(new SourceInputs(uri, null, null, null, null, "u", null), NOTHING)
                        .message())
                .contains("together with -u");
        assertThat(failure(new SourceInputs(uri, Path.of("f"), null, null, null, null, null), NOTHING)
                        .code())
                .isEqualTo(Code.INPUT);
    }

    @Test
    void passwordFlagGoesWithAUriWithoutOne() {
        assertThat(new SourceInputs("mysql://u@h/", null, null, null, null, null, SECRET)
                        .resolve(NOTHING)
                        .uri()
                        .password())
                .isEqualTo(SECRET);
        assertThat(SourceInputs.ofUri("mysql://u@h/").resolve(NOTHING).uri().passwordGiven())
                .isFalse();
        assertThat(failure(new SourceInputs("mysql://u:p@h/", null, null, null, null, null, SECRET), NOTHING)
                        .message())
                .contains("-p gives another");
    }

    @Test
    void flagsNameTheSource() {
        SourceUri uri = flags("DB1", "3307", "a@b", SECRET).resolve(NOTHING).uri();

        assertThat(uri).isEqualTo(SourceUri.parse("mysql://a%40b:sw0rdfish@db1:3307/"));
        assertThat(flags(null, null, "u", null).resolve(NOTHING).uri().address())
                .isEqualTo("localhost:3306");
        assertThat(flags("::1", null, "u", null).resolve(NOTHING).uri().address())
                .isEqualTo("[::1]:3306");
    }

    @Test
    void wrongFlagsAreErrors() {
        assertThat(failure(flags("h", "0", "u", null), NOTHING).message()).contains("invalid port");
        assertThat(failure(flags("h", "x", "u", null), NOTHING).code()).isEqualTo(Code.PORT);
        assertThat(failure(flags("h", "1", null, null), NOTHING).code()).isEqualTo(Code.USER);
        assertThat(failure(flags("h", "1", "", null), NOTHING).code()).isEqualTo(Code.USER);
        assertThat(failure(flags("mysql://u:sw0rdfish@h/", null, "u", null), NOTHING)
                        .message())
                .doesNotContain("sw0rdfish");
    }

    @Test
    void flagsWinOverTheOptionFile() throws IOException {
        Path options = write("[client]\nhost=filehost\nport=7\nuser=file\npassword=filepass\nssl-mode=DISABLED\n");

        assertThat(new SourceInputs(null, null, options, null, null, null, null)
                        .resolve(NOTHING)
                        .uri())
                .isEqualTo(SourceUri.parse("mysql://file:filepass@filehost:7/?ssl-mode=DISABLED"));
        assertThat(new SourceInputs(null, null, options, "h", "8", "file", SECRET)
                        .resolve(NOTHING)
                        .uri())
                .isEqualTo(SourceUri.parse("mysql://file:sw0rdfish@h:8/?ssl-mode=DISABLED"));
    }

    @Test
    void passwordOfAnotherUserIsNotSent() throws IOException {
        Path owned = write("[client]\nuser=file\npassword=filepass\n");

        assertThat(new SourceInputs(null, null, owned, "h", null, "other", null)
                        .resolve(NOTHING)
                        .uri()
                        .passwordGiven())
                .isFalse();
        assertThat(new SourceInputs("mysql://other@h/", null, owned, null, null, null, null)
                        .resolve(NOTHING)
                        .uri()
                        .passwordGiven())
                .isFalse();
        assertThat(new SourceInputs("mysql://file@h/", null, owned, null, null, null, null)
                        .resolve(NOTHING)
                        .uri()
                        .passwordGiven())
                .isTrue();
        Path unowned = write("[client]\npassword=filepass\n");
        assertThat(new SourceInputs("mysql://other@h/", null, unowned, null, null, null, null)
                        .resolve(NOTHING)
                        .uri()
                        .passwordGiven())
                .isTrue();
    }

    @Test
    void optionFileAddsWhatTheUriLeavesOut() throws IOException {
        Path options = write(
                "[client]\nhost=filehost\nport=7\npassword=filepass\nssl-mode=VERIFY_CA\nssl-ca=ca\nssl-cert=c\nssl-key=k\n");

        assertThat(new SourceInputs("mysql://u@h/", null, options, null, null, null, null)
                        .resolve(NOTHING)
                        .uri())
                .isEqualTo(SourceUri.parse("mysql://u:filepass@h/?ssl-mode=VERIFY_CA&ssl-ca=ca&ssl-cert=c&ssl-key=k"));
        assertThat(new SourceInputs(
                                "mysql://u:p@h:1/?ssl-mode=DISABLED&ssl-cert=x&ssl-key=y",
                                null,
                                options,
                                null,
                                null,
                                null,
                                null)
                        .resolve(NOTHING)
                        .uri())
                .isEqualTo(SourceUri.parse("mysql://u:p@h:1/?ssl-mode=DISABLED&ssl-ca=ca&ssl-cert=x&ssl-key=y"));
    }

    @Test
    void authorityFileThatVerifiesNothingIsPointedOut() {
        assertThat(SourceInputs.ofUri("mysql://u:p@h/?ssl-ca=ca")
                        .resolve(NOTHING)
                        .warnings())
                .singleElement()
                .asString()
                .contains("VERIFY_CA");
        assertThat(SourceInputs.ofUri("mysql://u:p@h/?ssl-ca=ca&ssl-mode=VERIFY_CA")
                        .resolve(NOTHING)
                        .warnings())
                .isEmpty();
    }

    @Test
    void warningsOfTheOptionFileAreHandedOn() throws IOException {
        Path options = write("[client]\nuser=u\nsocket=/x\n");

        assertThat(new SourceInputs(null, null, options, null, null, null, null)
                        .resolve(NOTHING)
                        .warnings())
                .singleElement()
                .asString()
                .contains("socket");
    }

    @Test
    void textFormShowsWhichPartsThereAre() {
        assertThat(new SourceInputs("mysql://u:sw0rdfish@h/", null, null, null, null, "x", SECRET))
                .hasToString("SourceInputs[uri, user, password]");
        assertThat(SourceInputs.ofUri(null)).hasToString("SourceInputs[]");
    }
}
