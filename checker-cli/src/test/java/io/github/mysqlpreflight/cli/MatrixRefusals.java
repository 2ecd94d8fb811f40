/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.cli;

import static io.github.mysqlpreflight.cli.MatrixCase.on;
import static io.github.mysqlpreflight.cli.MatrixServer.MARIADB;
import static io.github.mysqlpreflight.cli.MatrixServer.MYSQL_5_6;
import static io.github.mysqlpreflight.cli.MatrixServer.MYSQL_5_7;
import static io.github.mysqlpreflight.cli.MatrixServer.MYSQL_8_0;
import static io.github.mysqlpreflight.cli.MatrixServer.MYSQL_8_0_FACTORY;
import static io.github.mysqlpreflight.cli.MatrixServer.MYSQL_8_0_WITHOUT_TLS;
import static io.github.mysqlpreflight.cli.MatrixServer.MYSQL_9_7;

import java.util.ArrayList;
import java.util.List;

/** Servers that do not let the checker in, and how it may come in: TLS, passwords, accounts. */
final class MatrixRefusals {
    private static final String PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
    private static final String NO_TLS =
            "Connection to source failed: SSL is required, but not supported by the source";

    private MatrixRefusals() {}

    static List<MatrixCase> cases() {
        List<MatrixCase> cases = new ArrayList<>(List.of(
                MatrixCase.uri("a port where nothing listens", "mysql://mig:S3cretMark@127.0.0.1:{closed}/")
                        .unreachable("Connection to source failed", "Connection refused"),
                MatrixCase.uri("a port that stays silent", "mysql://mig:S3cretMark@127.0.0.1:{silent}/")
                        .arguments("--timeout", "2s")
                        .unreachable("Connection to source failed", "timed out"),
                MatrixCase.uri("a web server", "mysql://mig:S3cretMark@127.0.0.1:{http}/")
                        .unreachable("Connection to source failed", "not a MySQL server"),
                MatrixCase.uri("a server that has blocked this machine", "mysql://mig:S3cretMark@127.0.0.1:{blocked}/")
                        .unreachable("Host '10.0.0.7' is blocked"),
                MatrixCase.uri(
                                "a server that does not let this machine in",
                                "mysql://mig:S3cretMark@127.0.0.1:{foreign}/")
                        .unreachable("Host '10.0.0.7' is not allowed to connect"),
                MatrixCase.uri("a host that nobody knows", "mysql://mig:S3cretMark@no-such-host.invalid/")
                        .unreachable("Connection to source failed", "no-such-host.invalid is not known"),
                MatrixCase.uri("an IPv6 address", "mysql://mig:S3cretMark@[::1]:{closed}/")
                        .unreachable("Connection to source failed")));
        for (MatrixServer server : List.of(MYSQL_5_6, MYSQL_5_7, MYSQL_8_0, MYSQL_9_7, MARIADB)) {
            cases.addAll(List.of(
                    on(server, "a wrong password")
                            .uri("mysql://{user}:S3cretMark-no@{host}:{port}/?ssl-mode=PREFERRED")
                            .unreachable("Connection to source failed", "Access denied for user 'mig'"),
                    on(server, "an unknown user")
                            .withoutAccount()
                            .sslMode("DISABLED")
                            .unreachable("Connection to source failed", "Access denied for user 'mig'")));
        }
        for (MatrixServer server : List.of(MYSQL_5_6, MYSQL_5_7, MYSQL_8_0_WITHOUT_TLS, MARIADB)) {
            cases.addAll(List.of(
                    on(server, "TLS is wanted and not offered")
                            .uri("mysql://{user}:{password}@{host}:{port}/")
                            .unreachable(NO_TLS),
                    on(server, "TLS is demanded and not offered")
                            .sslMode("VERIFY_CA")
                            .unreachable(NO_TLS)));
        }
        for (MatrixServer server : List.of(MYSQL_5_7, MYSQL_8_0, MYSQL_9_7)) {
            cases.addAll(List.of(
                    on(server, "a locked account").suffix("ACCOUNT LOCK").unreachable("Account is locked"),
                    on(server, "an expired password").suffix("PASSWORD EXPIRE").unreachable("expired"),
                    on(server, "too many connections")
                            .last("SET GLOBAL max_connections = 1")
                            .undo("SET GLOBAL max_connections = 151")
                            .unreachable("Too many connections"),
                    on(server, "offline mode")
                            .last("SET GLOBAL offline_mode = ON")
                            .undo("SET GLOBAL offline_mode = OFF")
                            .unreachable("offline mode")));
        }
        for (MatrixServer server : List.of(MYSQL_8_0, MYSQL_9_7)) {
            cases.addAll(List.of(
                    on(server, "encryption is required and not wanted")
                            .sslMode("DISABLED")
                            .last("SET GLOBAL require_secure_transport = ON")
                            .undo("SET GLOBAL require_secure_transport = OFF")
                            .unreachable("require_secure_transport=ON"),
                    on(server, "the account requires encryption").suffix("REQUIRE SSL"),
                    on(server, "the account requires encryption that is not wanted")
                            .suffix("REQUIRE SSL")
                            .sslMode("DISABLED")
                            .unreachable("Access denied for user 'mig'"),
                    on(server, "the account requires a certificate")
                            .suffix("REQUIRE X509")
                            .unreachable("Access denied for user 'mig'"),
                    on(server, "the account gets its certificate")
                            .suffix("REQUIRE X509")
                            .uri("mysql://{user}:{password}@{host}:{port}/?ssl-mode=VERIFY_CA&ssl-ca={data}/ca.pem"
                                    + "&ssl-cert={data}/client-cert.pem&ssl-key={data}/client-key.pem"),
                    on(server, "VERIFY_CA with the authority")
                            .uri("mysql://{user}:{password}@{host}:{port}/?ssl-mode=verify_ca&ssl-ca={data}/ca.pem")
                            .silent("conn.tls"),
                    on(server, "VERIFY_CA without the authority")
                            .sslMode("VERIFY_CA")
                            .unreachable("certificate is not trusted"),
                    on(server, "VERIFY_IDENTITY of another name")
                            .uri(
                                    "mysql://{user}:{password}@{host}:{port}/?ssl-mode=VERIFY_IDENTITY&ssl-ca={data}/ca.pem")
                            .unreachable("certificate is not trusted"),
                    on(server, "PREFERRED").sslMode("PREFERRED").silent("conn.tls"),
                    on(server, "the old spelling DISABLE").sslMode("DISABLE").finds("conn.tls"),
                    on(server, "an empty ssl-mode").sslMode("").silent("conn.tls"),
                    on(server, "plain text with caching_sha2_password")
                            .sslMode("disabled")
                            .finds("conn.tls")));
        }
        cases.addAll(List.of(
                on(MYSQL_5_6, "an expired password")
                        .last("ALTER USER mig@'%' PASSWORD EXPIRE")
                        .unreachable("expired"),
                on(MYSQL_8_0_FACTORY, "an expired password that is let in")
                        .suffix("PASSWORD EXPIRE")
                        .unreachable("expired"),
                on(MYSQL_8_0_WITHOUT_TLS, "PREFERRED falls back")
                        .sslMode("Preferred")
                        .finds("conn.tls"),
                on(MYSQL_8_0_WITHOUT_TLS, "DISABLED").sslMode("DISABLED").finds("conn.tls"),
                on(MYSQL_5_7, "PREFERRED falls back").sslMode("PREFERRED").finds("conn.tls", "ver.pair"),
                on(MYSQL_8_0, "mysql_native_password").identified("WITH mysql_native_password BY"),
                on(MYSQL_8_0, "sha256_password").identified("WITH sha256_password BY"),
                on(MYSQL_8_0, "every punctuation, percent-encoded").password(PUNCTUATION),
                on(MYSQL_9_7, "every punctuation, percent-encoded").password(PUNCTUATION),
                on(MYSQL_8_0, "punctuation as it is")
                        .password("a!\"$&'()*+,-.:;<=>@[\\]^_`{|}~ z")
                        .uri("mysql://{user}:a!\"$&'()*+,-.:;<=>@[\\]^_`{|}~ z@{host}:{port}/"),
                on(MYSQL_8_0, "an at sign and a colon as they are")
                        .password("p@ss:w@rd")
                        .uri("mysql://{user}:p@ss:w@rd@{host}:{port}/"),
                on(MYSQL_8_0, "a plus is a plus").password("a+b+c+d").uri("mysql://{user}:a+b+c+d@{host}:{port}/"),
                on(MYSQL_8_0, "characters outside ASCII").password("caf\u00e9-\u043f\u0430\u0440\u043e\u043b\u044c"),
                on(MYSQL_8_0, "characters outside ASCII as they are")
                        .password("caf\u00e9-\u043f\u0430")
                        .uri("mysql://{user}:caf\u00e9-\u043f\u0430@{host}:{port}/"),
                on(MYSQL_8_0, "no password").password("").uri("mysql://{user}@{host}:{port}/"),
                on(MYSQL_8_0, "an empty password").password("").uri("mysql://{user}:@{host}:{port}/"),
                on(MYSQL_8_0, "a user to be encoded").user("m:g@x/\u00e9"),
                on(MYSQL_8_0, "a password of 32 bytes").password("0123456789abcdef0123456789abcdef"),
                on(MYSQL_8_0, "a password of 33 bytes")
                        .password("0123456789abcdef0123456789abcdefg")
                        .blocks("conn.repl-password-length")
                        .dump("The password for the replication user must not exceed 32 characters"),
                on(MYSQL_8_0, "a password of 33 bytes, and a dump is asked for")
                        .password("0123456789abcdef0123456789abcdefg")
                        .arguments("--method", "dump")
                        .dumpAsAskedFor(),
                on(MYSQL_8_0, "16 characters of two bytes").password("\u00e9".repeat(16)),
                on(MYSQL_8_0, "11 characters of three bytes")
                        .password("\u20ac".repeat(11))
                        .blocks("conn.repl-password-length")
                        .dump("must not exceed 32 characters"),
                on(MYSQL_5_7, "a password of 33 bytes")
                        .password("0123456789abcdef0123456789abcdefg")
                        .blocks("conn.repl-password-length")
                        .dump("must not exceed 32 characters"),
                on(MYSQL_9_7, "8 characters of four bytes").password("\ud83d\ude00".repeat(8)),
                on(MYSQL_9_7, "8 characters of four bytes and one")
                        .password("\ud83d\ude00".repeat(8) + "x")
                        .blocks("conn.repl-password-length")
                        .dump("must not exceed 32 characters")));
        return cases;
    }
}
