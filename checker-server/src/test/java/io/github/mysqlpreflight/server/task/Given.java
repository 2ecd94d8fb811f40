/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.core.source.Password;
import io.github.mysqlpreflight.core.source.SourceUri;
import io.github.mysqlpreflight.server.config.Limits;
import io.github.mysqlpreflight.server.config.StoreSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/** What the tests of the tasks have in common. */
final class Given {
    static final String SERVICE = "mysql";
    static final String PASSWORD = "s3cret-Passwort-4711";
    static final Password KEY = Password.of("MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=");
    static final Password OTHER_KEY = Password.of("MTEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=");

    private Given() {}

    static StoreSettings embedded(Path directory) {
        return new StoreSettings(directory, null, null, null, null, null);
    }

    static StoreSettings database(String url, String user, String password) {
        return new StoreSettings(null, url, user, Password.of(password), null, KEY);
    }

    static Limits limits(int tasksAtOnce, int tasksPerSource, int queue, Duration taskTime, Duration keep) {
        return new Limits(tasksAtOnce, tasksPerSource, queue, 65_536, 64, taskTime, keep);
    }

    static Limits limits() {
        return limits(4, 4, 1_000, Duration.ofMinutes(3), Duration.ofDays(30));
    }

    /** A killed instance's task is taken over after 2 to 3 seconds. */
    static Tuning quick() {
        return sweepingEvery(Duration.ofMinutes(15));
    }

    static Tuning sweepingEvery(Duration sweep) {
        return new Tuning(
                Duration.ofMillis(200),
                Duration.ofMillis(500),
                Duration.ofMillis(100),
                Duration.ofSeconds(10),
                Duration.ofMillis(500),
                Duration.ofMillis(200),
                sweep);
    }

    static TaskRequest request(String project, SourceUri source, String... ignored) {
        return new TaskRequest(
                project, SERVICE, TaskType.MIGRATION_CHECK, source, List.of(ignored), null, null, "the tester");
    }

    /** A source that nobody connects to; the first ignored database tells {@link Script} what to do. */
    static TaskRequest request(String project, String... ignored) {
        return request(
                project, SourceUri.parse("mysql://mig:" + PASSWORD + "@db1.example:3306/?ssl-mode=DISABLED"), ignored);
    }

    static String project() {
        return "project-" + UUID.randomUUID();
    }

    static Task ended(Tasks tasks, Task task) {
        return ended(tasks, task, Duration.ofMinutes(3));
    }

    static Task ended(Tasks tasks, Task task, Duration time) {
        return in(tasks, task, TaskState.ENDED, time);
    }

    static Task running(Tasks tasks, Task task) {
        return in(tasks, task, TaskState.RUNNING, Duration.ofMinutes(3));
    }

    private static Task in(Tasks tasks, Task task, TaskState state, Duration time) {
        long deadline = System.nanoTime() + time.toNanos();
        Task now = tasks.find(task.project(), task.service(), task.id());
        while (now.state() != state) {
            assertThat(System.nanoTime()).as("%s in time", state).isLessThan(deadline);
            sleep(10);
            now = tasks.find(task.project(), task.service(), task.id());
        }
        return now;
    }

    static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofMinutes(3).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            sleep(10);
        }
    }

    static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
