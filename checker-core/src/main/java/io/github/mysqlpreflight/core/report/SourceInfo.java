/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.report;

import static java.util.Objects.requireNonNull;

import io.github.mysqlpreflight.core.check.Server;
import io.github.mysqlpreflight.core.snapshot.ConnectionFacts;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Schemas;
import io.github.mysqlpreflight.core.snapshot.SessionFacts;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The source, for the head of a report.
 *
 * @param host as given
 * @param port TCP port
 * @param user as given
 * @param version as the server says it; null where there was no connection
 * @param title product and version for a person; null where there was no connection
 * @param flavor name of the flavour; null where there was no connection
 * @param serverUuid null where the server has none, or there was no connection
 * @param takenAt when reading began
 * @param readMillis how long reading took, in milliseconds
 * @param connections over how many connections it was read
 * @param tlsVersion null where the session was not encrypted, or there was no connection
 * @param failure why there was no connection; null where there was one
 * @param databases how many databases the account sees, the system's included; -1 where that is not known
 */
public record SourceInfo(
        String host,
        int port,
        String user,
        @Nullable String version,
        @Nullable String title,
        @Nullable String flavor,
        @Nullable String serverUuid,
        Instant takenAt,
        long readMillis,
        int connections,
        @Nullable String tlsVersion,
        ConnectionFacts.@Nullable Failure failure,
        int databases) {
    public SourceInfo {
        requireNonNull(host, "host is null");
        requireNonNull(user, "user is null");
        requireNonNull(takenAt, "takenAt is null");
    }

    /** What a snapshot says of the server it is of. */
    public static SourceInfo of(Snapshot snapshot) {
        ConnectionFacts connection = snapshot.get(Facts.CONNECTION);
        boolean connected = snapshot.knows(Facts.VARIABLES);
        Server server = connected ? Server.of(snapshot) : null;
        String uuid = connected ? snapshot.get(Facts.VARIABLES).get("server_uuid") : null;
        String tlsVersion = snapshot.find(Facts.SESSION) instanceof Fact.Known<SessionFacts> session
                ? session.value().tlsVersion()
                : null;
        int databases = snapshot.find(Facts.SCHEMAS) instanceof Fact.Known<Schemas> schemas
                ? schemas.value().list().size()
                : -1;
        return new SourceInfo(
                connection.host(),
                connection.port(),
                connection.user(),
                server == null ? null : server.versionText(),
                server == null ? null : server.title(),
                server == null ? null : server.flavor().name(),
                uuid,
                snapshot.takenAt(),
                snapshot.readMillis(),
                snapshot.connections(),
                tlsVersion,
                connection.failure(),
                databases);
    }

    /** Host and port for a message; an IPv6 address stands in brackets. */
    public String address() {
        return ConnectionFacts.addressOf(host, port);
    }
}
