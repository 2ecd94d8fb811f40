/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.cli;

import static io.github.mysqlpreflight.cli.MatrixCase.on;
import static io.github.mysqlpreflight.cli.MatrixCase.uri;
import static io.github.mysqlpreflight.cli.MatrixServer.MYSQL_8_0;

import java.util.List;

/** URIs, usable and not, and the other ways to name a server. */
final class MatrixUris {
    private static final String INVALID = "is not a valid service URI";
    private static final String BASE = "mysql://{user}:{password}@{host}:{port}";

    private MatrixUris() {}

    static List<MatrixCase> cases() {
        return List.of(
                uri("PostgreSQL", "postgres://mig:S3cretMark@db/").wrongUse(INVALID, "postgres"),
                uri("the X protocol", "mysqlx://mig:S3cretMark@db/").wrongUse(INVALID, "mysqlx"),
                uri("a driver's name", "mysql+pymysql://mig:S3cretMark@db/").wrongUse(INVALID),
                uri("a JDBC URL", "jdbc:mysql://mig:S3cretMark@db/").wrongUse(INVALID, "JDBC"),
                uri("no scheme", "mig:S3cretMark@db").wrongUse(INVALID),
                uri("one slash", "mysql:/mig:S3cretMark@db/").wrongUse(INVALID),
                uri("nothing behind the scheme", "mysql://").wrongUse(INVALID),
                uri("no user", "mysql://db:3306/").wrongUse(INVALID, "no user"),
                uri("an empty user", "mysql://:S3cretMark@db/").wrongUse(INVALID, "no user"),
                uri("no host", "mysql://mig:S3cretMark@/").wrongUse(INVALID, "no host"),
                uri("no host but a port", "mysql://mig:S3cretMark@:3306/").wrongUse(INVALID, "no host"),
                uri("port 0", "mysql://mig:S3cretMark@db:0/").wrongUse("invalid port"),
                uri("port 65536", "mysql://mig:S3cretMark@db:65536/").wrongUse("invalid port"),
                uri("a port in letters", "mysql://mig:S3cretMark@db:abc/").wrongUse("invalid port"),
                uri("a negative port", "mysql://mig:S3cretMark@db:-1/").wrongUse("invalid port"),
                uri("an IPv6 address without brackets", "mysql://mig:S3cretMark@2001:db8::1/")
                        .wrongUse("invalid port"),
                uri("a bracket that does not close", "mysql://mig:S3cretMark@[::1/")
                        .wrongUse(INVALID, "IPv6"),
                uri("two hosts", "mysql://mig:S3cretMark@a,b/").wrongUse(INVALID, "several hosts"),
                uri("a broken escape", "mysql://mig:S3cretMark%zz@db/").wrongUse(INVALID, "percent escape"),
                uri("an escape that is not UTF-8", "mysql://mig:S3cretMark%ff@db/")
                        .wrongUse(INVALID, "UTF-8"),
                uri("a slash in the password", "mysql://mig:S3cret/S3cretMark@db/")
                        .wrongUse(INVALID),
                uri("a hash in the password", "mysql://mig:S3cret#S3cretMark@db/")
                        .wrongUse(INVALID),
                uri("a question mark in the password", "mysql://mig:S3cret?S3cretMark@db/")
                        .wrongUse(INVALID),
                uri("a line end", "mysql://mig:S3cretMark@d\nb/").wrongUse(INVALID, "control character"),
                uri("sslMode", "mysql://mig:S3cretMark@db/?sslMode=REQUIRED")
                        .wrongUse("Only ssl-mode allowed as uri parameter", "sslMode", "ssl-mode"),
                uri("SSL-MODE", "mysql://mig:S3cretMark@db/?SSL-MODE=REQUIRED")
                        .wrongUse("Only ssl-mode allowed as uri parameter", "SSL-MODE"),
                uri("connectTimeout", "mysql://mig:S3cretMark@db/?connectTimeout=5")
                        .wrongUse("Only ssl-mode allowed as uri parameter", "connectTimeout", "--timeout"),
                uri("a parameter that nobody knows", "mysql://mig:S3cretMark@db/?frob=1")
                        .wrongUse("Only ssl-mode allowed as uri parameter", "frob"),
                uri("ssl-mode twice", "mysql://mig:S3cretMark@db/?ssl-mode=REQUIRED&ssl-mode=DISABLED")
                        .wrongUse("ssl-mode", "twice", "ssl-mode must be either 'DISABLED' or 'REQUIRED'"),
                uri("ssl-ca twice", "mysql://mig:S3cretMark@db/?ssl-ca=a&ssl-ca=b")
                        .wrongUse("ssl-ca", "twice"),
                uri("an ssl-mode that is none", "mysql://mig:S3cretMark@db/?ssl-mode=MAYBE")
                        .wrongUse("ssl-mode must be either 'DISABLED' or 'REQUIRED'"),
                uri("a certificate without its key", "mysql://mig:S3cretMark@db/?ssl-cert=a.pem")
                        .wrongUse("ssl-key"),
                uri("a key without its certificate", "mysql://mig:S3cretMark@db/?ssl-key=a.pem")
                        .wrongUse("ssl-cert"),
                uri("ssl-ca without a name", "mysql://mig:S3cretMark@db/?ssl-ca=")
                        .wrongUse("ssl-ca"),
                uri("no URI at all", "").wrongUse(),
                uri("an empty URI", " ").wrongUse(),
                uri("an option that nobody knows", "mysql://mig:S3cretMark@db/")
                        .arguments("--fast")
                        .wrongUse("--fast"),
                uri("a method that nobody knows", "mysql://mig:S3cretMark@db/")
                        .arguments("--method", "copy")
                        .wrongUse("--method"),
                uri("a target that is no URI", "mysql://mig:S3cretMark@db/")
                        .arguments("--target-uri", "mysql://mig:S3cretMark@")
                        .wrongUse("--target-uri", INVALID),
                on(MYSQL_8_0, "the scheme in upper case").uri("MYSQL://{user}:{password}@{host}:{port}/"),
                on(MYSQL_8_0, "no scheme but slashes").uri("//{user}:{password}@{host}:{port}/"),
                on(MYSQL_8_0, "nothing behind the port").uri(BASE),
                on(MYSQL_8_0, "blanks around it").uri("  " + BASE + "/ "),
                on(MYSQL_8_0, "a host name").uri("mysql://{user}:{password}@LocalHost:{port}/"),
                on(MYSQL_8_0, "a database in the path").uri(BASE + "/shop").finds("conn.source"),
                on(MYSQL_8_0, "a database in the path that is not there")
                        .uri(BASE + "/nowhere%20at%20all")
                        .finds("conn.source"),
                on(MYSQL_8_0, "an ampersand at the end").uri(BASE + "/?ssl-mode=REQUIRED&"),
                on(MYSQL_8_0, "a fragment").uri(BASE + "/?ssl-mode=required#there"),
                on(MYSQL_8_0, "parameters without a path").uri(BASE + "?ssl-mode=REQUIRED"),
                on(MYSQL_8_0, "by environment variable").uri("").variable("MYSQL_PREFLIGHT_SOURCE_URI", BASE + "/"),
                on(MYSQL_8_0, "by standard input")
                        .connection("--source-uri-file", "-")
                        .input(BASE + "/\n"),
                on(MYSQL_8_0, "by flags")
                        .connection("-h", "{host}", "-P", "{port}", "-u", "{user}", "-p" + MatrixCase.PASSWORD),
                on(MYSQL_8_0, "by an option file")
                        .uri("")
                        .defaultsFile("[client]\nuser={user}\npassword=\"" + MatrixCase.PASSWORD
                                + "\"\nhost={host}\nport={port}\n[mysqld]\nport=1\n"));
    }
}
