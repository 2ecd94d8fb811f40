/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.core.probe.ReadListener;
import io.github.mysqlpreflight.core.probe.SnapshotReader;
import io.github.mysqlpreflight.core.snapshot.ConnectionFacts;
import io.github.mysqlpreflight.core.snapshot.ConnectionFacts.Failure;
import io.github.mysqlpreflight.core.snapshot.FactKey;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import io.github.mysqlpreflight.core.source.AddressRule;
import io.github.mysqlpreflight.core.source.ReadLimits;
import io.github.mysqlpreflight.core.source.ScanLimits;
import io.github.mysqlpreflight.core.source.ServerRole;
import io.github.mysqlpreflight.core.source.SourceUri;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;

/** Reading, in a line. */
final class Live {
    private Live() {}

    /** Every fact. */
    static Snapshot read(String uri) {
        return read(uri, ReadLimits.defaults());
    }

    /** Every fact, within those limits. */
    static Snapshot read(String uri, ReadLimits limits) {
        return new SnapshotReader("test", limits.withScan(ScanLimits.defaults()), ReadListener.SILENT)
                .read(SourceUri.parse(uri), Facts.all());
    }

    /** What the checks of a plain run need: everything but the sizes. */
    static Snapshot readDefaultFacts(String uri) {
        Set<FactKey<?>> facts = new LinkedHashSet<>(Facts.all());
        facts.remove(Facts.SCHEMA_SIZES);
        facts.remove(Facts.TABLE_SIZES);
        return new SnapshotReader("test", ReadLimits.defaults(), ReadListener.SILENT).read(SourceUri.parse(uri), facts);
    }

    /** Limits for peers that let us wait. */
    static ReadLimits limits(long totalMillis, long statementMillis, long connectMillis) {
        return new ReadLimits(
                Duration.ofMillis(totalMillis),
                Duration.ofMillis(statementMillis),
                Duration.ofMillis(connectMillis),
                ReadLimits.MOST_CONNECTIONS);
    }

    /** Why there is no connection; there must be none. */
    static Failure failure(String uri) {
        return failure(uri, ServerRole.SOURCE);
    }

    static Failure failure(String uri, ServerRole role) {
        return failure(uri, role, limits(60_000, 30_000, 20_000));
    }

    static Failure failure(String uri, ServerRole role, ReadLimits limits) {
        Snapshot snapshot = new SnapshotReader("test", limits, ReadListener.SILENT)
                .read(SourceUri.parse(uri), role, AddressRule.ANY, Facts.all());
        ConnectionFacts connection = snapshot.get(Facts.CONNECTION);
        assertThat(connection.failure()).as("a failure").isNotNull();
        return connection.failure();
    }
}
