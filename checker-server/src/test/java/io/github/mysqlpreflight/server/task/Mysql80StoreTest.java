/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mysqlpreflight.core.source.Password;
import io.github.mysqlpreflight.server.config.StoreSettings;
import io.github.mysqlpreflight.testkit.NeedsServer;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SharedServers;
import io.github.mysqlpreflight.testkit.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@NeedsServer(Release.MYSQL_8_0)
final class Mysql80StoreTest extends StoreContract {
    private MysqlStore store;

    @BeforeAll
    void open() {
        store = MysqlStore.on(Release.MYSQL_8_0);
    }

    @Override
    Rows rows() {
        return store.rows();
    }

    @Override
    StoreSettings settings(@Nullable Password key) {
        return store.settings(key);
    }

    @Test
    void taskIsCancelledWhereverItRuns() throws QueueFullException {
        Script first = new Script();
        Script second = new Script();
        try (TaskEngine one = TaskEngine.start(settings(), Given.limits(), first, Given.quick());
                TaskEngine other = TaskEngine.start(settings(), Given.limits(), second, Given.quick())) {
            Task task = Given.running(one, one.create(Given.request("shared", "wait")));
            Given.await("a run", () -> first.begun.get() + second.begun.get() == 1);
            boolean atOne = first.begun.get() == 1;
            assertThat((atOne ? other : one).delete("shared", "mysql", task.id()))
                    .isEqualTo(Deletion.CANCELLED);
            Given.await("an interrupt", () -> (atOne ? first : second).interrupted);
            Given.await("an empty queue", () -> executions() == 0);
            assertThat(one.find("shared", "mysql", task.id()).success()).isFalse();
        }
    }

    @Test
    void instancesMayStartAtTheSameMomentOnAnEmptyDatabase() {
        for (int round = 0; round < 3; round++) {
            StoreSettings empty = MysqlStore.on(Release.MYSQL_8_0).settings(Given.KEY);
            List<CompletableFuture<TaskEngine>> starting = new ArrayList<>();
            for (int instance = 0; instance < 4; instance++) {
                starting.add(CompletableFuture.supplyAsync(
                        () -> TaskEngine.start(empty, Given.limits(), new Script(), Given.quick()),
                        command -> new Thread(command).start()));
            }
            for (CompletableFuture<TaskEngine> started : starting) {
                started.join().close();
            }
        }
    }

    @Test
    void tablesThatAKilledInstanceMadeHalfwayAreCompleted() throws QueueFullException {
        MysqlStore own = MysqlStore.on(Release.MYSQL_8_0);
        TaskEngine.start(own.settings(Given.KEY), Given.limits(), new Script(), Given.quick())
                .close();
        SharedServers.get(Release.MYSQL_8_0)
                .execute(
                        "DROP TABLE " + own.user() + ".preflight_execution, " + own.user() + ".preflight_document",
                        "DELETE FROM " + own.user() + ".preflight_schema_history");

        try (TaskEngine engine =
                TaskEngine.start(own.settings(Given.KEY), Given.limits(), new Script(), Given.quick())) {
            assertThat(Given.ended(engine, engine.create(Given.request("p"))).success())
                    .isTrue();
        }
    }

    @Test
    void databaseThatGoesAwayAndComesBackLosesNothing() throws QueueFullException {
        TestServer server = SharedServers.get(Release.MYSQL_8_0);
        MysqlStore own = MysqlStore.on(Release.MYSQL_8_0);
        Script script = new Script();
        try (TaskEngine engine = TaskEngine.start(own.settings(Given.KEY), Given.limits(), script, Given.quick())) {
            Task task = Given.running(engine, engine.create(Given.request("p", "wait")));
            server.execute("ALTER USER '" + own.user() + "'@'%' ACCOUNT LOCK");
            for (List<String> row :
                    server.query("SELECT ID FROM information_schema.PROCESSLIST WHERE USER = '" + own.user() + "'")) {
                server.execute("KILL " + row.get(0));
            }
            assertThatThrownBy(() -> engine.find("p", "mysql", task.id()))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessage("the task could not be read")
                    .hasMessageNotContaining("SELECT");
            script.gate.release();
            server.execute("ALTER USER '" + own.user() + "'@'%' ACCOUNT UNLOCK");
            Given.await("the end", () -> hasEndedWell(engine, task));
        }
    }

    /** A connection that was cut is found out when it is used, at the cost of who uses it. */
    private static boolean hasEndedWell(TaskEngine engine, Task task) {
        try {
            return Boolean.TRUE.equals(engine.find("p", "mysql", task.id()).success());
        } catch (StoreUnavailableException e) {
            return false;
        }
    }
}
