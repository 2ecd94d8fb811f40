/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.mysqlpreflight.core.source.UnusableSourceException.Code;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionFileTest {
    @TempDir
    Path folder;

    private Path write(String name, String content) throws IOException {
        return write(name, content.getBytes(StandardCharsets.UTF_8), "rw-------");
    }

    private Path write(String name, byte[] content, String permissions) throws IOException {
        Path file = folder.resolve(name);
        Files.write(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        return file;
    }

    private OptionFile read(String content) throws IOException {
        return OptionFile.read(write("my.cnf", content));
    }

    private UnusableSourceException failure(String content) throws IOException {
        Path file = write("my.cnf", content);
        UnusableSourceException failure =
                catchThrowableOfType(UnusableSourceException.class, () -> OptionFile.read(file));
        assertThat(failure).isNotNull();
        return failure;
    }

    @Test
    void clientOptionsAreRead() throws IOException {
        OptionFile options = read("""
                # comment
                ; another
                [mysqld]
                port = 1
                datadir=/x
                [client]
                host = db1.example
                  port=3307
                user =mig
                password= s3cret
                ssl_mode=verify_ca
                SSL-CA=/etc/ca.pem
                loose-ssl-cert=c.pem
                ssl-key=k.pem
                default-character-set=utf8mb4
                [mysql]
                user=other
                """);

        assertThat(options.host()).isEqualTo("db1.example");
        assertThat(options.port()).isEqualTo(3307);
        assertThat(options.user()).isEqualTo("mig");
        assertThat(options.password()).isEqualTo(Password.of("s3cret"));
        assertThat(options.sslMode()).isEqualTo(SslMode.VERIFY_CA);
        assertThat(options.sslCa()).isEqualTo(Path.of("/etc/ca.pem"));
        assertThat(options.sslCert()).isEqualTo(Path.of("c.pem"));
        assertThat(options.sslKey()).isEqualTo(Path.of("k.pem"));
        assertThat(options.warnings()).isEmpty();
        assertThat(options.toString()).doesNotContain("s3cret");
    }

    @Test
    void emptyFileSaysNothing() throws IOException {
        OptionFile options = read("");

        assertThat(options.host()).isNull();
        assertThat(options.port()).isNull();
        assertThat(options.user()).isNull();
        assertThat(options.password()).isNull();
        assertThat(options.sslMode()).isNull();
        assertThat(options.sslCa()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "abc|abc", "  abc  |abc", "a b|a b", "\"abc\"|abc", "'abc'|abc", "' a '| a ", "\"a#b\"|a#b",
                        "'a#b' # comment|a#b", "abc # comment|abc", "a;b|a;b",
                "\"a\\\"b\"|a\"b", "\"a\\\\\"|a\\", "\"a'b\"|a'b", "a\\tb|a\tb", "a\\sb|a b", "a\\\\b|a\\b",
                        "a\\qb|a\\qb", "it's#1|it's#1", "a=b|a=b", "\"abc|\"abc",
                "'abc\"|'abc\"", "\\'a|'a", "a\\|a\\", "caf\u00e9 \u044e|caf\u00e9 \u044e", "\"\"|"
            })
    void valuesAreReadAsMysqlReadsThem(String written, String expected) throws IOException {
        Password password = read("[client]\npassword = " + written + "\n").password();

        assertThat(password).isNotNull();
        assertThat(password.reveal()).isEqualTo(expected == null ? "" : expected);
    }

    @Test
    void lineEndsAndBackspaceAreEscapes() throws IOException {
        assertThat(read("[client]\npassword=x\\n\\r\\by\n").password()).isEqualTo(Password.of("x\n\r\by"));
    }

    @Test
    void commentThatCutsAPasswordIsPointedOut() throws IOException {
        OptionFile options = read("[client]\npassword=ab#cd\n");

        assertThat(options.password()).isEqualTo(Password.of("ab"));
        assertThat(options.warnings()).hasSize(1);
        assertThat(options.warnings().get(0))
                .contains("my.cnf line 2", "#", "quotes")
                .doesNotContain("ab#", "cd;");
        assertThat(read("[client]\npassword=ab #cd\n").warnings()).isEmpty();
    }

    @Test
    void passwordWithoutAValueAsksAndAnEmptyOneIsEmpty() throws IOException {
        assertThat(read("[client]\npassword\n").password()).isNull();
        assertThat(read("[client]\npassword=\n").password()).isEqualTo(Password.empty());
        assertThat(read("[client]\npassword=x\n[mysql-preflight]\npassword\n").password())
                .isNull();
    }

    @Test
    void emptyValueMeansTheDefault() throws IOException {
        OptionFile options = read("[client]\nuser=u\nuser=\nport=\nssl-mode=\nssl-ca=\nhost=''\n");

        assertThat(options.user()).isNull();
        assertThat(options.port()).isNull();
        assertThat(options.sslMode()).isNull();
        assertThat(options.sslCa()).isNull();
        assertThat(options.host()).isNull();
    }

    @Test
    void ownGroupWinsWhereverItStandsAndTheLastLineOfAGroupWins() throws IOException {
        OptionFile options = read(
                "[mysql-preflight]\nuser=ours\n[client]\nuser=theirs\nhost=a\nhost=b\n[ client ]\nport=5\n[Client]\nport=6\n");

        assertThat(options.user()).isEqualTo("ours");
        assertThat(options.host()).isEqualTo("b");
        assertThat(options.port()).isEqualTo(5);
    }

    @Test
    void windowsLineEndsAndByteOrderMarkAreFine() throws IOException {
        assertThat(read("\uFEFF[client]\r\nuser=u\r\n\r\npassword=p\r\n").password())
                .isEqualTo(Password.of("p"));
        assertThat(read("[client]\nuser=u").user()).isEqualTo("u");
    }

    @ParameterizedTest
    @CsvSource({
        "socket=/run/mysqld.sock, TCP",
        "protocol=socket, TCP",
        "protocol, TCP",
        "passwd=x, write password",
        "skip-ssl, write ssl-mode",
        "ssl=1, write ssl-mode",
        "ssl_capath=/x, write ssl-ca"
    })
    void optionThatIsNotObeyedIsPointedOut(String line, String hint) throws IOException {
        assertThat(read("[client]\n" + line + "\n").warnings())
                .singleElement()
                .asString()
                .contains("my.cnf line 2", hint);
        assertThat(read("[mysqld]\n" + line + "\n").warnings()).isEmpty();
    }

    @Test
    void protocolTcpIsWhatIsDoneAnyway() throws IOException {
        assertThat(read("[client]\nprotocol=TCP\n").warnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "port=0, PORT, invalid port",
        "port=65536, PORT, invalid port",
        "port=sw0rd, PORT, invalid port",
        "ssl-mode=sw0rd, PARAMETER, ssl-mode must be either",
        "user, FILE, has no value",
        "host, FILE, has no value",
        "[client, FILE, bracket",
        "ssl-ca=a\\nsw0rd, FILE, does not name a file",
        "!include, FILE, names no file",
        "!includesw0rd, FILE, names no file",
        "!includedir /does/not/exist/sw0rd, FILE, cannot be read"
    })
    void errorNamesFileAndLineButNotTheContent(String line, Code code, String words) throws IOException {
        UnusableSourceException failure = failure("[client]\n\n" + line + "\n");

        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.message()).contains("my.cnf line 3", words).doesNotContain("sw0rd");
    }

    @Test
    void optionBeforeTheFirstGroupIsAnError() throws IOException {
        assertThat(failure("password=sw0rd\n").message())
                .contains("my.cnf line 1", "before the first group")
                .doesNotContain("sw0rd");
    }

    @Test
    void valueThatIsNotUtf8IsAnErrorOnlyWhereItCounts() throws IOException {
        byte[] latin = "# caf\u00e9\n[client]\nuser=caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1);
        Path file = write("my.cnf", latin, "rw-------");
        assertThat(catchThrowableOfType(UnusableSourceException.class, () -> OptionFile.read(file))
                        .message())
                .contains("line 3", "not UTF-8");

        byte[] comment = "# caf\u00e9\n[client]\nuser=u\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(OptionFile.read(write("my.cnf", comment, "rw-------")).user())
                .isEqualTo("u");
    }

    @Test
    void includedFilesAreReadInTheirPlace() throws IOException {
        Path sub = Files.createDirectory(folder.resolve("conf.d"));
        write("conf.d/b.cnf", "[client]\nhost=b\n");
        write("conf.d/a.cnf", "[client]\nhost=a\nport=7\n");
        write("conf.d/c.txt", "[client]\nhost=c\n");
        Path one = write("one.cnf", "[client]\nuser=included\npassword=p\n");

        OptionFile options =
                read("[client]\nuser=first\n!include " + one + "\n! includedir " + sub + "\npassword=last\n");

        assertThat(options.user()).isEqualTo("included");
        assertThat(options.password()).isEqualTo(Password.of("last"));
        assertThat(options.host()).isEqualTo("b");
        assertThat(options.port()).isEqualTo(7);
        assertThat(options.warnings()).isEmpty();
    }

    @Test
    void includedFileStartsWithoutAGroup() throws IOException {
        Path one = write("one.cnf", "user=x\n");

        assertThat(failure("[client]\n!include " + one + "\n").message())
                .contains("one.cnf line 1", "before the first group");
    }

    @Test
    void includesEndSomewhere() throws IOException {
        Path self = folder.resolve("my.cnf");
        assertThat(read("[client]\nuser=u\n!include " + self + "\n").warnings())
                .singleElement()
                .asString()
                .contains("at most 10 deep");

        write("a.cnf", "!includedir " + folder + "\n");
        write("b.cnf", "!includedir " + folder + "\n");
        assertThat(failure("!includedir " + folder + "\n").message()).contains("more than 200 files");
    }

    @Test
    void missingIncludeIsPointedOutAndUnknownDirectiveIgnored() throws IOException {
        assertThat(read("!include " + folder + "/none-sw0rd.cnf\n!something\n").warnings())
                .singleElement()
                .asString()
                .contains("line 1", "does not exist")
                .doesNotContain("sw0rd");
    }

    @Test
    void passwordThatEverybodyCanReadIsPointedOut() throws IOException {
        byte[] password = "[client]\npassword=p\n".getBytes(StandardCharsets.UTF_8);
        byte[] none = "[client]\nuser=u\n".getBytes(StandardCharsets.UTF_8);

        assertThat(OptionFile.read(write("my.cnf", password, "rw-r--r--")).warnings())
                .singleElement()
                .asString()
                .contains("my.cnf", "every user", "chmod 600");
        assertThat(OptionFile.read(write("my.cnf", password, "rw-r-----")).warnings())
                .isEmpty();
        assertThat(OptionFile.read(write("my.cnf", none, "rw-r--r--")).warnings())
                .isEmpty();
    }

    @Test
    void fileThatEverybodyCanChangeIsAnError() throws IOException {
        Path file = write("my.cnf", "[client]\nuser=u\n".getBytes(StandardCharsets.UTF_8), "rw-rw-rw-");

        assertThat(catchThrowableOfType(UnusableSourceException.class, () -> OptionFile.read(file))
                        .message())
                .contains("my.cnf", "changed by every user");
    }

    @ParameterizedTest
    @ValueSource(strings = {"none.cnf", "."})
    void fileThatCannotBeReadIsNamed(String name) {
        Path file = folder.resolve(name);
        UnusableSourceException failure =
                catchThrowableOfType(UnusableSourceException.class, () -> OptionFile.read(file));

        assertThat(failure.code()).isEqualTo(Code.FILE);
        assertThat(failure.message()).contains(file.toString());
        assertThat(failure).hasNoCause();
    }

    @Test
    void hugeFileIsAnError() throws IOException {
        assertThat(failure("#" + "x".repeat(1 << 20)).message()).contains("larger than 1 MiB");
    }
}
