/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.http;

import io.github.mysqlpreflight.core.snapshot.ServerVersion;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The series of MySQL with long-term support, which a major version alone stands for. They stand in a file beside this class. */
final class LongTermSeries {
    private static final String FILE = "long-term-series.txt";
    private static final List<ServerVersion> ALL = read();

    private LongTermSeries() {}

    /** The newest series of that major version; null where it has none. */
    static @Nullable ServerVersion newestOfMajor(int major) {
        ServerVersion newest = null;
        for (ServerVersion series : ALL) {
            if (series.major() == major && (newest == null || series.compareTo(newest) > 0)) {
                newest = series;
            }
        }
        return newest;
    }

    private static List<ServerVersion> read() {
        List<ServerVersion> all = new ArrayList<>();
        InputStream file = LongTermSeries.class.getResourceAsStream(FILE);
        if (file == null) {
            throw new IllegalStateException(FILE + " is missing");
        }
        try (BufferedReader in = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    all.add(ServerVersion.parse(line.strip()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(all);
    }
}
