/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.task;

import com.github.kagkarlsson.scheduler.jdbc.JdbcCustomization;
import io.github.mysqlpreflight.core.check.Method;
import io.github.mysqlpreflight.core.snapshot.ServerVersion;
import io.github.mysqlpreflight.server.ServerFailedException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;
import org.jspecify.annotations.Nullable;

/**
 * The tasks in the database. Each method is one transaction, tried again where the database breaks it off for the sake of another.
 * Safe for use by several threads.
 *
 * <p>Times are kept in milliseconds since 1970, since no two databases agree on anything finer.
 */
final class TaskStore {
    /** The name of the queue of runs. */
    static final String RUN = "run";

    static final String EXECUTIONS = "preflight_execution";

    /** Even where each byte has to be escaped, a statement with one stays below 1 MiB, the least {@code max_allowed_packet} in use. */
    private static final int CHUNK_BYTES = 256 * 1024;

    private static final int TRIES = 6;
    private static final int MYSQL_LOCK_WAIT = 1205;
    private static final int H2_LOCK_TIMEOUT = 50_200;
    private static final int H2_CONCURRENT_UPDATE = 90_131;
    private static final int SWEPT_AT_ONCE = 200;
    private static final int MOST_PROJECTS = 1_000;
    private static final int LONGEST_PROGRESS = 200;
    private static final String QUEUE_LOCK = "queue-lock";
    private static final String VERIFIER = "key-verifier";

    private static final String COLUMNS =
            "id, project, service, task_type, state, create_time, start_time, end_time, source,"
                    + " ignored_databases, created_by, progress, success, result, method, result_codes, assessed";

    private final Jdbi jdbi;
    private final JdbcCustomization customization;
    private final SecretBox secrets;

    TaskStore(DataSource database, JdbcCustomization customization, SecretBox secrets) {
        this.jdbi = Jdbi.create(database);
        // Neither statements nor what is bound to them belong in a message.
        this.jdbi.getConfig().get(StatementExceptions.class).setMessageRendering(MessageRendering.NONE);
        this.customization = customization;
        this.secrets = secrets;
    }

    /**
     * A task that has not ended, as a run needs it.
     *
     * @param secret its source, encrypted
     * @param runs how many runs of it were begun
     */
    record Waiting(
            UUID id,
            String service,
            TaskType type,
            String source,
            SecretBox.Sealed secret,
            List<String> ignoredDatabases,
            @Nullable Method method,
            @Nullable ServerVersion targetVersion,
            int runs) {}

    /**
     * Makes sure that the store was always used with this key.
     *
     * @throws ServerFailedException when it was not
     */
    void verifyKey() {
        byte[] known = "mysql-preflight".getBytes(StandardCharsets.US_ASCII);
        byte[] sealed = transaction("the key could not be verified", handle -> {
            insertSetting(handle, QUEUE_LOCK, new byte[0]);
            insertSetting(handle, VERIFIER, secrets.seal(VERIFIER, known).bytes());
            return handle.createQuery("SELECT content FROM preflight_setting WHERE name = :name")
                    .bind("name", VERIFIER)
                    .mapTo(byte[].class)
                    .one();
        });
        try {
            if (Arrays.equals(known, secrets.open(VERIFIER, new SecretBox.Sealed(sealed)))) {
                return;
            }
        } catch (SecretBox.WrongKeyException e) {
            throw new ServerFailedException(
                    "The key is not the one that this store was used with before",
                    "Give the old key; or, where it is lost, begin with an empty store.");
        }
        throw new ServerFailedException("The store's verifier of its key is damaged", "Begin with an empty store.");
    }

    private static void insertSetting(Handle handle, String name, byte[] content) {
        int there = handle.createQuery("SELECT COUNT(*) FROM preflight_setting WHERE name = :name")
                .bind("name", name)
                .mapTo(Integer.class)
                .one();
        if (there == 0) {
            // Where another instance does so at the same moment, the whole transaction is tried again, and finds it.
            handle.createUpdate("INSERT INTO preflight_setting (name, content) VALUES (:name, :content)")
                    .bind("name", name)
                    .bind("content", content)
                    .execute();
        }
    }

