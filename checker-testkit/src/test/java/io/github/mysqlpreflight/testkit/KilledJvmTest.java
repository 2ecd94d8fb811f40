/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NeedsServer(Release.MYSQL_5_7)
final class KilledJvmTest {
    /** A JVM that starts a server, names its data directory and never ends by itself. */
    static final class Victim {
        private Victim() {}

        public static void main(String[] arguments) throws InterruptedException {
            TestServer server = TestServer.of(Release.MYSQL_5_7).start();
            System.out.println(server.dataDirectory());
            new CountDownLatch(1).await();
        }
    }

    @Test
    void serverAndDataGoWithTheJvm(@TempDir Path run) throws IOException, InterruptedException {
        assumeTrue(Lane.current() == Lane.EMBEDDED, "a container goes with Ryuk, or when the next JVM starts a server");
        Process victim = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-Dpreflight.testkit.cache=" + Cache.root(),
                        "-Dpreflight.testkit.run=" + run.resolve("r"),
                        Victim.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader output = victim.inputReader(StandardCharsets.UTF_8);
        Path data = Path.of(output.readLine());
        long pid = Long.parseLong(
                Files.readString(data.resolveSibling(EmbeddedServer.PID_FILE)).strip());
        assertThat(ProcessHandle.of(pid)).isPresent();

        Path directoryOfTheVictim = data.resolve("../..").normalize();

        victim.destroyForcibly().waitFor();

        Instant deadline = Instant.now().plus(Duration.ofSeconds(20));
        while (Instant.now().isBefore(deadline)
                && (ProcessHandle.of(pid).isPresent() || Files.exists(directoryOfTheVictim))) {
            Thread.sleep(50);
        }
        assertThat(ProcessHandle.of(pid)).isEmpty();
        assertThat(directoryOfTheVictim).doesNotExist();
    }
}
