/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.check;

import static java.util.Objects.requireNonNull;

import io.github.mysqlpreflight.core.snapshot.FactKey;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What a check says of itself: the one text that explain, the catalogue page and reports show.
 *
 * @param id {@code group.name} in kebab case; a public interface that never changes meaning
 * @param since the version of this tool that brought it
 * @param title what is verified, in words, without a full stop
 * @param why what goes wrong when it is missed
 * @param fix what to do, in general; a finding has the statement for its own object
 * @param links manual pages and issues the rule comes from
 * @param effects what its findings can mean
 * @param needs the facts of the source it cannot do without; one that is not known makes it unknown
 * @param targetNeeds the facts of the target it cannot do without where the plan names one
 * @param uses the facts of the source that it looks at where they are known: read for it, but no reason to be unknown
 * @param targetUses the facts of the target that it looks at where they are known
 * @param versions the sources it concerns, for a person to read, such as {@code MySQL 8.0.20 and newer}; empty for all
 * @param privileges what the account has to hold for it to be judged, for a person to read; empty for none
 */
public record CheckInfo(
        String id,
        String since,
        String title,
        String why,
        String fix,
        List<String> links,
        Set<Effect> effects,
        List<FactKey<?>> needs,
        List<FactKey<?>> targetNeeds,
        List<FactKey<?>> uses,
        List<FactKey<?>> targetUses,
        String versions,
        String privileges) {
    public CheckInfo {
        requireNonNull(since, "since is null");
        requireNonNull(versions, "versions is null");
        requireNonNull(privileges, "privileges is null");
        validateId(id);
        categoryOf(id);
        if (title.isBlank() || title.endsWith(".")) {
            throw new IllegalArgumentException(id + ": a title is there and has no full stop");
        }
        if (why.isBlank() || fix.isBlank() || links.isEmpty() || effects.isEmpty()) {
            throw new IllegalArgumentException(id + ": why, fix, links and effects have to be there");
        }
        links = List.copyOf(links);
        effects = Set.copyOf(effects);
        needs = List.copyOf(needs);
        targetNeeds = List.copyOf(targetNeeds);
        uses = List.copyOf(uses);
        targetUses = List.copyOf(targetUses);
    }

    /** The facts to read of the source for it: those it needs, then those it uses. */
    public List<FactKey<?>> facts() {
        return joined(needs, uses);
    }

    /** The facts to read of the target for it: those it needs, then those it uses. */
    public List<FactKey<?>> targetFacts() {
        return joined(targetNeeds, targetUses);
    }

    private static List<FactKey<?>> joined(List<FactKey<?>> first, List<FactKey<?>> second) {
        List<FactKey<?>> all = new ArrayList<>(first);
        all.addAll(second);
        return List.copyOf(all);
    }

    /** What reading its facts costs the source: that of the dearest one. */
    public FactKey.Cost cost() {
        FactKey.Cost dearest = FactKey.Cost.STATEMENT;
        for (FactKey<?> key : facts()) {
            dearest = key.cost().compareTo(dearest) > 0 ? key.cost() : dearest;
        }
        return dearest;
    }

    /** Whether one of its findings could keep the method from being used; what it cannot see then leaves the method unverified. */
    public boolean canBlock(Method method) {
        for (Effect effect : effects) {
            if (effect.blocks(method)) {
                return true;
            }
        }
        return false;
    }

    /** The group it belongs to. */
    public Category category() {
        return categoryOf(id);
    }

    private static Category categoryOf(String id) {
        String group = id.substring(0, id.indexOf('.'));
        for (Category category : Category.values()) {
            if (category.group().equals(group)) {
                return category;
            }
        }
        throw new IllegalArgumentException(id + ": there is no group " + group);
    }

    private static void validateId(String id) {
        int dot = id.indexOf('.');
        boolean wellFormed = dot > 0 && dot < id.length() - 1 && id.indexOf('.', dot + 1) < 0 && !id.endsWith("-");
        for (int i = 0; i < id.length(); i++) {
            char character = id.charAt(i);
            wellFormed &= (character >= 'a' && character <= 'z')
                    || (character >= '0' && character <= '9')
                    || (character == '-' && i > 0 && id.charAt(i - 1) != '-' && id.charAt(i - 1) != '.')
                    || character == '.';
        }
        if (!wellFormed) {
            throw new IllegalArgumentException(id + " is not group.name in kebab case");
        }
    }

    /** Starts the description of a check. */
    public static Builder of(String id, String title) {
        return new Builder(id, title);
    }

    /** Collects the parts; what is left out is an error where it has to be there. */
    public static final class Builder {
        private final String id;
        private final String title;
        private String since = "1.0";
        private String why = "";
        private String fix = "";
        private String versions = "";
        private String privileges = "";
        private final List<String> links = new ArrayList<>();
        private final Set<Effect> effects = EnumSet.noneOf(Effect.class);
        private final List<FactKey<?>> needs = new ArrayList<>();
        private final List<FactKey<?>> targetNeeds = new ArrayList<>();
        private final List<FactKey<?>> uses = new ArrayList<>();
        private final List<FactKey<?>> targetUses = new ArrayList<>();

        private Builder(String id, String title) {
            this.id = requireNonNull(id, "id is null");
            this.title = requireNonNull(title, "title is null");
        }

        public Builder since(String version) {
            this.since = version;
            return this;
        }

        public Builder why(String text) {
            this.why = text;
            return this;
        }

        public Builder fix(String text) {
            this.fix = text;
            return this;
        }

        public Builder links(String... addresses) {
            links.addAll(List.of(addresses));
            return this;
        }

        public Builder effects(Effect... possible) {
            effects.addAll(List.of(possible));
            return this;
        }

        public Builder needs(FactKey<?>... keys) {
            needs.addAll(List.of(keys));
            return this;
        }

        public Builder targetNeeds(FactKey<?>... keys) {
            targetNeeds.addAll(List.of(keys));
            return this;
        }

        public Builder uses(FactKey<?>... keys) {
            uses.addAll(List.of(keys));
            return this;
        }

        public Builder targetUses(FactKey<?>... keys) {
            targetUses.addAll(List.of(keys));
            return this;
        }

        public Builder versions(String text) {
            this.versions = text;
            return this;
        }

        public Builder privileges(String text) {
            this.privileges = text;
            return this;
        }

        public CheckInfo build() {
            return new CheckInfo(
                    id,
                    since,
                    title,
                    why,
                    fix,
                    links,
                    effects,
                    needs,
                    targetNeeds,
                    uses,
                    targetUses,
                    versions,
                    privileges);
        }
    }
}
