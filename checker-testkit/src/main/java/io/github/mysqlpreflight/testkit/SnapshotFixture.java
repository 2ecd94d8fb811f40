/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.testkit;

import io.github.mysqlpreflight.core.snapshot.Account;
import io.github.mysqlpreflight.core.snapshot.AccountGrants;
import io.github.mysqlpreflight.core.snapshot.Accounts;
import io.github.mysqlpreflight.core.snapshot.Activity;
import io.github.mysqlpreflight.core.snapshot.BinaryLogStatus;
import io.github.mysqlpreflight.core.snapshot.BinaryLogs;
import io.github.mysqlpreflight.core.snapshot.Column;
import io.github.mysqlpreflight.core.snapshot.ConnectionFacts;
import io.github.mysqlpreflight.core.snapshot.ConnectionProblem;
import io.github.mysqlpreflight.core.snapshot.Events;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.FactKey;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.ForeignKey;
import io.github.mysqlpreflight.core.snapshot.GrantParser;
import io.github.mysqlpreflight.core.snapshot.Grants;
import io.github.mysqlpreflight.core.snapshot.Index;
import io.github.mysqlpreflight.core.snapshot.PerTable;
import io.github.mysqlpreflight.core.snapshot.Plugins;
import io.github.mysqlpreflight.core.snapshot.PreparedTransactions;
import io.github.mysqlpreflight.core.snapshot.Processes;
import io.github.mysqlpreflight.core.snapshot.ReplicaStatus;
import io.github.mysqlpreflight.core.snapshot.Replicas;
import io.github.mysqlpreflight.core.snapshot.Routines;
import io.github.mysqlpreflight.core.snapshot.SchemaSizes;
import io.github.mysqlpreflight.core.snapshot.Schemas;
import io.github.mysqlpreflight.core.snapshot.ServerExtensions;
import io.github.mysqlpreflight.core.snapshot.ServerStatus;
import io.github.mysqlpreflight.core.snapshot.ServerVariables;
import io.github.mysqlpreflight.core.snapshot.SessionFacts;
import io.github.mysqlpreflight.core.snapshot.SessionFormats;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import io.github.mysqlpreflight.core.snapshot.TablePlaces;
import io.github.mysqlpreflight.core.snapshot.TableSizes;
import io.github.mysqlpreflight.core.snapshot.Tables;
import io.github.mysqlpreflight.core.snapshot.Transactions;
import io.github.mysqlpreflight.core.snapshot.Triggers;
import io.github.mysqlpreflight.core.snapshot.Views;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot in a few lines: starts as that of a healthy server that could be replicated from, and is spoilt step by step.
 *
 * <p>A healthy server has GTIDs on, a row-based binary log, one database {@code shop} with one InnoDB table, and an account
 * that may read everything and replicate.
 */
public final class SnapshotFixture {
    private final Map<String, String> variables = new HashMap<>();
    private final List<Schemas.Schema> schemas = new ArrayList<>();
    private final List<Tables.Table> tables = new ArrayList<>();
    private final List<String> activeRoles = new ArrayList<>();
    private final List<ReplicaStatus.Channel> channels = new ArrayList<>();
    private final Map<String, Long> sizes = new HashMap<>();
    private final List<TableSizes.Size> tableSizes = new ArrayList<>();
    private final PerTable.Builder<Column> columns = PerTable.builder();
    private final PerTable.Builder<Index> indexes = PerTable.builder();
    private final PerTable.Builder<ForeignKey> foreignKeys = PerTable.builder();
    private final List<Views.View> views = new ArrayList<>();
    private final List<Routines.Routine> routines = new ArrayList<>();
    private final List<Triggers.Trigger> triggers = new ArrayList<>();
    private final List<Events.Event> events = new ArrayList<>();
    private final List<Accounts.Entry> accounts = new ArrayList<>();
    private final Map<String, String> status = new HashMap<>();
    private final Map<FactKey<?>, Object> values = new LinkedHashMap<>();
    private final Map<FactKey<?>, Fact<?>> overridden = new HashMap<>();
    private final String version;
    private List<String> grants = List.of(
            "GRANT SELECT, RELOAD, PROCESS, LOCK TABLES, REPLICATION SLAVE, REPLICATION CLIENT, SHOW VIEW, EVENT,"
                    + " TRIGGER ON *.* TO `mig`@`%`");
    private @Nullable List<String> grantsWithAllRoles;
    private Account session = new Account("mig", "%");
    private String host = "db.example";
    private String sslMode = "REQUIRED";
    private @Nullable String path;
    private @Nullable String tlsVersion = "TLSv1.2";
    private @Nullable String plainTextBecause;
    private boolean passwordTooLong;
    private boolean publicKeyRetrieved;
    private ConnectionFacts.@Nullable Failure failure;

