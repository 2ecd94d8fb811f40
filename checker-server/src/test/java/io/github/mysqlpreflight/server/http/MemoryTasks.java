/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.http;

import io.github.mysqlpreflight.server.task.Deletion;
import io.github.mysqlpreflight.server.task.QueueFullException;
import io.github.mysqlpreflight.server.task.ResultCode;
import io.github.mysqlpreflight.server.task.StoreUnavailableException;
import io.github.mysqlpreflight.server.task.Task;
import io.github.mysqlpreflight.server.task.TaskCounts;
import io.github.mysqlpreflight.server.task.TaskDocument;
import io.github.mysqlpreflight.server.task.TaskPage;
import io.github.mysqlpreflight.server.task.TaskRequest;
import io.github.mysqlpreflight.server.task.TaskState;
import io.github.mysqlpreflight.server.task.Tasks;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Tasks in memory. They go forward when a test says so. */
final class MemoryTasks implements Tasks {
    private final Map<UUID, Task> tasks = new LinkedHashMap<>();
    private final Map<String, byte[]> documents = new HashMap<>();
    private final List<TaskRequest> requests = new ArrayList<>();
    private int queue = 1_000;
    private boolean broken;

    /** How many may wait from now on. */
    synchronized void queue(int newQueue) {
        queue = newQueue;
    }

    /** Whether the store is out of reach from now on. */
    synchronized void broken(boolean newBroken) {
        broken = newBroken;
    }

    /** What was asked for, in order. */
    synchronized List<TaskRequest> requests() {
        return List.copyOf(requests);
    }

    @Override
    public synchronized Task create(TaskRequest request) throws QueueFullException {
        checkStore();
        long queued = counts().queued();
        if (queued >= queue) {
            throw new QueueFullException((int) queued, Duration.ofSeconds(7));
        }
        requests.add(request);
        Task task = new Task(
                UUID.randomUUID(),
                request.project(),
                request.service(),
                request.type(),
                TaskState.QUEUED,
                Instant.now(),
                null,
                null,
                request.source().address(),
                request.ignoredDatabases(),
                request.createdBy(),
                "",
                null,
                "",
                null,
                List.of(),
                false);
        tasks.put(task.id(), task);
        return task;
    }

    /** Begins the task, or goes on with it. */
    synchronized void progress(UUID id, String progress) {
        Task task = known(id);
        Instant start = task.startTime() == null ? Instant.now() : task.startTime();
        put(task, TaskState.RUNNING, start, null, progress, null, "", null, List.of(), false);
    }

    /** Ends the task with an assessment. */
    synchronized void end(
            UUID id,
            boolean success,
            @Nullable String method,
            String result,
            List<ResultCode> codes,
            String json,
            String html) {
        Task task = known(id);
        documents.put(id + " " + TaskDocument.JSON, gzip(json));
        documents.put(id + " " + TaskDocument.HTML, gzip(html));
        put(task, TaskState.ENDED, task.startTime(), Instant.now(), "", success, result, method, codes, true);
    }

    /** Ends the task without an assessment. */
    synchronized void fail(UUID id, String result) {
        Task task = known(id);
        put(task, TaskState.ENDED, task.startTime(), Instant.now(), "", false, result, null, List.of(), false);
    }

    /** Takes the task away, as its time is over. */
    synchronized void forget(UUID id) {
        tasks.remove(id);
    }

    private void put(
            Task task,
            TaskState state,
            @Nullable Instant start,
            @Nullable Instant end,
            String progress,
            @Nullable Boolean success,
            String result,
            @Nullable String method,
            List<ResultCode> codes,
            boolean assessed) {
        tasks.put(
                task.id(),
                new Task(
                        task.id(),
                        task.project(),
                        task.service(),
                        task.type(),
                        state,
                        task.createTime(),
                        start,
                        end,
                        task.source(),
                        task.ignoredDatabases(),
                        task.createdBy(),
                        progress,
                        success,
                        result,
                        method,
                        codes,
                        assessed));
    }

    @Override
    public synchronized @Nullable Task find(String project, String service, UUID id) {
        checkStore();
        Task task = tasks.get(id);
        return task != null && task.project().equals(project) && task.service().equals(service) ? task : null;
    }

    @Override
    public synchronized TaskPage list(String project, String service, int limit, @Nullable UUID after) {
        checkStore();
        List<Task> newestFirst = new ArrayList<>();
        for (Task task : tasks.values()) {
            if (task.project().equals(project) && task.service().equals(service)) {
                newestFirst.add(0, task);
            }
        }
        int from = 0;
        for (int i = 0; i < newestFirst.size(); i++) {
            if (newestFirst.get(i).id().equals(after)) {
                from = i + 1;
            }
        }
        int to = Math.min(newestFirst.size(), from + limit);
        return new TaskPage(
                newestFirst.subList(from, to),
                to < newestFirst.size() ? newestFirst.get(to - 1).id() : null);
    }

    @Override
    public synchronized byte @Nullable [] document(String project, String service, UUID id, TaskDocument kind) {
        return find(project, service, id) == null ? null : documents.get(id + " " + kind);
    }

    @Override
    public synchronized @Nullable Deletion delete(String project, String service, UUID id) {
        Task task = find(project, service, id);
        if (task == null) {
            return null;
        }
        if (task.state() == TaskState.ENDED) {
            tasks.remove(id);
            return Deletion.FORGOTTEN;
        }
        fail(id, "The check was cancelled");
        return Deletion.CANCELLED;
    }

    @Override
    public synchronized List<String> projects() {
        checkStore();
        return tasks.values().stream().map(Task::project).distinct().sorted().toList();
    }

    @Override
    public synchronized TaskCounts counts() {
        checkStore();
        return new TaskCounts(count(TaskState.QUEUED), count(TaskState.RUNNING), count(TaskState.ENDED));
    }

    private long count(TaskState state) {
        return tasks.values().stream().filter(task -> task.state() == state).count();
    }

    private Task known(UUID id) {
        Task task = tasks.get(id);
        if (task == null) {
            throw new IllegalArgumentException("no such task");
        }
        return task;
    }

    private void checkStore() {
        if (broken) {
            throw new StoreUnavailableException("the store is away", new IOException("jdbc:mysql://secret"));
        }
    }

    private static byte[] gzip(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