    /** For a store that nobody else can be using: what seems to be running was cut off, and need not be waited for. */
    void releaseAll() {
        transaction(
                "the queue could not be read",
                handle -> handle.createUpdate("UPDATE " + EXECUTIONS
                                + " SET picked = FALSE, picked_by = NULL, last_heartbeat = NULL, version = version + 1"
                                + " WHERE picked = TRUE")
                        .execute());
    }

    /**
     * Keeps the task and puts it into the queue.
     *
     * @param bound most tasks that may wait
     * @return -1; or, where it was not kept because the queue is full, how many wait
     */
    int create(UUID id, TaskRequest request, Instant now, int bound) {
        SecretBox.Sealed secret = secrets.seal(id.toString(), SourceParts.write(request.source()));
        return transaction("the task could not be kept", handle -> {
            // One at a time, of all instances: else two would take the last place.
            handle.createQuery("SELECT name FROM preflight_setting WHERE name = :name FOR UPDATE")
                    .bind("name", QUEUE_LOCK)
                    .mapTo(String.class)
                    .one();
            int waiting = handle.createQuery("SELECT COUNT(*) FROM preflight_task WHERE state = 'QUEUED'")
                    .mapTo(Integer.class)
                    .one();
            if (waiting >= bound) {
                return waiting;
            }
            insert(handle, id, request, now, secret);
            schedule(handle, id, now);
            return -1;
        });
    }

    private static void insert(Handle handle, UUID id, TaskRequest request, Instant now, SecretBox.Sealed secret) {
        Method method = request.method();
        ServerVersion version = request.targetVersion();
        handle.createUpdate(
                        "INSERT INTO preflight_task (id, project, service, task_type, state, create_time, source, secret,"
                                + " ignored_databases, asked_method, target_version, created_by, runs, progress, result,"
                                + " result_codes, assessed)"
                                + " VALUES (:id, :project, :service, :type, 'QUEUED', :now, :source, :secret, :ignored, :method,"
                                + " :version, :createdBy, 0, '', '', '[]', FALSE)")
                .bind("id", id.toString())
                .bind("project", request.project())
                .bind("service", request.service())
                .bind("type", request.type().name())
                .bind("now", now.toEpochMilli())
                .bind("source", request.source().address())
                .bind("secret", secret.bytes())
                .bind("ignored", TextLists.ofNames(request.ignoredDatabases()))
                .bind("method", method == null ? null : method.name())
                .bind("version", version == null ? null : version.toString())
                .bind("createdBy", request.createdBy())
                .execute();
    }

    /** What the queue's own client does, but in the transaction that keeps the task. */
    private void schedule(Handle handle, UUID id, Instant now) throws SQLException {
        try (PreparedStatement statement = handle.getConnection()
                .prepareStatement("INSERT INTO " + EXECUTIONS
                        + " (task_name, task_instance, execution_time, picked, version, priority)"
                        + " VALUES (?, ?, ?, FALSE, 1, 0)")) {
            statement.setString(1, RUN);
            statement.setString(2, id.toString());
            customization.setInstant(statement, 3, now);
            statement.executeUpdate();
        }
    }

    @Nullable
    Task find(String project, String service, UUID id) {
        return transaction("the task could not be read", handle -> find(handle, project, service, id));
    }

    private static @Nullable Task find(Handle handle, String project, String service, UUID id) {
        return handle.createQuery("SELECT " + COLUMNS
                        + " FROM preflight_task WHERE id = :id AND project = :project AND service = :service")
                .bind("id", id.toString())
                .bind("project", project)
                .bind("service", service)
                .map((row, context) -> task(row))
                .findOne()
                .orElse(null);
    }

