/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.engine;

import io.github.mysqlpreflight.core.check.Category;
import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.CheckProvider;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All checks there are, by category and id. Immutable. */
public final class CheckRegistry {
    private final List<Check> checks;

    private CheckRegistry(List<Check> checks) {
        this.checks = List.copyOf(checks);
    }

    /**
     * The checks of the providers on the class path.
     *
     * @throws IllegalStateException when an id occurs twice or stands in a foreign category
     */
    public static CheckRegistry installed() {
        List<CheckProvider> providers = new ArrayList<>();
        for (CheckProvider provider : ServiceLoader.load(CheckProvider.class)) {
            providers.add(provider);
        }
        return of(providers);
    }

    /**
     * The checks of the given providers.
     *
     * @throws IllegalStateException when an id occurs twice or stands in a foreign category
     */
    public static CheckRegistry of(Collection<CheckProvider> providers) {
        List<Check> checks = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (Category category : Category.values()) {
            List<Check> ofCategory = new ArrayList<>();
            for (CheckProvider provider : providers) {
                if (provider.category() == category) {
                    ofCategory.addAll(provider.checks());
                }
            }
            ofCategory.sort((a, b) -> a.info().id().compareTo(b.info().id()));
            for (Check check : ofCategory) {
                String id = check.info().id();
                if (check.info().category() != category) {
                    throw new IllegalStateException(id + " is listed in the category " + category.group());
                }
                if (!ids.add(id)) {
                    throw new IllegalStateException("two checks are called " + id);
                }
            }
            checks.addAll(ofCategory);
        }
        return new CheckRegistry(checks);
    }

    /** All checks, by category and id. */
    public List<Check> all() {
        return checks;
    }

    /** The check of that id, or null. */
    public @Nullable Check find(String id) {
        for (Check check : checks) {
            if (check.info().id().equals(id)) {
                return check;
            }
        }
        return null;
    }

    /**
     * The checks that a user wants to be made. A check that every run needs ({@link #isEssential}) is always among them.
     *
     * @param included ids or groups; empty for all
     * @param excluded ids or groups to leave out of those
     * @throws UnknownCheckException when a name is neither an id nor a group
     */
    public List<Check> select(Collection<String> included, Collection<String> excluded) {
        Set<String> unknown = new LinkedHashSet<>(included);
        unknown.addAll(excluded);
        List<Check> selected = new ArrayList<>();
        for (Check check : checks) {
            String id = check.info().id();
            String group = check.info().category().group();
            unknown.remove(id);
            unknown.remove(group);
            boolean in = included.isEmpty() || included.contains(id) || included.contains(group);
            boolean out = excluded.contains(id) || excluded.contains(group);
            if (isEssential(id) || (in && !out)) {
                selected.add(check);
            }
        }
        if (!unknown.isEmpty()) {
            throw new UnknownCheckException(unknown.iterator().next(), checks);
        }
        return selected;
    }

    /** Whether every run makes that check: without a connection, to either side, nothing else can be said. */
    public static boolean isEssential(String id) {
        return id.equals("conn.source") || id.equals("tgt.connection");
    }
}
