/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.source;

import static java.util.Objects.requireNonNull;

import io.github.mysqlpreflight.core.snapshot.ConnectionFacts;
import io.github.mysqlpreflight.core.source.UnusableSourceException.Code;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a server is and who asks it. Immutable and safe for use by several threads. Its parts are handed to the driver one by one; the URI itself never is.
 */
public final class SourceUri {
    /** The port of a URI without one. */
    public static final int DEFAULT_PORT = 3306;

    private final String host;
    private final int port;
    private final String user;
    private final @Nullable Password password;
    private final SslMode sslMode;
    private final @Nullable Path sslCa;
    private final @Nullable Path sslCert;
    private final @Nullable Path sslKey;
    private final @Nullable String path;

    private SourceUri(Builder builder, String host, int port, String user) {
        this.host = host;
        this.port = port;
        this.user = user;
        this.password = builder.password;
        this.sslMode = builder.sslMode == null ? SslMode.REQUIRED : builder.sslMode;
        this.sslCa = builder.sslCa;
        this.sslCert = builder.sslCert;
        this.sslKey = builder.sslKey;
        this.path = builder.path;
    }

    /**
     * Reads {@code mysql://user:password@host:port/?ssl-mode=…}.
     *
     * <p>Blanks around it do not count. The scheme may be left out ({@code //user@host}). User and password are percent-decoded as UTF-8, {@code +}
     * stands for itself, and the last {@code @} before the first {@code / ? #} ends them. A port that is absent is {@value #DEFAULT_PORT}. Parameters
     * are {@code ssl-mode}, {@code ssl-ca}, {@code ssl-cert} and {@code ssl-key}. The fragment is ignored.
     *
     * @throws UnusableSourceException if it is not such a URI; the message holds no part of it
     */
    public static SourceUri parse(String text) {
        return UriScanner.scan(requireNonNull(text, "text is null")).build();
    }

    /** For the ways in that are not a URI: flags and option files. */
    public static Builder builder() {
        return new Builder();
    }

    /** A name or address in lower case, an IPv6 address without brackets; never empty. */
    public String host() {
        return host;
    }

    /** From 1 to 65535. */
    public int port() {
        return port;
    }

    /** The account's user name, decoded; never empty. */
    public String user() {
        return user;
    }

    /** The password; the empty one if none was given. */
    public Password password() {
        return password == null ? Password.empty() : password;
    }

    /** Whether a password was given, be it an empty one; if not, whoever has a terminal may ask for it. */
    public boolean passwordGiven() {
        return password != null;
    }

    /** The same with this password. */
    public SourceUri withPassword(Password newPassword) {
        Builder builder = new Builder();
        builder.sslMode = sslMode;
        builder.sslCa = sslCa;
        builder.sslCert = sslCert;
        builder.sslKey = sslKey;
        builder.path = path;
        builder.password = requireNonNull(newPassword, "newPassword is null");
        return new SourceUri(builder, host, port, user);
    }

    /** {@link SslMode#REQUIRED} if none was given. */
    public SslMode sslMode() {
        return sslMode;
    }

    /** The file (PEM) of the authorities that are trusted, or null for those of the Java runtime. */
    public @Nullable Path sslCa() {
        return sslCa;
    }

    /** The file (PEM) of the client's certificate, or null; there is one if and only if there is a {@link #sslKey()}. */
    public @Nullable Path sslCert() {
        return sslCert;
    }

    /** The file (PEM) of the client's key, or null. */
    public @Nullable Path sslKey() {
        return sslKey;
    }

    /** What stood after the slash, decoded where that is possible, or null. It filters nothing: the whole server is checked. */
    public @Nullable String path() {
        return path;
    }

    /** {@code host:port} for messages, an IPv6 address in brackets. */
    public String address() {
        return ConnectionFacts.addressOf(host, port);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SourceUri that
                && host.equals(that.host)
                && port == that.port
                && user.equals(that.user)
                && Objects.equals(password, that.password)
                && sslMode == that.sslMode
                && Objects.equals(sslCa, that.sslCa)
                && Objects.equals(sslCert, that.sslCert)
                && Objects.equals(sslKey, that.sslKey)
                && Objects.equals(path, that.path);
    }

    @Override
    public int hashCode() {
        return Objects.hash(host, port, user, password, sslMode, sslCa, sslCert, sslKey, path);
    }