    /** Newest first; the one to continue behind need not be there any more. */
    List<Task> list(String project, String service, int limit, @Nullable UUID after) {
        Instant time = after == null ? null : TaskIds.createTime(after);
        if (after != null && time == null) {
            return List.of();
        }
        return transaction("the tasks could not be listed", handle -> {
            String behind = after == null ? "" : " AND (create_time < :time OR (create_time = :time AND id < :id))";
            var query = handle.createQuery("SELECT " + COLUMNS
                            + " FROM preflight_task WHERE project = :project AND service = :service" + behind
                            + " ORDER BY create_time DESC, id DESC LIMIT " + limit)
                    .bind("project", project)
                    .bind("service", service);
            if (after != null && time != null) {
                query.bind("time", time.toEpochMilli()).bind("id", after.toString());
            }
            return query.map((row, context) -> task(row)).list();
        });
    }

    private static Task task(ResultSet row) throws SQLException {
        long start = row.getLong("start_time");
        Instant startTime = row.wasNull() ? null : Instant.ofEpochMilli(start);
        long end = row.getLong("end_time");
        Instant endTime = row.wasNull() ? null : Instant.ofEpochMilli(end);
        boolean success = row.getBoolean("success");
        Boolean successKnown = row.wasNull() ? null : success;
        return new Task(
                UUID.fromString(row.getString("id")),
                row.getString("project"),
                row.getString("service"),
                TaskType.valueOf(row.getString("task_type")),
                TaskState.valueOf(row.getString("state")),
                Instant.ofEpochMilli(row.getLong("create_time")),
                startTime,
                endTime,
                row.getString("source"),
                TextLists.names(row.getString("ignored_databases")),
                row.getString("created_by"),
                row.getString("progress"),
                successKnown,
                row.getString("result"),
                row.getString("method"),
                TextLists.codes(row.getString("result_codes")),
                row.getBoolean("assessed"));
    }

    /** What a run of the task would need; null where it has ended or is gone. */
    @Nullable
    Waiting waiting(UUID id) {
        return transaction(
                "the task could not be read",
                handle -> handle.createQuery(
                                "SELECT service, task_type, source, secret, ignored_databases, asked_method, target_version, runs"
                                        + " FROM preflight_task WHERE id = :id AND state <> 'ENDED'")
                        .bind("id", id.toString())
                        .map((row, context) -> waiting(id, row))
                        .findOne()
                        .orElse(null));
    }

    private static Waiting waiting(UUID id, ResultSet row) throws SQLException {
        String method = row.getString("asked_method");
        String version = row.getString("target_version");
        return new Waiting(
                id,
                row.getString("service"),
                TaskType.valueOf(row.getString("task_type")),
                row.getString("source"),
                new SecretBox.Sealed(row.getBytes("secret")),
                TextLists.names(row.getString("ignored_databases")),
                method == null ? null : Method.valueOf(method),
                version == null ? null : ServerVersion.parse(version),
                row.getInt("runs"));
    }

    /** The job, its source decrypted. */
    Job job(Waiting waiting) throws SecretBox.WrongKeyException {
        return new Job(
                waiting.service(),
                waiting.type(),
                SourceParts.read(secrets.open(waiting.id().toString(), waiting.secret())),
                waiting.ignoredDatabases(),
                waiting.method(),
                waiting.targetVersion());
    }

    /** Begins a run; false where the task is no longer as it was read, because it has ended or another run was begun. */
    boolean begin(Waiting waiting, UUID run, Instant now) {
        return transaction(
                "the task could not be begun",
                handle -> handle.createUpdate(
                                        "UPDATE preflight_task SET state = 'RUNNING', runs = runs + 1, run_id = :run, progress = '',"
                                                + " start_time = COALESCE(start_time, :now)"
                                                + " WHERE id = :id AND state <> 'ENDED' AND runs = :runs")
                                .bind("run", run.toString())
                                .bind("now", now.toEpochMilli())
                                .bind("id", waiting.id().toString())
                                .bind("runs", waiting.runs())
                                .execute()
                        == 1);
    }

    /** Whether the task still waits for that very run. */
    boolean isWanted(UUID id, UUID run) {
        return transaction(
                "the task could not be read",
                handle -> handle.createQuery(
                                        "SELECT COUNT(*) FROM preflight_task WHERE id = :id AND run_id = :run AND state = 'RUNNING'")
                                .bind("id", id.toString())
                                .bind("run", run.toString())
                                .mapTo(Integer.class)
                                .one()
                        == 1);
    }

