/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.snapshot;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The kinds of facts a snapshot can hold. */
public final class Facts {
    public static final FactKey<ConnectionFacts> CONNECTION =
            new FactKey<>("connection", "the connection", new ConnectionFacts.Codec());
    public static final FactKey<SessionFacts> SESSION =
            new FactKey<>("session", "the session's account and encryption", new SessionFacts.Codec());
    public static final FactKey<ServerVariables> VARIABLES =
            new FactKey<>("variables", "the global variables", new ServerVariables.Codec());
    public static final FactKey<AccountGrants> GRANTS =
            new FactKey<>("grants", "the account's grants", new AccountGrants.Codec());
    public static final FactKey<BinaryLogStatus> BINARY_LOG_STATUS =
            new FactKey<>("binaryLogStatus", "the binary log's status", new BinaryLogStatus.Codec());
    public static final FactKey<ReplicaStatus> REPLICA_STATUS =
            new FactKey<>("replicaStatus", "the replica status", new ReplicaStatus.Codec());
    public static final FactKey<Schemas> SCHEMAS = new FactKey<>("schemas", "the databases", new Schemas.Codec());
    public static final FactKey<Tables> TABLES = new FactKey<>("tables", "the tables", new Tables.Codec());
    public static final FactKey<SchemaSizes> SCHEMA_SIZES =
            new FactKey<>("schemaSizes", "the databases' sizes", new SchemaSizes.Codec());

    private static final List<FactKey<?>> ALL = List.of(
            CONNECTION, SESSION, VARIABLES, GRANTS, BINARY_LOG_STATUS, REPLICA_STATUS, SCHEMAS, TABLES, SCHEMA_SIZES);

    private Facts() {}

    /** Every key, in the order in which a snapshot file holds them. */
    public static List<FactKey<?>> all() {
        return ALL;
    }

    static @Nullable FactKey<?> byName(String name) {
        for (FactKey<?> key : ALL) {
            if (key.name().equals(name)) {
                return key;
            }
        }
        return null;
    }
}
