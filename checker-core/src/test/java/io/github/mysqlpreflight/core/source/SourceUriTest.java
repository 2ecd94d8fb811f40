/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.mysqlpreflight.core.source.UnusableSourceException.Code;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceUriTest {
    private static UnusableSourceException failure(String uri) {
        UnusableSourceException failure =
                catchThrowableOfType(UnusableSourceException.class, () -> SourceUri.parse(uri));
        assertThat(failure).as("the failure of " + uri).isNotNull().hasNoCause();
        assertThat(failure.message()).matches("[ -~&&[^\"\\\\]]+");
        assertThat(failure.advice()).matches("[ -~&&[^\"\\\\]]+");
        return failure;
    }

    @Test
    void allPartsAreRead() {
        SourceUri uri = SourceUri.parse(
                "mysql://mig:s3cret@db1.example:3307/shop?ssl-mode=verify_ca&ssl-ca=/etc/ca.pem&ssl-cert=c.pem&ssl-key=k.pem#top");

        assertThat(uri.user()).isEqualTo("mig");
        assertThat(uri.password()).isEqualTo(Password.of("s3cret"));
        assertThat(uri.passwordGiven()).isTrue();
        assertThat(uri.host()).isEqualTo("db1.example");
        assertThat(uri.port()).isEqualTo(3307);
        assertThat(uri.path()).isEqualTo("shop");
        assertThat(uri.sslMode()).isEqualTo(SslMode.VERIFY_CA);
        assertThat(uri.sslCa()).isEqualTo(Path.of("/etc/ca.pem"));
        assertThat(uri.sslCert()).isEqualTo(Path.of("c.pem"));
        assertThat(uri.sslKey()).isEqualTo(Path.of("k.pem"));
        assertThat(uri.address()).isEqualTo("db1.example:3307");
        assertThat(uri).hasToString("mysql://mig:****@db1.example:3307/");
    }

    @Test
    void whatIsAbsentHasItsDefault() {
        SourceUri uri = SourceUri.parse("mysql://mig@h");

        assertThat(uri.port()).isEqualTo(3306);
        assertThat(uri.sslMode()).isEqualTo(SslMode.REQUIRED);
        assertThat(uri.passwordGiven()).isFalse();
        assertThat(uri.password().isEmpty()).isTrue();
        assertThat(uri.path()).isNull();
        assertThat(uri.sslCa()).isNull();
        assertThat(uri.sslCert()).isNull();
        assertThat(uri.sslKey()).isNull();
        assertThat(uri).hasToString("mysql://mig@h:3306/");
    }

    @Test
    void emptyPasswordIsNotAnAbsentOne() {
        assertThat(SourceUri.parse("mysql://u:@h/").passwordGiven()).isTrue();
        assertThat(SourceUri.parse("mysql://u:@h/"))
                .isNotEqualTo(SourceUri.parse("mysql://u@h/"))
                .hasToString("mysql://u:****@h:3306/");
    }

    @Test
    void passwordCanBeAddedLater() {
        SourceUri uri = SourceUri.parse("mysql://u@H:1/db?ssl-mode=DISABLED&ssl-ca=a&ssl-cert=b&ssl-key=c");

        assertThat(uri.withPassword(Password.of("p")))
                .isEqualTo(SourceUri.parse("mysql://u:p@h:1/db?ssl-mode=DISABLE&ssl-ca=a&ssl-cert=b&ssl-key=c"));
        assertThat(uri.passwordGiven()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mysql://u:p@h:3306/",
                "MySQL://u:p@h",
                "MYSQL://u:p@H:/",
                "//u:p@h/",
                "  mysql://u:p@h/\n",
                "\tmysql://u:p@h?",
                "mysql://u:p@h/?&",
                "mysql://u:p@h#x",
                "mysql://u:p@h/?ssl-mode=",
                "mysql://u:p@h/?ssl-mode",
                "mysql://u:p@h/?ssl-mode=required&",
                "mysql://%75:%70@h:03306/?#"
            })
    void theSameSourceIsWrittenInManyWays(String text) {
        assertThat(SourceUri.parse(text)).isEqualTo(SourceUri.parse("mysql://u:p@h:3306/"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            quoteCharacter = '`',
            value = {
                "a+b:c+d a+b c+d",
                "a%40b:c%3Ad a@b c:d",
                "u:p@ss u p@ss",
                "u:@:@ u @:@",
                "u:a:b u a:b",
                "az@srv:p az@srv p",
                "u:%2F%3f%23%25 u /?#%",
                "u:caf%C3%A9 u caf\u00e9",
                "u:caf\u00e9 u caf\u00e9",
                "%D1%8E:\uD83D\uDE00 \u044e \uD83D\uDE00",
                "u:[x u [x",
                "u:'\"\\' u '\"\\'",
                "u:%0A u `\n`"
            })
    void userAndPasswordAreDecoded(String account, String user, String password) {
        SourceUri uri = SourceUri.parse("mysql://" + account + "@h:1/");

        assertThat(uri.user()).isEqualTo(user);
        assertThat(uri.password().reveal()).isEqualTo(password);
        assertThat(uri.address()).isEqualTo("h:1");
    }

    @ParameterizedTest
    @CsvSource({
        "DB1.Example.COM, db1.example.com, db1.example.com:9",
        "my_db-1, my_db-1, my_db-1:9",
        "h., h., h.:9",
        "mysql.1.x, mysql.1.x, mysql.1.x:9",
        "10.0.0.255, 10.0.0.255, 10.0.0.255:9",
        "[::1], ::1, [::1]:9",
        "[::], ::, [::]:9",
        "[1::], 1::, [1::]:9",
        "[2001:DB8::A], 2001:db8::a, [2001:db8::a]:9",
        "[1:2:3:4:5:6:7:8], 1:2:3:4:5:6:7:8, [1:2:3:4:5:6:7:8]:9",
        "[1:2:3:4:5:6:1.2.3.4], 1:2:3:4:5:6:1.2.3.4, [1:2:3:4:5:6:1.2.3.4]:9",
        "[::ffff:1.2.3.4], ::ffff:1.2.3.4, [::ffff:1.2.3.4]:9",
        "[fe80::1%eth0], fe80::1%eth0, [fe80::1%eth0]:9",
        "[FE80::1%25Eth0.7], fe80::1%Eth0.7, [fe80::1%Eth0.7]:9",
        "b\u00fccher.example, xn--bcher-kva.example, xn--bcher-kva.example:9"
    })
    void hostIsNormalised(String host, String expected, String address) {
        SourceUri uri = SourceUri.parse("mysql://u:p@" + host + ":9/");

        assertThat(uri.host()).isEqualTo(expected);
        assertThat(uri.address()).isEqualTo(address);
        assertThat(SourceUri.parse("mysql://u:p@" + host).port()).isEqualTo(3306);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "h h",
                "h*",
                "a..b",
                ".a",
                "-rf",
                "h%41",
                "1.2.3",
                "1.2.3.256",
                "1.2.3.4.5",
                "12345",
                "h\\x",
                "'h'",
                "(h)",
                "[",
                "[]",
                "[::1",
                "[::1]x",
                "[1:2]",
                "[:::]",
                "[1::2::3]",
                "[12345::]",
                "[1:2:3:4:5:6:7:8:9]",
                "[1:2:3:4:5:6:7::8]",
                "[1:]",
                "[:1]",
                "[g::1]",
                "[::1%]",
                "[::1%a b]",
                "[h]",
                "::1]",
                "a\u2024.",
                "\uFF0Fx",
                "\u00fc..x"
            })
    void whatCannotBeAHostIsAnError(String host) {
        assertThat(failure("mysql://u:p@" + host + "/").code()).isIn(Code.HOST, Code.PORT);
        assertThat(failure("mysql://u:p@" + host + "/").message())
                .doesNotContain(host.length() > 2 ? host : "mysql://");
    }

    @Test
    void overlongHostIsAnError() {
        assertThat(SourceUri.parse("mysql://u@" + "a".repeat(63)).host()).hasSize(63);
        assertThat(failure("mysql://u@" + "a".repeat(64)).code()).isEqualTo(Code.HOST);
        assertThat(failure("mysql://u@" + "ab.".repeat(90)).code()).isEqualTo(Code.HOST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"h1,h2", "h1:3306,h2:3306", "[::1],[::2]"})
    void severalHostsAreAnErrorThatSaysSo(String hosts) {
        assertThat(failure("mysql://u:p@" + hosts + "/").message()).contains("several hosts");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "65536",
                "99999999999999999999",
                "-1",
                "+1",
                "x",
                "33o6",
                "3306x",
                " 3306",
                "1:2",
                "\u0663",
                "1.5",
                "00",
                ":1"
            })
    void whatCannotBeAPortIsAnError(String port) {
        assertThat(failure("mysql://u:p@h:" + port + "/"))
                .extracting(UnusableSourceException::code)
                .isEqualTo(Code.PORT);
        assertThat(failure("mysql://u:p@h:" + port + "/").message()).contains("invalid port");
        assertThat(failure("mysql://u:p@[::1]:" + port).message()).contains("invalid port");
    }

    @Test
    void portsAtTheBoundsAreFine() {
        assertThat(SourceUri.parse("mysql://u:p@h:1").port()).isEqualTo(1);
        assertThat(SourceUri.parse("mysql://u:p@h:65535").port()).isEqualTo(65535);
    }

    @Test
    void addressOfSixPartsWithoutBracketsAsksForThem() {
        assertThat(failure("mysql://u:p@::1/").advice()).contains("brackets");
        assertThat(failure("mysql://u:p@2001:db8::1/").message()).contains("invalid port");
    }

    @ParameterizedTest
    @CsvSource({
        "'', SCHEME",
        "'  ', SCHEME",
        "mysql://, USER",
        "mysql:///, USER",
        "mysql://h:3306/, USER",
        "mysql://:p@h/, USER",
        "mysql://@h/, USER",
        "mysql://u:p@/, HOST",
        "mysql://u:p@:3306/, HOST",
        "mysql://u:p@?ssl-mode=DISABLED, HOST",
        "//h, USER",
        "u:p@h, SCHEME",
        "h, SCHEME",
        "mysql:u:p@h, SCHEME",
        "mysql:/u:p@h/, SCHEME",
        "mysqlx://u:p@h/, SCHEME",
        "postgres://u:p@h/, SCHEME",
        "mysql+pymysql://u:p@h/, SCHEME",
        "jdbc:mysql://u:p@h/, SCHEME",
        "MARIADB://u:p@h/, SCHEME",
        "://u:p@h, SCHEME",
        "/u:p@h, SCHEME"
    })
    void whatLacksSchemeUserOrHostIsNotAValidServiceUri(String text, Code code) {
        UnusableSourceException failure = failure(text);

        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.message()).contains("is not a valid service URI");
        assertThat(failure.advice()).contains("mysql://user:password@host:port/");
    }

    @Test
    void wrongSchemeIsNamed() {
        assertThat(failure("postgres://u:p@h/").message()).contains("postgres");
        assertThat(failure("mysqlx://u:p@h/").advice()).contains("33060");
        assertThat(failure("jdbc:mysql://h/?user=u").message()).contains("JDBC", "this tool takes mysql:// URIs");
        assertThat(failure("mysql+pymysql://u:p@h/").message())
                .contains("this tool takes mysql:// URIs")
                .doesNotContain("pymysql");
        assertThat(failure("postgres:p@h/").message()).doesNotContain("postgres");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mysql://u:a/b@h/",
                "mysql://u:a?b@h/",
                "mysql://u:a#b@h/",
                "mysql://u:a@b/c@h/",
                "mysql://u:a@b?c=1@h/",
                "mysql://u:a@b?c@h/",
                "mysql://u:a@b#c@h/",
                "mysql://u:/@h",
                "mysql://u:a@/b@h"
            })
    void rawCharacterThatEndsTheHostPartAsksForItsEscape(String text) {
        UnusableSourceException failure = failure(text);

        assertThat(failure.code()).isEqualTo(Code.ESCAPE);
        assertThat(failure.message()).contains("is not a valid service URI");
        assertThat(failure.advice()).contains("%2F", "%3F", "%23");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "%4", "%zz", "a%", "%C3", "%C3%28", "%FF", "%ED%A0%80", "%C0%AF", "\uD83D", "100%!"})
    void malformedEscapeIsAnError(String part) {
        assertThat(failure("mysql://u:" + part + "@h/").code()).isEqualTo(Code.ESCAPE);
        assertThat(failure("mysql://" + part + ":p@h/").code()).isEqualTo(Code.ESCAPE);
        assertThat(failure("mysql://u:p@h/?ssl-ca=" + part).code()).isEqualTo(Code.ESCAPE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mysql://u:p\0@h/",
                "mysql://u:p@h\n/",
                "mysql://u\t:p@h/",
                "mysql://u:p@h/\u007fx",
                "mysql://u:p@h/d\u0085b",
                "mysql://%0a:p@h/",
                "mysql://u:%00@h/"
            })
    void controlCharacterIsAnError(String text) {
        assertThat(failure(text).code()).isEqualTo(Code.CHARACTER);
    }

    @ParameterizedTest
    @CsvSource({"/, ", "'', ", "/shop, shop", "/a%2Fb, a/b", "/a/b, a/b", "/%zz, %zz", "/caf%C3%A9, caf\u00e9", "//, /"
    })
    void pathIsKeptButMeansNothing(String path, String expected) {
        assertThat(SourceUri.parse("mysql://u:p@h" + path).path()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "sslMode=REQUIRED, sslMode, write ssl-mode",
        "SSL-MODE=REQUIRED, SSL-MODE, write ssl-mode",
        "ssl_mode=x, ssl_mode, write ssl-mode",
        "sslmode, sslmode, write ssl-mode",
        "useSSL=false, useSSL, ssl-mode=DISABLED",
        "requireSSL=true, requireSSL, ssl-mode=REQUIRED",
        "sslaccept=strict, sslaccept, ssl-mode",
        "connectTimeout=5000, connectTimeout, --timeout",
        "socketTimeout=1, socketTimeout, --timeout",
        "allowPublicKeyRetrieval=true, allowPublicKeyRetrieval, no such setting",
        "serverTimezone=UTC, serverTimezone, no such setting",
        "verifyServerCertificate=true, verifyServerCertificate, VERIFY_CA",
        "sslca=/x, sslca, ssl-ca=FILE",
        "SSL_KEY=/x, SSL_KEY, ssl-key=FILE",
        "user=x, user, before the @",
        "database=x, database, --ignore-dbs",
        "foo=bar, foo, ssl-key",
        "foo.bar_baz-1=, foo.bar_baz-1, ssl-key"
    })
    void unknownParameterIsNamedWithTheRightOne(String parameter, String name, String instead) {
        for (String query : new String[] {parameter, "ssl-mode=DISABLED&" + parameter, "&" + parameter + "&"}) {
            UnusableSourceException failure = failure("mysql://u:p@h/?" + query);

            assertThat(failure.code()).isEqualTo(Code.PARAMETER);
            assertThat(failure.message()).contains("Only ssl-mode allowed as uri parameter", name + " is not known");
            assertThat(failure.message() + failure.advice()).contains(instead);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "word",
                "a b=1",
                "%zz=1",
                "p%40ss=1",
                "a:b=1",
                "=x",
                "\u00e9=1",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa=1"
            })
    void parameterThatMayBePartOfAPasswordIsNotNamed(String parameter) {
        UnusableSourceException failure = failure("mysql://u:p@h/?" + parameter);

        assertThat(failure.message())
                .isEqualTo(
                        "Only ssl-mode allowed as uri parameter (and ssl-ca, ssl-cert, ssl-key): there is a parameter with an unusual name");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ssl-mode=DISABLED&ssl-mode=REQUIRED",
                "ssl-mode=&ssl-mode=",
                "ssl-ca=a&ssl-ca=a",
                "ssl-cert=a&ssl-key=b&ssl-cert=a",
                "ssl-key=a&ssl-key=b"
            })
    void parameterGivenTwiceIsNamed(String query) {
        UnusableSourceException failure = failure("mysql://u:p@h/?" + query);

        assertThat(failure.code()).isEqualTo(Code.PARAMETER);
        assertThat(failure.message())
                .contains("The uri parameter " + query.substring(0, query.indexOf('=')) + " is given twice");
    }

    @Test
    void wrongModeIsAnErrorInTheWordsOfTheOriginal() {
        assertThat(failure("mysql://u:p@h/?ssl-mode=maybe").message())
                .contains("ssl-mode must be either 'DISABLED' or 'REQUIRED'")
                .doesNotContain("maybe");
        assertThat(failure("mysql://u:p@h/?ssl-mode=A&ssl-mode=B").message())
                .contains("ssl-mode must be either 'DISABLED' or 'REQUIRED'");
    }

    @ParameterizedTest
    @CsvSource({
        "DISABLE, DISABLED",
        "disabled, DISABLED",
        "Preferred, PREFERRED",
        "verify_identity, VERIFY_IDENTITY",
        "%44ISABLED, DISABLED"
    })
    void modeIsReadFromTheUri(String text, SslMode mode) {
        assertThat(SourceUri.parse("mysql://u:p@h/?ssl-mode=" + text).sslMode()).isEqualTo(mode);
    }

    @Test
    void fileNamesAreDecodedAndMayHoldAnAt() {
        SourceUri uri = SourceUri.parse("mysql://u:p@h/?ssl-ca=/a%20b/c+d@e.pem&ssl-mode=VERIFY_CA");

        assertThat(uri.sslCa()).isEqualTo(Path.of("/a b/c+d@e.pem"));
        assertThat(uri.host()).isEqualTo("h");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ssl-ca=", "ssl-ca", "ssl-cert=&ssl-key=", "ssl-ca=a%00b"})
    void emptyFileNameIsAnError(String query) {
        assertThat(failure("mysql://u:p@h/?" + query).message()).contains("does not name a file");
    }

    @Test
    void certificateAndKeyGoTogether() {
        assertThat(failure("mysql://u:p@h/?ssl-cert=a").message()).contains("ssl-cert is given without ssl-key");
        assertThat(failure("mysql://u:p@h/?ssl-key=a").message()).contains("ssl-key is given without ssl-cert");
    }

    @Test
    void verifyingWithoutOwnAuthoritiesIsAllowed() {
        assertThat(SourceUri.parse("mysql://u:p@h/?ssl-mode=VERIFY_IDENTITY").sslCa())
                .isNull();
    }

    @Test
    void textFormEncodesTheUser() {
        assertThat(SourceUri.parse("mysql://a%40b%22\u00e9:p@[::1]:7/"))
                .hasToString("mysql://a%40b%22%C3%A9:****@[::1]:7/");
    }

    @Test
    void builderTakesPartsAsTheyAre() {
        SourceUri uri = SourceUri.builder()
                .host("::1")
                .port(7)
                .user("a%40+b")
                .password(Password.of("%"))
                .sslMode(SslMode.DISABLED)
                .build();

        assertThat(uri.user()).isEqualTo("a%40+b");
        assertThat(uri.address()).isEqualTo("[::1]:7");
        assertThat(uri.password().reveal()).isEqualTo("%");
    }

    @Test
    void builderRefusesWhatIsMissingOrWrong() {
        assertThat(catchThrowableOfType(
                                UnusableSourceException.class,
                                () -> SourceUri.builder().host("h").build())
                        .code())
                .isEqualTo(Code.USER);
        assertThat(catchThrowableOfType(
                                UnusableSourceException.class,
                                () -> SourceUri.builder().user("u").build())
                        .code())
                .isEqualTo(Code.HOST);
        for (int port : new int[] {0, -1, 65536}) {
            SourceUri.Builder builder = SourceUri.builder().host("h").user("u").port(port);
            assertThat(catchThrowableOfType(UnusableSourceException.class, builder::build)
                            .code())
                    .isEqualTo(Code.PORT);
        }
        for (String host : new String[] {"h:3306", "u:p@h", "mysql://u:sw0rdfish@h/", "a,b"}) {
            SourceUri.Builder builder = SourceUri.builder().host(host).user("u");
            UnusableSourceException failure = catchThrowableOfType(UnusableSourceException.class, builder::build);
            assertThat(failure.code()).isEqualTo(Code.HOST);
            assertThat(failure.message()).doesNotContain("sw0rdfish");
        }
    }
}