    /** Says how far a run is; false where nobody waits for that run any more. */
    boolean progress(UUID id, UUID run, String text) {
        String shown = text.length() <= LONGEST_PROGRESS ? text : text.substring(0, LONGEST_PROGRESS);
        return transaction(
                "the progress could not be kept",
                handle -> handle.createUpdate("UPDATE preflight_task SET progress = :text"
                                        + " WHERE id = :id AND run_id = :run AND state = 'RUNNING'")
                                .bind("text", shown)
                                .bind("id", id.toString())
                                .bind("run", run.toString())
                                .execute()
                        == 1);
    }

    /**
     * Ends a task, with all that is kept of it, and wipes its secret.
     *
     * @param run the run that ends it; null for somebody else, who may always end one that has not ended
     * @return false where it had ended before, or waits for another run; then nothing is changed
     */
    boolean end(UUID id, @Nullable UUID run, Ending ending, Instant now) {
        return transaction("the end of the task could not be kept", handle -> end(handle, id, run, ending, now));
    }

    private static boolean end(Handle handle, UUID id, @Nullable UUID run, Ending ending, Instant now) {
        Method method = ending.method();
        String ofRun = run == null ? "" : " AND run_id = :run";
        var update = handle.createUpdate("UPDATE preflight_task SET state = 'ENDED', end_time = :now, secret = NULL,"
                        + " run_id = NULL, progress = '', success = :success, result = :result, method = :method,"
                        + " result_codes = :codes, assessed = :assessed"
                        + " WHERE id = :id AND state <> 'ENDED'" + ofRun)
                .bind("now", now.toEpochMilli())
                .bind("success", ending.success())
                .bind("result", ending.result())
                .bind("method", method == null ? null : method.name().toLowerCase(Locale.ROOT))
                .bind("codes", TextLists.ofCodes(ending.codes()))
                .bind("assessed", !ending.documents().isEmpty())
                .bind("id", id.toString());
        if (run != null) {
            update.bind("run", run.toString());
        }
        if (update.execute() == 0) {
            return false;
        }
        for (Map.Entry<TaskDocument, byte[]> document : ending.documents().entrySet()) {
            insert(handle, id, document.getKey(), document.getValue());
        }
        return true;
    }

    private static void insert(Handle handle, UUID id, TaskDocument kind, byte[] content) {
        for (int chunk = 0; chunk * CHUNK_BYTES < content.length; chunk++) {
            int from = chunk * CHUNK_BYTES;
            handle.createUpdate("INSERT INTO preflight_document (task_id, kind, chunk, content)"
                            + " VALUES (:id, :kind, :chunk, :content)")
                    .bind("id", id.toString())
                    .bind("kind", kind.name())
                    .bind("chunk", chunk)
                    .bind("content", Arrays.copyOfRange(content, from, Math.min(content.length, from + CHUNK_BYTES)))
                    .execute();
        }
    }

    /** Puts a run that was broken off by us back into the queue, as if it had not been begun. */
    boolean requeue(UUID id, UUID run) {
        return transaction(
                "the task could not be put back",
                handle -> handle.createUpdate(
                                        "UPDATE preflight_task SET state = 'QUEUED', runs = runs - 1, run_id = NULL, progress = ''"
                                                + " WHERE id = :id AND run_id = :run AND state = 'RUNNING'")
                                .bind("id", id.toString())
                                .bind("run", run.toString())
                                .execute()
                        == 1);
    }

    /** Cancels a task that has not ended, with that ending; forgets one that has. */
    @Nullable
    Deletion delete(String project, String service, UUID id, Ending cancelled, Instant now) {
        return transaction("the task could not be deleted", handle -> {
            if (find(handle, project, service, id) == null) {
                return null;
            }
            // A run that has been taken from the queue finds out by itself.
            handle.createUpdate("DELETE FROM " + EXECUTIONS
                            + " WHERE task_name = :name AND task_instance = :id AND picked = FALSE")
                    .bind("name", RUN)
                    .bind("id", id.toString())
                    .execute();
            if (end(handle, id, null, cancelled, now)) {
                return Deletion.CANCELLED;
            }
            forget(handle, List.of(id.toString()));
            return Deletion.FORGOTTEN;
        });
    }