    /** {@code mysql://user:****@host:port/}, without {@code :****} if no password was given. The user is percent-encoded. */
    @Override
    public String toString() {
        return "mysql://" + Text.percentEncoded(user) + (password == null ? "" : ":****") + "@" + address() + "/";
    }

    /** Puts a {@link SourceUri} together from its parts. Not for use by several threads. */
    public static final class Builder {
        @Nullable
        String host;

        @Nullable
        Integer port;

        @Nullable
        String user;

        @Nullable
        Password password;

        @Nullable
        SslMode sslMode;

        @Nullable
        Path sslCa;

        @Nullable
        Path sslCert;

        @Nullable
        Path sslKey;

        @Nullable
        String path;

        private Builder() {}

        /** A name, an IPv4 address, or an IPv6 address with or without brackets. */
        public Builder host(String newHost) {
            host = requireNonNull(newHost, "newHost is null");
            return this;
        }

        /** From 1 to 65535; {@value #DEFAULT_PORT} if never called. */
        public Builder port(int newPort) {
            port = newPort;
            return this;
        }

        /** The account's user name as it is, nothing is decoded. */
        public Builder user(String newUser) {
            user = requireNonNull(newUser, "newUser is null");
            return this;
        }

        /** The password, possibly empty; none was given if never called. */
        public Builder password(Password newPassword) {
            password = requireNonNull(newPassword, "newPassword is null");
            return this;
        }

        /** {@link SslMode#REQUIRED} if never called. */
        public Builder sslMode(SslMode newSslMode) {
            sslMode = requireNonNull(newSslMode, "newSslMode is null");
            return this;
        }

        /** The file (PEM) of the authorities that are trusted. */
        public Builder sslCa(Path file) {
            sslCa = requireNonNull(file, "file is null");
            return this;
        }

        /** The file (PEM) of the client's certificate; goes with {@link #sslKey}. */
        public Builder sslCert(Path file) {
            sslCert = requireNonNull(file, "file is null");
            return this;
        }

        /** The file (PEM) of the client's key; goes with {@link #sslCert}. */
        public Builder sslKey(Path file) {
            sslKey = requireNonNull(file, "file is null");
            return this;
        }

        /** What {@link SourceUri#path()} gives: for a URI that was kept in its parts. */
        public Builder path(String newPath) {
            path = requireNonNull(newPath, "newPath is null");
            return this;
        }

        /**
         * The source of these parts.
         *
         * @throws UnusableSourceException if host or user is missing or not valid, the port is out of range, or of certificate and key one is missing
         */
        public SourceUri build() {
            if (user == null || user.isEmpty()) {
                throw new UnusableSourceException(
                        Code.USER,
                        "No user is given",
                        "Name the account with -u, in the group [client] of the option file, or in a URI.");
            }
            if (Text.hasControl(user)) {
                throw new UnusableSourceException(
                        Code.CHARACTER, "The user has a control character", "Name the account as the server knows it.");
            }
            if (password != null && password.reveal().indexOf('\0') >= 0) {
                throw new UnusableSourceException(
                        Code.CHARACTER, "The password has a NUL character", "Give the password without it.");
            }
            if (host == null || host.isEmpty()) {
                throw new UnusableSourceException(
                        Code.HOST, "No host is given", "Name the server with -h, or in a URI.");
            }
            int checkedPort = port == null ? DEFAULT_PORT : port;
            if (checkedPort < 1 || checkedPort > 65_535) {
                throw new UnusableSourceException(
                        Code.PORT,
                        "invalid port: it must be a number from 1 to 65535",
                        "MySQL listens on 3306 by default.");
            }
            if ((sslCert == null) != (sslKey == null)) {
                throw new UnusableSourceException(
                        Code.PARAMETER,
                        sslKey == null ? "ssl-cert is given without ssl-key" : "ssl-key is given without ssl-cert",
                        "A client certificate needs both: ssl-cert (the certificate) and ssl-key (its private key), as PEM files.");
            }
            return new SourceUri(this, HostName.normalise(host, "The host is not valid: "), checkedPort, user);
        }

        /** Names nothing but the type, since it may hold a password. */
        @Override
        public String toString() {
            return "SourceUri.Builder";
        }
    }
}