    private SnapshotFixture(String version) {
        this.version = version;
        variable("version", version);
        variable("version_comment", "MySQL Community Server - GPL");
        variable("gtid_mode", "ON");
        variable("enforce_gtid_consistency", "ON");
        variable("gtid_executed", "3e11fa47-71ca-11e1-9e33-c80aa9429562:1-23");
        variable("server_uuid", "3e11fa47-71ca-11e1-9e33-c80aa9429562");
        variable("server_id", "1");
        variable("log_bin", "ON");
        variable("binlog_format", "ROW");
        variable("lower_case_table_names", "0");
        variable("read_only", "OFF");
        variable("super_read_only", "OFF");
        if (version.startsWith("5.")) {
            variable("expire_logs_days", "0");
        } else {
            variable("binlog_expire_logs_seconds", "2592000");
        }
        schema("mysql");
        schema("information_schema");
        schema("performance_schema");
        schema("sys");
        schema("shop");
        table("shop", "customer", "InnoDB");
        column("shop", "customer", "id", "int(11)", false);
        column("shop", "customer", "name", "varchar(100)", true);
        primaryKey("shop", "customer", "id");
        account("mig", "%", "caching_sha2_password");
        status.put("uptime", "864000");
        status.put("threads_connected", "3");
    }

    /** A healthy server of that version, such as {@code 8.0.15}. */
    public static SnapshotFixture mysql(String version) {
        return new SnapshotFixture(version);
    }

    /** A MariaDB of that version, such as {@code 10.11.18-MariaDB}. */
    public static SnapshotFixture mariaDb(String version) {
        SnapshotFixture fixture = new SnapshotFixture(version);
        fixture.variable("version_comment", "mariadb.org binary distribution");
        fixture.variable("gtid_strict_mode", "OFF");
        fixture.without("gtid_mode")
                .without("enforce_gtid_consistency")
                .without("gtid_executed")
                .without("server_uuid");
        return fixture;
    }

    /** Sets a global variable. */
    public SnapshotFixture variable(String name, String value) {
        variables.put(name, value);
        return this;
    }

    /** The server has no such variable. */
    public SnapshotFixture without(String variable) {
        variables.remove(variable);
        return this;
    }

    /** Adds a database. */
    public SnapshotFixture schema(String name) {
        schemas.add(new Schemas.Schema(name, "utf8mb4", "utf8mb4_general_ci"));
        return this;
    }

    /** Takes a database and its tables away. */
    public SnapshotFixture withoutSchema(String name) {
        schemas.removeIf(schema -> schema.name().equals(name));
        tables.removeIf(table -> table.schema().equals(name));
        columns.remove(name);
        indexes.remove(name);
        return this;
    }

    /** Adds a base table; the database has to be added too. */
    public SnapshotFixture table(String schema, String name, @Nullable String engine) {
        return table(schema, name, "BASE TABLE", engine, "");
    }

    /** Adds a table or view. */
    public SnapshotFixture table(String schema, String name, String type, @Nullable String engine, String options) {
        tables.add(new Tables.Table(schema, name, type, engine, null, options));
        return this;
    }

    /** Adds a column at the end of a table; texts get utf8mb4_general_ci. */
    public SnapshotFixture column(String schema, String table, String name, String type, boolean nullable) {
        boolean text =
                type.contains("char") || type.contains("text") || type.startsWith("enum") || type.startsWith("set");
        return column(
                schema, table, new Column(name, type, nullable, null, "", text ? "utf8mb4_general_ci" : null, null));
    }

    /** Adds a column at the end of a table. */
    public SnapshotFixture column(String schema, String table, Column column) {
        columns.add(schema, table, 0, column);
        return this;
    }

    /** Adds a primary key over those columns. */
    public SnapshotFixture primaryKey(String schema, String table, String... columnNames) {
        return index(schema, table, "PRIMARY", true, columnNames);
    }

    /** Adds an index over those columns, none of which takes NULL. */
    public SnapshotFixture index(String schema, String table, String name, boolean unique, String... columnNames) {
        List<Index.Part> parts = new ArrayList<>();
        for (String column : columnNames) {
            parts.add(new Index.Part(column, null, false, null));
        }
        return index(schema, table, new Index(name, unique, "BTREE", true, parts));
    }

    /** Adds an index. */
    public SnapshotFixture index(String schema, String table, Index index) {
        indexes.add(schema, table, 0, index);
        return this;
    }

    /** Adds a foreign key. */
    public SnapshotFixture foreignKey(String schema, String table, ForeignKey key) {
        foreignKeys.add(schema, table, 0, key);
        return this;
    }

