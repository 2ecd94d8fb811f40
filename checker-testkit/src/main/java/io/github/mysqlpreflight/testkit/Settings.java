/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.testkit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiPredicate;

/**
 * What a test wants differently from the defaults, by option name; an empty value takes a default away. Names are canonical
 * (lower case, underscores), so that equal wishes are equal settings.
 */
record Settings(Map<String, Optional<String>> changes) {
    static final Settings NONE = new Settings(Map.of());

    /** The testkit itself decides about these. */
    private static final Set<String> RESERVED =
            Set.of("basedir", "datadir", "port", "socket", "pid_file", "log_error", "user");

    /** Options that a data directory is made with and that cannot change afterwards. */
    private static final List<String> INITIALISATION = List.of(
            "lower_case_table_names",
            "innodb_page_size",
            "innodb_data_file_path",
            "innodb_undo_tablespaces",
            "character_set_server",
            "collation_server");

    /** For some hundred tables and fewer connections. What a server would reserve takes up to 400 MB and half the time of its start. */
    private static final Map<String, String> PERFORMANCE_SCHEMA = Map.ofEntries(
            Map.entry("performance_schema_accounts_size", "50"),
            Map.entry("performance_schema_digests_size", "200"),
            Map.entry("performance_schema_events_stages_history_long_size", "100"),
            Map.entry("performance_schema_events_statements_history_long_size", "100"),
            Map.entry("performance_schema_events_waits_history_long_size", "100"),
            Map.entry("performance_schema_hosts_size", "50"),
            Map.entry("performance_schema_max_cond_instances", "500"),
            Map.entry("performance_schema_max_file_instances", "1000"),
            Map.entry("performance_schema_max_mutex_instances", "2000"),
            Map.entry("performance_schema_max_rwlock_instances", "2000"),
            Map.entry("performance_schema_max_table_handles", "500"),
            Map.entry("performance_schema_max_table_instances", "500"),
            Map.entry("performance_schema_max_thread_instances", "150"),
            Map.entry("performance_schema_users_size", "50"));

    Settings {
        changes = Collections.unmodifiableMap(new TreeMap<>(changes));
    }

    Settings with(String name, String value) {
        return change(name, Optional.of(value));
    }

    Settings without(String name) {
        return change(name, Optional.empty());
    }

    private Settings change(String name, Optional<String> value) {
        String canonical = canonical(name);
        if (RESERVED.contains(canonical)) {
            throw new IllegalArgumentException("the testkit itself sets " + canonical);
        }
        Map<String, Optional<String>> changed = new TreeMap<>(changes);
        changed.put(canonical, value);
        return new Settings(changed);
    }

    /** The changes that hold. */
    Settings keeping(BiPredicate<String, Optional<String>> wanted) {
        Map<String, Optional<String>> kept = new TreeMap<>(changes);
        kept.entrySet().removeIf(change -> !wanted.test(change.getKey(), change.getValue()));
        return new Settings(kept);
    }

    /** Whether the option belongs to the start of a server, although it may be possible to set the variable later. */
    static boolean isForStart(String name) {
        return INITIALISATION.contains(name) || name.equals("gtid_mode") || name.equals("enforce_gtid_consistency");
    }

    /** Whether a wish turns this switch on. */
    boolean turnsOn(String name) {
        Optional<String> value = changes.getOrDefault(name, Optional.empty());
        if (value.isEmpty()) {
            return false;
        }
        String word = value.get().toUpperCase(Locale.ROOT);
        return word.equals("ON") || word.equals("1") || word.equals("TRUE") || word.isEmpty();
    }

    /** Command line options for a start, defaults first. */
    List<String> startOptions(Release release) {
        Map<String, String> options = new TreeMap<>(defaults(release));
        changes.forEach((name, value) -> {
            if (value.isPresent()) {
                options.put(name, value.get());
            } else {
                options.remove(name);
            }
        });
        if (options.containsKey("skip_log_bin") || options.containsKey("disable_log_bin")) {
            options.remove("log_bin");
        }
        return commandLine(options);
    }

    /** Command line options for making the data directory; equal lists can share one template. */
    List<String> initialisationOptions() {
        Map<String, String> options = new TreeMap<>();
        for (String name : INITIALISATION) {
            changes.getOrDefault(name, Optional.empty()).ifPresent(value -> options.put(name, value));
        }
        return commandLine(options);
    }

    /** Small and fast; whatever a server decides by itself is left to it, as long as that costs neither time nor memory. */
    private static Map<String, String> defaults(Release release) {
        Map<String, String> options = new TreeMap<>();
        options.put("innodb_buffer_pool_size", "64M");
        options.put("innodb_flush_log_at_trx_commit", "0");
        options.put("innodb_use_native_aio", "OFF");
        options.put(redoLogOption(release), redoLogSize(release));
        options.put("log_bin", "binlog");
        options.put("server_id", Integer.toString(ThreadLocalRandom.current().nextInt(1_000, Integer.MAX_VALUE)));
        options.put("sync_binlog", "0");
        if (release != Release.MYSQL_5_6 && !release.isMariaDb()) {
            // Packages have another default, a directory that is not here.
            options.put("secure_file_priv", "NULL");
        }
        if (release.isMysql8OrNewer()) {
            options.put("mysqlx", "OFF");
        }
        if (!release.isMariaDb()) {
            options.putAll(PERFORMANCE_SCHEMA);
        }
        return options;
    }

    /** The option that a data directory is made with, so that its redo log is not made anew at the first start. */
    static String redoLog(Release release) {
        return "--" + redoLogOption(release).replace('_', '-') + "=" + redoLogSize(release);
    }

    private static String redoLogOption(Release release) {
        return switch (release) {
            case MYSQL_5_6, MYSQL_5_7, MYSQL_8_0, MARIADB_10_11 -> "innodb_log_file_size";
            case MYSQL_8_4, MYSQL_9_7 -> "innodb_redo_log_capacity";
        };
    }

    private static String redoLogSize(Release release) {
        return switch (release) {
            case MYSQL_5_6, MYSQL_5_7, MYSQL_8_0, MARIADB_10_11 -> "8M";
            case MYSQL_8_4, MYSQL_9_7 -> "16M";
        };
    }

    private static List<String> commandLine(Map<String, String> options) {
        List<String> line = new ArrayList<>();
        options.forEach((name, value) -> {
            String dashed = name.replace('_', '-');
            line.add(value.isEmpty() ? "--" + dashed : "--" + dashed + "=" + value);
        });
        return List.copyOf(line);
    }

    private static String canonical(String name) {
        String canonical = name.toLowerCase(Locale.ROOT).replace('-', '_');
        while (canonical.startsWith("_")) {
            canonical = canonical.substring(1);
        }
        if (canonical.isEmpty()) {
            throw new IllegalArgumentException("an option needs a name");
        }
        return canonical;
    }
}
