/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.http;

import io.github.mysqlpreflight.server.access.SourceGate;
import io.github.mysqlpreflight.server.access.Tokens;
import io.github.mysqlpreflight.server.config.AllowedSources;
import io.github.mysqlpreflight.server.config.Limits;
import io.github.mysqlpreflight.server.config.Profile;
import io.github.mysqlpreflight.server.config.ServerSettings;
import io.github.mysqlpreflight.server.config.StoreSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A server to look at by hand: {@code java … DemoServer PORT}. Its tasks stay queued. */
public final class DemoServer {
    private DemoServer() {}

    public static void main(String[] arguments) throws InterruptedException {
        ServerSettings settings = new ServerSettings(
                "127.0.0.1",
                Integer.parseInt(arguments[0]),
                null,
                false,
                new StoreSettings(Path.of("unused"), null, null, null, null, null),
                Map.of("mysql", Profile.standard()),
                AllowedSources.any(),
                List.of(),
                Limits.defaults());
        try (HttpServer server = HttpServer.start(
                settings,
                new MemoryTasks(),
                Tokens.of(settings.tokens()),
                SourceGate.of(settings.sources(), settings.services()),
                new ServerMetrics())) {
            System.out.println(server.address());
            TimeUnit.DAYS.sleep(1);
        }
    }
}
