/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.testkit;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Many tasks through two instances that share a store, while the instances are killed and started again: what a client of the API sees of it.
 *
 * <p>As a program, for the benchmark: {@code TaskLoad PROGRAM [--tasks N] [--calm]} starts a store and four sources, makes the load with the
 * {@code mysql-preflight} of that path, and prints what it measured.
 */
public final class TaskLoad {
    private static final String PATH = "/v1/project/load/service/mysql/task";
    private static final Duration ALL_ENDED = Duration.ofMinutes(10);
    /** An instance is killed each time that so many tasks have ended, and once at least. */
    private static final int TASKS_BETWEEN_KILLS = 100;

    private final List<TaskServer> instances;
    private final List<String> sources;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final ConcurrentLinkedQueue<Long> latencies = new ConcurrentLinkedQueue<>();
    private final AtomicLong unanswered = new AtomicLong();
    private final AtomicLong serverErrors = new AtomicLong();
    private final Map<String, String> ended = new ConcurrentHashMap<>();

    private TaskLoad(List<TaskServer> instances, List<String> sources) {
        this.instances = instances;
        this.sources = sources;
    }

    /**
     * What came of it.
     *
     * @param created the ids of the tasks whose creation was answered
     * @param ended the answer of each of them once it had ended, by its id
     * @param changed the ids of tasks that said one thing when they ended and another thing later
     * @param kills how often an instance was killed
     * @param seconds from the first creation to the last end
     * @param p50 the median of the API's answers in milliseconds
     * @param p99 of a hundred answers, the slowest but one, in milliseconds
     * @param answers how many answers that is
     * @param unanswered requests without an answer, since an instance was down
     * @param serverErrors answers with a status of 500 and above
     */
    public record Outcome(
            Set<String> created,
            Map<String, String> ended,
            Set<String> changed,
            int kills,
            double seconds,
            double p50,
            double p99,
            int answers,
            long unanswered,
            long serverErrors) {}

    /**
     * Makes the load and waits until all tasks have ended.
     *
     * @param instances running instances with one store
     * @param sources URIs of sources
     * @param tasks how many tasks to create
     * @param clients how many clients do so at the same time
     * @param kill whether instances are killed meanwhile
     * @throws IllegalStateException if tasks have not ended after some minutes
     */
    public static Outcome run(List<TaskServer> instances, List<String> sources, int tasks, int clients, boolean kill)
            throws InterruptedException {
        return new TaskLoad(List.copyOf(instances), List.copyOf(sources)).run(tasks, clients, kill);
    }

    private Outcome run(int tasks, int clients, boolean kill) throws InterruptedException {
        long start = System.nanoTime();
        Set<String> created = ConcurrentHashMap.newKeySet();
        AtomicInteger toCreate = new AtomicInteger(tasks);
        AtomicBoolean allEnded = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(clients + 2);
        try {
            List<Future<?>> futures = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                futures.add(threads.submit(() -> client(toCreate, created)));
            }
            Future<Integer> killer = kill ? threads.submit(() -> killInTurns(tasks, allEnded)) : null;
            for (Future<?> future : futures) {
                join(future);
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            allEnded.set(true);
            int kills = killer == null ? 0 : join(killer);
            return outcome(created, kills, seconds);
        } finally {
            threads.shutdownNow();
        }
    }

    private Outcome outcome(Set<String> created, int kills, double seconds) throws InterruptedException {
        Set<String> changed = new LinkedHashSet<>();
        for (String id : created) {
            if (!body(get(id)).equals(ended.get(id))) {
                changed.add(id);
            }
        }
        long[] sorted = latencies.stream().mapToLong(Long::longValue).sorted().toArray();
        return new Outcome(
                Set.copyOf(created),
                Map.copyOf(ended),
                changed,
                kills,
                seconds,
                percentile(sorted, 0.50),
                percentile(sorted, 0.99),
                sorted.length,
                unanswered.get(),
                serverErrors.get());
    }

    private static double percentile(long[] sorted, double share) {
        return sorted.length == 0 ? 0 : sorted[(int) Math.ceil(sorted.length * share) - 1] / 1e6;
    }

    /** Creates tasks and follows each until it has ended. */
    private Void client(AtomicInteger toCreate, Set<String> created) throws InterruptedException {
        List<String> mine = new ArrayList<>();
        while (toCreate.getAndDecrement() > 0) {
            String id = create();
            created.add(id);
            mine.add(id);
        }
        long deadline = System.nanoTime() + ALL_ENDED.toNanos();
        while (!mine.isEmpty()) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException(mine.size() + " tasks have not ended, among them " + mine.get(0));
            }
            for (String id : List.copyOf(mine)) {
                String answer = body(get(id));
                if (!answer.contains("\"success\":null")) {
                    ended.put(id, answer);
                    mine.remove(id);
                }
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        return null;
    }

