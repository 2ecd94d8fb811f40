/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.http;

import io.github.mysqlpreflight.core.check.Method;
import io.github.mysqlpreflight.server.task.StoreUnavailableException;
import io.github.mysqlpreflight.server.task.TaskCounts;
import io.github.mysqlpreflight.server.task.TaskListener;
import io.github.mysqlpreflight.server.task.TaskType;
import io.github.mysqlpreflight.server.task.Tasks;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Locale;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What there is to count, for Prometheus. Labels have few values: templates of paths, methods, states; never a name that somebody chose. Safe for
 * use by several threads.
 */
public final class ServerMetrics implements TaskListener {
    private static final String PREFIX = "mysql_preflight_";

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();
    private final Counter requests = Counter.builder()
            .name(PREFIX + "http_requests_total")
            .help("Requests answered, by the template of the path.")
            .labelNames("route", "method", "status")
            .register(registry);
    private final Histogram requestSeconds = Histogram.builder()
            .name(PREFIX + "http_request_seconds")
            .help("Time from a request's headers to the end of its answer; without streams of events.")
            .labelNames("route", "method")
            .classicOnly()
            .classicUpperBounds(0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)
            .register(registry);
    private final Counter created = Counter.builder()
            .name(PREFIX + "tasks_created_total")
            .help("Tasks created by this instance.")
            .labelNames("type")
            .register(registry);
    private final Counter ended = Counter.builder()
            .name(PREFIX + "tasks_ended_total")
            .help(
                    "Tasks run to their end by this instance, by their success and the method recommended; cancelled ones are not among them.")
            .labelNames("type", "success", "method")
            .register(registry);
    private final Histogram taskSeconds = Histogram.builder()
            .name(PREFIX + "task_seconds")
            .help("Time that runs of tasks took which ended them.")
            .labelNames("type")
            .classicOnly()
            .classicUpperBounds(0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600)
            .register(registry);

    /** Counts from zero. */
    public ServerMetrics() {
        gauge("jvm_heap_used_bytes", "Memory in use on the heap.", () -> (double)
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        gauge(
                "jvm_threads",
                "Threads.",
                () -> ManagementFactory.getThreadMXBean().getThreadCount());
        gauge(
                "jvm_uptime_seconds",
                "Time since the start.",
                () -> ManagementFactory.getRuntimeMXBean().getUptime() / 1_000.0);
    }

    /** Shows what is in the store, too, and how many streams of events there are. To be called once. */
    void watch(Tasks tasks, Health health, TaskEvents events) {
        var states = GaugeWithCallback.builder()
                .name(PREFIX + "tasks")
                .help("Tasks in the store, of all instances; the queued ones are the queue's length.")
                .labelNames("state")
                .callback(values -> {
                    try {
                        TaskCounts counts = tasks.counts();
                        values.call((double) counts.queued(), "queued");
                        values.call((double) counts.running(), "running");
                        values.call((double) counts.ended(), "ended");
                    } catch (StoreUnavailableException e) {
                        health.storeFailed();
                    }
                })
                .build();
        registry.register(states);
        gauge("store_up", "1 if the store of tasks answers, else 0.", () -> health.storeAnswers() ? 1 : 0);
        gauge("event_streams", "Clients that watch a task.", events::open);
    }

    private void gauge(String name, String help, DoubleSupplier value) {
        registry.register(GaugeWithCallback.builder()
                .name(PREFIX + name)
                .help(help)
                .callback(values -> values.call(value.getAsDouble()))
                .build());
    }

    void answered(@Nullable Route route, String method, int status, double seconds) {
        String template = route == null ? "none" : route.template();
        requests.labelValues(template, method, Integer.toString(status)).inc();
        if (route != Route.EVENTS) {
            requestSeconds.labelValues(template, method).observe(seconds);
        }
    }

    void created(TaskType type) {
        created.labelValues(type.requestName()).inc();
    }

    @Override
    public void ended(TaskType type, boolean success, @Nullable Method method, Duration ran) {
        ended.labelValues(
                        type.requestName(),
                        Boolean.toString(success),
                        method == null ? "none" : method.name().toLowerCase(Locale.ROOT))
                .inc();
        taskSeconds.labelValues(type.requestName()).observe(ran.toNanos() / 1e9);
    }

    String contentType() {
        return writer.getContentType();
    }

    byte[] text() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            writer.write(bytes, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
