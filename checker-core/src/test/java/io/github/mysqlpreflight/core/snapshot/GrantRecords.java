/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.snapshot;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What real servers answered, recorded in test resources. */
final class GrantRecords {

    static final List<String> SERVERS =
            List.of("mysql-5.6.14", "mysql-5.7.22", "mysql-8.0.15", "mysql-9.7.4", "mariadb-10.11.19");

    private GrantRecords() {}

    static List<String> file(String folder, String server) {
        String name = folder + "/" + server + ".txt";
        try (InputStream input = requireNonNull(GrantRecords.class.getResourceAsStream(name), name)) {
            return new String(input.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The SHOW GRANTS lines of each account on this server. */
    static Map<String, List<String>> accounts(String server) {
        Map<String, List<String>> accounts = new LinkedHashMap<>();
        List<String> lines = new ArrayList<>();
        for (String line : file("grants", server)) {
            if (line.startsWith("## ")) {
                lines = new ArrayList<>();
                accounts.put(line.substring(3), lines);
            } else {
                lines.add(line);
            }
        }
        return accounts;
    }

    static Grants account(String server, String name) {
        return GrantParser.parse(requireNonNull(accounts(server).get(name), name));
    }

    static GrantRules rules(String server) {
        return server.startsWith("mariadb") ? GrantRules.mariaDb(0) : GrantRules.mysql(0);
    }
}