    private static void forget(Handle handle, List<String> ids) {
        handle.createUpdate("DELETE FROM preflight_document WHERE task_id IN (<ids>)")
                .bindList("ids", ids)
                .execute();
        handle.createUpdate("DELETE FROM preflight_task WHERE id IN (<ids>)")
                .bindList("ids", ids)
                .execute();
    }

    /** Forgets tasks that ended before that moment; how many, up to a bound. */
    int sweep(Instant before) {
        return transaction("old tasks could not be removed", handle -> {
            List<String> ids = handle.createQuery("SELECT id FROM preflight_task"
                            + " WHERE state = 'ENDED' AND end_time < :before ORDER BY end_time LIMIT " + SWEPT_AT_ONCE)
                    .bind("before", before.toEpochMilli())
                    .mapTo(String.class)
                    .list();
            if (!ids.isEmpty()) {
                forget(handle, ids);
            }
            return ids.size();
        });
    }

    byte @Nullable [] document(String project, String service, UUID id, TaskDocument kind) {
        return transaction("the assessment could not be read", handle -> {
            List<byte[]> chunks = handle.createQuery("SELECT d.content FROM preflight_document d"
                            + " JOIN preflight_task t ON t.id = d.task_id"
                            + " WHERE d.task_id = :id AND d.kind = :kind AND t.project = :project AND t.service = :service"
                            + " ORDER BY d.chunk")
                    .bind("id", id.toString())
                    .bind("kind", kind.name())
                    .bind("project", project)
                    .bind("service", service)
                    .mapTo(byte[].class)
                    .list();
            if (chunks.isEmpty()) {
                return null;
            }
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            for (byte[] chunk : chunks) {
                content.writeBytes(chunk);
            }
            return content.toByteArray();
        });
    }

    List<String> projects() {
        return transaction(
                "the projects could not be read",
                handle -> handle.createQuery(
                                "SELECT DISTINCT project FROM preflight_task ORDER BY project LIMIT " + MOST_PROJECTS)
                        .mapTo(String.class)
                        .list());
    }

    TaskCounts counts() {
        return transaction("the tasks could not be counted", handle -> {
            Map<TaskState, Long> counts = new EnumMap<>(TaskState.class);
            handle.createQuery("SELECT state, COUNT(*) AS tasks FROM preflight_task GROUP BY state")
                    .map((row, context) -> Map.entry(TaskState.valueOf(row.getString("state")), row.getLong("tasks")))
                    .forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
            return new TaskCounts(
                    counts.getOrDefault(TaskState.QUEUED, 0L),
                    counts.getOrDefault(TaskState.RUNNING, 0L),
                    counts.getOrDefault(TaskState.ENDED, 0L));
        });
    }

    private <T extends @Nullable Object> T transaction(String failure, HandleCallback<T, SQLException> work) {
        for (int attempt = 1; ; attempt++) {
            SQLException thrown;
            try {
                return jdbi.inTransaction(work);
            } catch (SQLException e) {
                thrown = e;
            } catch (JdbiException e) {
                thrown = sqlException(e);
            }
            if (attempt == TRIES || !isWorthAnotherTry(thrown)) {
                throw new StoreUnavailableException(failure, thrown);
            }
            LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(20_000_000L * attempt));
        }
    }

    /** The database's own words, without ours around them. */
    private static SQLException sqlException(JdbiException thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return sql;
            }
        }
        throw thrown;
    }

    /** Whether the transaction lost against another: a deadlock, a lock that took too long, a row that is there all of a sudden. */
    private static boolean isWorthAnotherTry(SQLException thrown) {
        String state = thrown.getSQLState();
        int code = thrown.getErrorCode();
        return (state != null && (state.startsWith("40") || state.startsWith("23")))
                || code == MYSQL_LOCK_WAIT
                || code == H2_LOCK_TIMEOUT
                || code == H2_CONCURRENT_UPDATE;
    }
}
