/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.testkit;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * One running server for each release and settings in this JVM, for tests that leave no trace other than their own schemas and
 * accounts. Started at first use, several side by side when asked for from several threads, stopped at the end of the JVM.
 */
public final class SharedServers {
    private static final ConcurrentMap<Key, CompletableFuture<TestServer>> SERVERS = new ConcurrentHashMap<>();

    private SharedServers() {}

    private record Key(Release release, Settings settings) {}

    /**
     * The shared server of this release with default settings. Closing it does nothing. With other settings:
     * {@link TestServer.Builder#shared()}.
     */
    public static TestServer get(Release release) {
        return TestServer.of(release).shared();
    }

    static TestServer get(Release release, Settings settings) {
        Requirements.require(release);
        CompletableFuture<TestServer> mine = new CompletableFuture<>();
        CompletableFuture<TestServer> earlier = SERVERS.putIfAbsent(new Key(release, settings), mine);
        if (earlier != null) {
            return result(earlier);
        }
        try {
            mine.complete(TestServer.launch(release, settings, true));
        } catch (RuntimeException | Error e) {
            mine.completeExceptionally(e);
        }
        return result(mine);
    }

    private static TestServer result(CompletableFuture<TestServer> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            throw new ServerStartException("a shared server could not be started: " + e.getMessage(), e);
        }
    }
}