    private String create() throws InterruptedException {
        String source = sources.get(ThreadLocalRandom.current().nextInt(sources.size()));
        String body = "{\"task_type\": \"migration_check\", \"migration_check\": {\"source_service_uri\": \"" + source
                + "\"}}";
        HttpResponse<String> response = send(path -> HttpRequest.newBuilder(path)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
        String answer = body(response);
        int at = answer.indexOf("\"task_id\":\"") + 11;
        return answer.substring(at, at + 36);
    }

    private HttpResponse<String> get(String id) throws InterruptedException {
        return send(path -> HttpRequest.newBuilder(URI.create(path + "/" + id)));
    }

    private static String body(HttpResponse<String> response) {
        if (response.statusCode() != 200) {
            throw new IllegalStateException(response.statusCode() + ": " + response.body());
        }
        return response.body().replace("\" : ", "\":").replace("\": ", "\":");
    }

    /** Makes a request of a client: makes the request for one instance's path. */
    @FunctionalInterface
    private interface RequestTo {
        HttpRequest.Builder path(URI path);
    }

    /** Asks one instance after the other until one answers, and waits where it is told to. */
    private HttpResponse<String> send(RequestTo request) throws InterruptedException {
        for (int turn = ThreadLocalRandom.current().nextInt(instances.size()); ; turn++) {
            URI path = instances.get(turn % instances.size()).address().resolve(PATH);
            long start = System.nanoTime();
            try {
                HttpResponse<String> response = http.send(
                        request.path(path).timeout(Duration.ofSeconds(20)).build(),
                        HttpResponse.BodyHandlers.ofString());
                latencies.add(System.nanoTime() - start);
                if (response.statusCode() == 429) {
                    TimeUnit.MILLISECONDS.sleep(500);
                } else if (response.statusCode() >= 500) {
                    serverErrors.incrementAndGet();
                    TimeUnit.MILLISECONDS.sleep(200);
                } else {
                    return response;
                }
            } catch (IOException e) {
                // The instance is down: what this is about. The other one is asked.
                unanswered.incrementAndGet();
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }
    }

    private int killInTurns(int tasks, AtomicBoolean allEnded) throws InterruptedException {
        int between = Math.min(TASKS_BETWEEN_KILLS, tasks / 2);
        int kills = 0;
        while (!allEnded.get()) {
            if (ended.size() < (kills + 1) * between) {
                TimeUnit.MILLISECONDS.sleep(10);
            } else {
                TaskServer instance = instances.get(kills % instances.size());
                instance.kill();
                kills++;
                TimeUnit.MILLISECONDS.sleep(500);
                instance.start();
            }
        }
        return kills;
    }

    private static <T> T join(Future<T> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the load broke off", e.getCause());
        }
    }

    /** Runs it with a store and sources of its own, and prints the numbers. */
    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        List<String> rest = Arrays.asList(arguments);
        int tasks = rest.contains("--tasks") ? Integer.parseInt(rest.get(rest.indexOf("--tasks") + 1)) : 500;
        boolean kill = !rest.contains("--calm");
        Path folder = Files.createTempDirectory("task-load");
        Outcome outcome = withServers(List.of(arguments[0]), folder, tasks, kill);
        out.printf(
                "%d tasks on 4 sources through 2 instances (%d kills): %.1f s, %.1f tasks/s%n",
                outcome.created().size(),
                outcome.kills(),
                outcome.seconds(),
                outcome.created().size() / outcome.seconds());
        out.printf(
                "API meanwhile: %d answers, median %.1f ms, p99 %.1f ms; %d requests without an answer, %d answers 5xx%n",
                outcome.answers(), outcome.p50(), outcome.p99(), outcome.unanswered(), outcome.serverErrors());
        out.printf(
                "ended: %d, lost: %d, ended twice: %d%n",
                outcome.ended().size(),
                outcome.created().size() - outcome.ended().size(),
                outcome.changed().size());
        FileTrees.delete(folder);
        System.exit(
                outcome.ended().size() == outcome.created().size()
                                && outcome.changed().isEmpty()
                        ? 0
                        : 1);
    }

    /**
     * The same with a store on MySQL 8.0 and four sources of different releases, all started for it.
     *
     * @param program how {@code mysql-preflight} is called
     * @param folder for configuration files and logs
     */
    public static Outcome withServers(List<String> program, Path folder, int tasks, boolean kill) throws Exception {
        try (TestServer store = TestServer.of(Release.MYSQL_8_0)
                        .with("max_connections", "200")
                        .start();
                TestServer first = TestServer.of(Release.MYSQL_5_7).start();
                TestServer second = TestServer.of(Release.MYSQL_5_7).start();
                TestServer third = TestServer.of(Release.MYSQL_8_0).start();
                TestServer fourth = TestServer.of(Release.MYSQL_8_0).start()) {
            store.execute("CREATE DATABASE preflight");
            List<String> sources = new ArrayList<>();
            for (TestServer source : List.of(first, second, third, fourth)) {
                source.execute("CREATE DATABASE shop");
                source.execute("CREATE TABLE shop.customer (id INT PRIMARY KEY)");
                source.createMigrationAccount("mig", "secret");
                sources.add(source.uri("mig", "secret"));
            }
            List<String> configuration = List.of(
                    "store: jdbc:mysql://127.0.0.1:" + store.port() + "/preflight?sslMode=DISABLED",
                    "store-user: root",
                    "sources: [127.0.0.0/8]",
                    "limits:",
                    "  queue: 10000");
            Map<String, String> environment =
                    Map.of("MYSQL_PREFLIGHT_KEY", "YSBrZXkgdG8gdHJ5IHRoaW5ncyBvdXQgd2l0aCwgMzI=");
            try (TaskServer one = TaskServer.of(program, folder, "one", configuration, environment);
                    TaskServer two = TaskServer.of(program, folder, "two", configuration, environment)) {
                one.start();
                two.start();
                return run(List.of(one, two), sources, tasks, 8, kill);
            }
        }
    }
}
