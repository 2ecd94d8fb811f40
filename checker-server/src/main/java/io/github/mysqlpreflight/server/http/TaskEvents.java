/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.http;

import io.github.mysqlpreflight.server.task.StoreUnavailableException;
import io.github.mysqlpreflight.server.task.Task;
import io.github.mysqlpreflight.server.task.TaskState;
import io.github.mysqlpreflight.server.task.Tasks;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells those who watch tasks what becomes of them. One thread asks for all watched tasks; a stream holds none. */
final class TaskEvents implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TaskEvents.class);
    private static final long POLL_MILLIS = 500;
    private static final byte[] HEARTBEAT = ": still here\n\n".getBytes(StandardCharsets.UTF_8);

    private final Tasks tasks;
    private final int most;
    private final long heartbeatNanos;
    private final Set<Stream> streams = ConcurrentHashMap.newKeySet();
    private final AtomicInteger count = new AtomicInteger();
    private final ScheduledExecutorService poller = Executors.newSingleThreadScheduledExecutor(runnable -> {
        Thread thread = new Thread(runnable, "http-events");
        thread.setDaemon(true);
        return thread;
    });
    private volatile boolean closed;

    /**
     * @param most most streams at the same time
     * @param heartbeat how often a stream says something at least
     */
    TaskEvents(Tasks tasks, int most, Duration heartbeat) {
        this.tasks = tasks;
        this.most = most;
        this.heartbeatNanos = heartbeat.toNanos();
        Future<?> unused = poller.scheduleWithFixedDelay(this::poll, POLL_MILLIS, POLL_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** How many streams there are. */
    int open() {
        return count.get();
    }

    /** Answers with the task as it is, and goes on until it ends. */
    void open(Exchange exchange, Task task) {
        exchange.response().setStatus(200);
        exchange.response().getHeaders().put(HttpHeader.CONTENT_TYPE, "text/event-stream");
        exchange.response().getHeaders().put("X-Accel-Buffering", "no");
        if (exchange.request().getMethod().equals("HEAD")) {
            exchange.response().write(true, ByteBuffer.allocate(0), exchange.callback());
            return;
        }
        if (closed) {
            throw ApiException.unavailable("closing", "The server is about to end", 2);
        }
        if (count.incrementAndGet() > most) {
            count.decrementAndGet();
            throw ApiException.unavailable("too_many_streams", "As many tasks are watched as may be", 5);
        }
        Stream stream = new Stream(exchange, new Key(task.project(), task.service(), task.id()));
        stream.tell(task);
        if (closed) {
            stream.end(new byte[0]);
        }
    }

    private void poll() {
        try {
            Map<Key, List<Stream>> watched = new HashMap<>();
            for (Stream stream : streams) {
                watched.computeIfAbsent(stream.key, key -> new ArrayList<>()).add(stream);
            }
            for (Map.Entry<Key, List<Stream>> entry : watched.entrySet()) {
                tell(entry.getKey(), entry.getValue());
            }
        } catch (RuntimeException e) {
            LOG.error("the events of tasks cannot be told", e);
        }
    }

    private void tell(Key key, List<Stream> watchers) {
        Task task;
        try {
            task = tasks.find(key.project, key.service, key.id);
        } catch (StoreUnavailableException e) {
            // What happens meanwhile is told when the store is back.
            watchers.forEach(Stream::beat);
            return;
        }
        for (Stream stream : watchers) {
            if (task == null) {
                stream.end(event("gone", new byte[] {'{', '}'}));
            } else {
                stream.tell(task);
            }
        }
    }

    private static byte[] event(String name, byte[] json) {
        byte[] start = ("event: " + name + "\ndata: ").getBytes(StandardCharsets.UTF_8);
        byte[] event = Arrays.copyOf(start, start.length + json.length + 2);
        System.arraycopy(json, 0, event, start.length, json.length);
        event[event.length - 2] = '\n';
        event[event.length - 1] = '\n';
        return event;
    }

    /** Ends all streams; those who watch will find another instance. */
    @Override
    public void close() {
        closed = true;
        poller.shutdown();
        for (Stream stream : streams) {
            stream.end(new byte[0]);
        }
    }

    private record Key(String project, String service, UUID id) {}

    /** One who watches. At most one write is under way; what it cannot take in the meantime is left out, the newest follows. */
    private final class Stream {
        private final Exchange exchange;
        private final Key key;
        private byte[] told = new byte[0];
        private long toldAt = System.nanoTime();
        private boolean writing;
        private boolean ended;
        /** What is said when the write that is under way is done; the first to end the stream says it. */
        private byte @Nullable [] lastWords;

        private final Callback written = Callback.from(this::succeeded, this::failed);

        Stream(Exchange exchange, Key key) {
            this.exchange = exchange;
            this.key = key;
            streams.add(this);
        }

        void tell(Task task) {
            byte[] json = ApiJson.event(task);
            synchronized (this) {
                if (writing || ended) {
                    return;
                }
                if (Arrays.equals(json, told)) {
                    beat();
                    return;
                }
                told = json;
                if (task.state() != TaskState.ENDED) {
                    write(event("task", json));
                    return;
                }
            }
            end(event("task", json));
        }

        synchronized void beat() {
            if (!writing && !ended && System.nanoTime() - toldAt > heartbeatNanos) {
                write(HEARTBEAT);
            }
        }

        private void write(byte[] bytes) {
            writing = true;
            toldAt = System.nanoTime();
            exchange.response().write(false, ByteBuffer.wrap(bytes), written);
        }

        /** The last that is said. */
        void end(byte[] bytes) {
            synchronized (this) {
                if (ended) {
                    return;
                }
                if (writing) {
                    lastWords = lastWords == null ? bytes : lastWords;
                    return;
                }
                ended = true;
            }
            remove();
            exchange.response().write(true, ByteBuffer.wrap(bytes), exchange.callback());
        }

        private void succeeded() {
            byte[] last;
            synchronized (this) {
                writing = false;
                last = lastWords;
            }
            if (last != null) {
                end(last);
            }
        }

        private void failed(Throwable failure) {
            synchronized (this) {
                writing = false;
                if (ended) {
                    return;
                }
                ended = true;
            }
            remove();
            exchange.callback().failed(failure);
        }

        private void remove() {
            if (streams.remove(this)) {
                count.decrementAndGet();
            }
        }
    }
}
