/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.cli;

import io.github.mysqlpreflight.testkit.Release;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A state of a server with problems that the written fixes have to mend. Unless it says otherwise: GTIDs are on, there is a
 * database {@code shop} with one table in order, account {@code mig} has all that a migration needs, and once mended the
 * verdict is Replication.
 */
final class FixCase {
    final Release release;
    final String name;
    final Map<String, String> settings = new LinkedHashMap<>();
    final Map<String, String> targetSettings = new LinkedHashMap<>();
    final List<String> sql = new ArrayList<>();
    final List<String> targetSql = new ArrayList<>();
    final List<String> arguments = new ArrayList<>();
    final Set<String> mends = new TreeSet<>();

    List<String> grants =
            List.of("SELECT, RELOAD, PROCESS, REPLICATION SLAVE, REPLICATION CLIENT, SHOW VIEW, EVENT, TRIGGER ON *.*");

    @Nullable
    Release target;

    String method = "replication";

    private FixCase(Release release, String name) {
        this.release = release;
        this.name = name;
        with("log_slave_updates", "ON");
        if (!release.isMariaDb()) {
            with("gtid_mode", "ON").with("enforce_gtid_consistency", "ON");
        }
    }

    static FixCase on(Release release, String name) {
        return new FixCase(release, name);
    }

    /** An option that the source starts with. */
    FixCase with(String option, String value) {
        settings.put(option, value);
        return this;
    }

    /** Statements of root on the source that make the mess. */
    FixCase sql(String... statements) {
        sql.addAll(List.of(statements));
        return this;
    }

    /** What the account holds instead, each as it stands behind GRANT. */
    FixCase grants(String... some) {
        grants = List.of(some);
        return this;
    }

    /** Further arguments of the check. */
    FixCase arguments(String... more) {
        arguments.addAll(List.of(more));
        return this;
    }

    /** A target that starts with those options (name, value, name, value), read as root. */
    FixCase target(Release other, String... options) {
        target = other;
        for (int i = 0; i < options.length; i += 2) {
            targetSettings.put(options[i], options[i + 1]);
        }
        return this;
    }

    /** Statements of root on the target that make the mess. */
    FixCase targetSql(String... statements) {
        targetSql.addAll(List.of(statements));
        return this;
    }

    /** These checks find something at first, or cannot be judged, and SQL mends it. */
    FixCase mends(String... ids) {
        mends.addAll(List.of(ids));
        return this;
    }

    /** What is recommended once that is mended. */
    FixCase then(String recommended) {
        method = recommended;
        return this;
    }

    @Override
    public String toString() {
        return release + ": " + name;
    }
}