    /** Adds a view, as a table and as a view; its definer is root@localhost. */
    public SnapshotFixture view(String schema, String name, @Nullable String definition) {
        table(schema, name, "VIEW", null, "");
        return view(new Views.View(schema, name, "root@localhost", "DEFINER", definition));
    }

    /** Adds what a view is made of; {@link #table} adds it as a table. */
    public SnapshotFixture view(Views.View view) {
        views.add(view);
        return this;
    }

    /** Adds a procedure of root@localhost; its body is null where the account may not read it. */
    public SnapshotFixture procedure(String schema, String name, @Nullable String body) {
        return routine(new Routines.Routine(
                schema,
                name,
                "PROCEDURE",
                "root@localhost",
                "DEFINER",
                "CONTAINS SQL",
                false,
                "",
                null,
                "utf8mb4_general_ci",
                body));
    }

    /** Adds a routine. */
    public SnapshotFixture routine(Routines.Routine routine) {
        routines.add(routine);
        return this;
    }

    /** Adds a trigger. */
    public SnapshotFixture trigger(Triggers.Trigger trigger) {
        triggers.add(trigger);
        return this;
    }

    /** Adds an event. */
    public SnapshotFixture event(Events.Event event) {
        events.add(event);
        return this;
    }

    /** Adds an account with a password, without any privilege that matters. */
    public SnapshotFixture account(String user, String accountHost, String plugin) {
        return account(new Accounts.Entry(new Account(user, accountHost), plugin, "", false, false, false, true));
    }

    /** Adds an account. */
    public SnapshotFixture account(Accounts.Entry entry) {
        accounts.add(entry);
        return this;
    }

    /** Data and indexes of a table, bytes. */
    public SnapshotFixture tableSize(String schema, String table, long rows, long bytes) {
        tableSizes.add(new TableSizes.Size(schema, table, rows, bytes, 0));
        return this;
    }

    /** Sets a counter of SHOW GLOBAL STATUS. */
    public SnapshotFixture status(String name, String value) {
        status.put(name, value);
        return this;
    }

    /** Sets the value of a fact, in place of that of a healthy server. */
    public <T> SnapshotFixture fact(FactKey<T> key, T value) {
        values.put(key, value);
        return this;
    }

    /** What SHOW GRANTS answers. */
    public SnapshotFixture grants(String... lines) {
        grants = List.of(lines);
        return this;
    }

    /** What SHOW GRANTS would answer with every granted role in force. */
    public SnapshotFixture grantsWithAllRoles(String... lines) {
        grantsWithAllRoles = List.of(lines);
        return this;
    }

    /** The account that the server let the session in as. */
    public SnapshotFixture loggedInAs(String user, String accountHost) {
        session = new Account(user, accountHost);
        return this;
    }

    /** A role in force, as role@host. */
    public SnapshotFixture activeRole(String role) {
        activeRoles.add(role);
        return this;
    }

    /** The server is itself a replica of that host. */
    public SnapshotFixture replicaOf(String sourceHost) {
        channels.add(new ReplicaStatus.Channel("", sourceHost, "Yes", "Yes", "0"));
        return this;
    }

    /** Data and indexes of a database, bytes. */
    public SnapshotFixture size(String schema, long bytes) {
        sizes.put(schema, bytes);
        return this;
    }

    /** The host that was asked for. */
    public SnapshotFixture host(String name) {
        host = name;
        return this;
    }

    /** What stood in the URI's path. */
    public SnapshotFixture path(String text) {
        path = text;
        return this;
    }

    /** The session is not encrypted; the mode is what was asked for, the reason null where nothing else was wanted. */
    public SnapshotFixture plainText(String mode, @Nullable String because) {
        sslMode = mode;
        tlsVersion = null;
        plainTextBecause = because;
        return this;
    }

    /** The password is longer than a replication channel takes. */
    public SnapshotFixture passwordTooLong() {
        passwordTooLong = true;
        return this;
    }

    /** The server's RSA key was fetched to log in. */
    public SnapshotFixture publicKeyRetrieved() {
        publicKeyRetrieved = true;
        return this;
    }

    /** There was no connection. */
    public SnapshotFixture unreachable(ConnectionProblem problem, String message, String advice) {
        failure = new ConnectionFacts.Failure(problem, message, advice, 0, null);
        for (FactKey<?> key : Facts.all()) {
            if (key != Facts.CONNECTION) {
                unavailable(key, Fact.Cause.NOT_CONNECTED, "there is no connection");
            }
        }
        return this;
    }

    /** A fact could not be read. */
    public SnapshotFixture unavailable(FactKey<?> key, Fact.Cause cause, String message) {
        overridden.put(key, new Fact.Unavailable<>(cause, message, 0, null, null));
        return this;
    }

