/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.snapshot;

import io.github.mysqlpreflight.core.snapshot.FactKey.Cost;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The kinds of facts a snapshot can hold. */
public final class Facts {
    public static final FactKey<ConnectionFacts> CONNECTION =
            new FactKey<>("connection", "the connection", Cost.STATEMENT, ConnectionFacts.Codec::new);
    public static final FactKey<SessionFacts> SESSION =
            new FactKey<>("session", "the session's account and encryption", Cost.STATEMENT, SessionFacts.Codec::new);
    public static final FactKey<ServerVariables> VARIABLES =
            new FactKey<>("variables", "the global variables", Cost.STATEMENT, ServerVariables.Codec::new);
    public static final FactKey<AccountGrants> GRANTS =
            new FactKey<>("grants", "the account's grants", Cost.STATEMENT, AccountGrants.Codec::new);
    public static final FactKey<BinaryLogStatus> BINARY_LOG_STATUS =
            new FactKey<>("binaryLogStatus", "the binary log's status", Cost.STATEMENT, BinaryLogStatus.Codec::new);
    public static final FactKey<ReplicaStatus> REPLICA_STATUS =
            new FactKey<>("replicaStatus", "the replica status", Cost.STATEMENT, ReplicaStatus.Codec::new);
    public static final FactKey<Schemas> SCHEMAS =
            new FactKey<>("schemas", "the databases", Cost.STATEMENT, Schemas.Codec::new);
    public static final FactKey<Tables> TABLES = new FactKey<>("tables", "the tables", Cost.TABLES, Tables::codec);
    public static final FactKey<SchemaSizes> SCHEMA_SIZES =
            new FactKey<>("schemaSizes", "the databases' sizes", Cost.OPENED_TABLES, SchemaSizes.Codec::new);
    public static final FactKey<TableSizes> TABLE_SIZES =
            new FactKey<>("tableSizes", "the tables' sizes", Cost.OPENED_TABLES, TableSizes::codec);
    public static final FactKey<PerTable<Column>> COLUMNS =
            new FactKey<>("columns", "the columns", Cost.TABLES, Column::codec);
    public static final FactKey<PerTable<Index>> INDEXES =
            new FactKey<>("indexes", "the indexes", Cost.TABLES, Index::codec);
    public static final FactKey<PerTable<ForeignKey>> FOREIGN_KEYS =
            new FactKey<>("foreignKeys", "the foreign keys", Cost.TABLES, ForeignKey::codec);
    public static final FactKey<Views> VIEWS = new FactKey<>("views", "the views", Cost.OBJECTS, Views::codec);
    public static final FactKey<Routines> ROUTINES =
            new FactKey<>("routines", "the routines", Cost.OBJECTS, Routines::codec);
    public static final FactKey<Triggers> TRIGGERS =
            new FactKey<>("triggers", "the triggers", Cost.OBJECTS, Triggers::codec);
    public static final FactKey<Events> EVENTS = new FactKey<>("events", "the events", Cost.OBJECTS, Events::codec);
    public static final FactKey<Accounts> ACCOUNTS =
            new FactKey<>("accounts", "the accounts", Cost.STATEMENT, Accounts::codec);
    public static final FactKey<Plugins> PLUGINS =
            new FactKey<>("plugins", "the plugins", Cost.STATEMENT, Plugins::codec);
    public static final FactKey<ServerExtensions> EXTENSIONS = new FactKey<>(
            "extensions",
            "the loadable functions, components and time zones",
            Cost.STATEMENT,
            ServerExtensions.Codec::new);
    public static final FactKey<BinaryLogs> BINARY_LOGS =
            new FactKey<>("binaryLogs", "the binary log files", Cost.STATEMENT, BinaryLogs::codec);
    public static final FactKey<Replicas> REPLICAS =
            new FactKey<>("replicas", "the connected replicas", Cost.STATEMENT, Replicas::codec);
    public static final FactKey<SessionFormats> SESSION_FORMATS = new FactKey<>(
            "sessionFormats", "the sessions' formats of the binary log", Cost.STATEMENT, SessionFormats::codec);
    public static final FactKey<ServerStatus> STATUS =
            new FactKey<>("status", "the status counters", Cost.STATEMENT, ServerStatus.Codec::new);
    public static final FactKey<Transactions> TRANSACTIONS =
            new FactKey<>("transactions", "the open transactions", Cost.STATEMENT, Transactions::codec);
    public static final FactKey<Processes> PROCESSES =
            new FactKey<>("processes", "what the connections do", Cost.STATEMENT, Processes.Codec::new);
    public static final FactKey<PreparedTransactions> PREPARED_TRANSACTIONS = new FactKey<>(
            "preparedTransactions", "the prepared XA transactions", Cost.STATEMENT, PreparedTransactions::codec);
    public static final FactKey<TablePlaces> TABLE_PLACES =
            new FactKey<>("tablePlaces", "where InnoDB keeps tables", Cost.STATEMENT, TablePlaces.Codec::new);
    public static final FactKey<RdsConfiguration> RDS_CONFIGURATION =
            new FactKey<>("rdsConfiguration", "the configuration of RDS", Cost.STATEMENT, RdsConfiguration.Codec::new);
    public static final FactKey<AuroraTopology> AURORA_TOPOLOGY =
            new FactKey<>("auroraTopology", "the servers of the Aurora cluster", Cost.STATEMENT, AuroraTopology::codec);
    public static final FactKey<Activity> ACTIVITY =
            new FactKey<>("activity", "what was written while reading", Cost.STATEMENT, Activity.Codec::new);

    /** Read only where it is asked for, since it is read of the tables' rows. */
    public static final FactKey<DataScan> DATA_SCAN =
            new FactKey<>("dataScan", "the rows of the tables", Cost.ROWS, DataScan::codec);

    private static final List<FactKey<?>> ALL = List.of(
            CONNECTION,
            SESSION,
            VARIABLES,
            GRANTS,
            BINARY_LOG_STATUS,
            REPLICA_STATUS,
            SCHEMAS,
            TABLES,
            SCHEMA_SIZES,
            TABLE_SIZES,
            COLUMNS,
            INDEXES,
            FOREIGN_KEYS,
            VIEWS,
            ROUTINES,
            TRIGGERS,
            EVENTS,
            ACCOUNTS,
            PLUGINS,
            EXTENSIONS,
            BINARY_LOGS,
            REPLICAS,
            SESSION_FORMATS,
            STATUS,
            TRANSACTIONS,
            PROCESSES,
            PREPARED_TRANSACTIONS,
            TABLE_PLACES,
            RDS_CONFIGURATION,
            AURORA_TOPOLOGY,
            ACTIVITY,
            DATA_SCAN);

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