    /** The snapshot. */
    public Snapshot build() {
        Snapshot.Builder builder = Snapshot.builder(Instant.parse("2026-11-22T10:00:00Z"), "test");
        builder.put(
                Facts.CONNECTION,
                new ConnectionFacts(
                        host,
                        3306,
                        "mig",
                        sslMode,
                        path,
                        passwordTooLong,
                        plainTextBecause,
                        publicKeyRetrieved,
                        failure));
        builder.put(
                Facts.SESSION,
                new SessionFacts(
                        session,
                        session.user() + "@10.0.0.7",
                        activeRoles,
                        tlsVersion,
                        tlsVersion == null ? null : "ECDHE-RSA-AES256-GCM-SHA384"));
        builder.put(Facts.VARIABLES, new ServerVariables(variables));
        Grants withAllRoles = grantsWithAllRoles == null ? null : GrantParser.parse(grantsWithAllRoles);
        builder.put(Facts.GRANTS, new AccountGrants(GrantParser.parse(grants), withAllRoles));
        builder.put(
                Facts.BINARY_LOG_STATUS,
                new BinaryLogStatus(new BinaryLogStatus.Position("binlog.000002", 155, "", "", "")));
        builder.put(Facts.REPLICA_STATUS, new ReplicaStatus(channels));
        builder.put(Facts.SCHEMAS, new Schemas(schemas));
        builder.put(Facts.TABLES, new Tables(tables));
        builder.put(Facts.SCHEMA_SIZES, new SchemaSizes(sizes));
        builder.put(Facts.TABLE_SIZES, new TableSizes(tableSizes));
        builder.put(Facts.COLUMNS, columns.build());
        builder.put(Facts.INDEXES, indexes.build());
        builder.put(Facts.FOREIGN_KEYS, foreignKeys.build());
        builder.put(Facts.VIEWS, new Views(views));
        builder.put(Facts.ROUTINES, new Routines(routines));
        builder.put(Facts.TRIGGERS, new Triggers(triggers));
        builder.put(Facts.EVENTS, new Events(events));
        builder.put(Facts.ACCOUNTS, new Accounts(accounts));
        builder.put(
                Facts.PLUGINS, new Plugins(List.of(new Plugins.Plugin("InnoDB", "ACTIVE", "STORAGE ENGINE", null))));
        builder.put(Facts.EXTENSIONS, new ServerExtensions(List.of(), List.of(), true));
        builder.put(
                Facts.BINARY_LOGS,
                new BinaryLogs(List.of(
                        new BinaryLogs.File("binlog.000001", 1_200, false),
                        new BinaryLogs.File("binlog.000002", 155, false))));
        builder.put(Facts.REPLICAS, new Replicas(List.of()));
        builder.put(Facts.SESSION_FORMATS, new SessionFormats(List.of()));
        builder.put(Facts.STATUS, new ServerStatus(status));
        builder.put(Facts.TRANSACTIONS, new Transactions(List.of()));
        builder.put(Facts.PROCESSES, new Processes(List.of(), 2));
        builder.put(Facts.PREPARED_TRANSACTIONS, new PreparedTransactions(List.of()));
        builder.put(Facts.TABLE_PLACES, new TablePlaces(List.of(), List.of()));
        builder.put(
                Facts.RDS_CONFIGURATION,
                new Fact.Unavailable<>(
                        Fact.Cause.UNSUPPORTED, "Table 'mysql.rds_configuration' doesn't exist", 1146, "42S02", null));
        builder.put(
                Facts.AURORA_TOPOLOGY,
                new Fact.Unavailable<>(
                        Fact.Cause.UNSUPPORTED,
                        "Unknown table 'REPLICA_HOST_STATUS' in information_schema",
                        1109,
                        "42S02",
                        null));
        builder.put(Facts.ACTIVITY, new Activity(0, Map.of(), null));
        values.forEach((key, value) -> putValue(builder, key, value));
        overridden.forEach((key, fact) -> put(builder, key, fact));
        return builder.readMillis(12).connections(1).build();
    }

    private static <T> void putValue(Snapshot.Builder builder, FactKey<T> key, Object value) {
        // fact() takes a value of its key's type.
        @SuppressWarnings("unchecked")
        T typed = (T) value;
        builder.put(key, typed);
    }

    private static <T> void put(Snapshot.Builder builder, FactKey<T> key, Fact<?> fact) {
        Fact.Unavailable<?> unavailable = (Fact.Unavailable<?>) fact;
        builder.put(
                key,
                new Fact.Unavailable<T>(
                        unavailable.cause(),
                        unavailable.message(),
                        unavailable.errorCode(),
                        unavailable.sqlState(),
                        unavailable.remedy()));
    }

    @Override
    public String toString() {
        return "a snapshot of " + version;
    }
}
