/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.obj;

import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.CheckInfo;
import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.check.ObjectRef.Side;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.check.Selection;
import io.github.mysqlpreflight.core.check.Server;
import io.github.mysqlpreflight.core.check.Spelling;
import io.github.mysqlpreflight.core.snapshot.AccountGrants;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Schemas;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something is left to migrate, and every name that is left out is one. */
final class ObjSelection implements Check {
    /** A suggestion compares a name with every database; so many names get one. */
    private static final int MOST_SUGGESTIONS = 100;

    private static final CheckInfo INFO = CheckInfo.of(
                    "obj.selection", "There are databases to migrate, and every ignored one exists")
            .why("A migration of nothing ends well and copies nothing. A misspelt name leaves nothing out: the database"
                    + " that was meant is migrated.")
            .fix("Correct the names of --ignore-dbs; let the account see the databases.")
            .links("https://dev.mysql.com/doc/refman/8.4/en/identifier-case-sensitivity.html")
            .effects(Effect.BLOCKS_MIGRATION, Effect.WARNING)
            .needs(Facts.SCHEMAS, Facts.VARIABLES)
            .build();

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public Outcome inspect(Snapshot source, Plan plan) {
        Selection selection = Selection.of(source, plan);
        List<String> databases = userDatabases(source);
        List<Finding> findings = new ArrayList<>();
        if (selection.databases().isEmpty()) {
            findings.add(databases.isEmpty() ? nothingThere(source) : allIgnored(databases.size()));
        }
        Collections.sort(databases);
        int suggested = 0;
        for (String name : selection.unknownIgnored()) {
            String nearest = suggested++ < MOST_SUGGESTIONS ? Spelling.nearest(name, databases) : null;
            findings.add(unknown(name, nearest, Boolean.TRUE.equals(seesAll(source)), selection));
        }
        return Outcome.of(findings);
    }

    private static List<String> userDatabases(Snapshot source) {
        Server server = Server.of(source);
        List<String> databases = new ArrayList<>();
        for (Schemas.Schema schema : source.get(Facts.SCHEMAS).list()) {
            if (!Selection.isSystem(schema.name(), server)) {
                databases.add(schema.name());
            }
        }
        return databases;
    }

    private static Finding nothingThere(Snapshot source) {
        if (Boolean.TRUE.equals(seesAll(source))) {
            return none("the server has none besides its own", Remedy.of("Check that the URI names the right server"));
        }
        String account = source.knows(Facts.SESSION)
                ? source.get(Facts.SESSION).account().quoted()
                : "the account";
        return none(
                account + " sees none; it may lack SELECT",
                source.knows(Facts.SESSION)
                        ? Remedy.sql("As an administrator:", "GRANT SELECT ON *.* TO " + account)
                        : Remedy.of("Grant SELECT on *.* to the account"));
    }

    private static Finding allIgnored(int count) {
        return none(
                count == 1 ? "the only one is ignored" : "all " + count + " are ignored",
                Remedy.of("Take the databases to migrate out of --ignore-dbs"));
    }

    private static Finding none(String because, Remedy remedy) {
        return new Finding(
                Effect.BLOCKS_MIGRATION,
                ObjectRef.server(Side.SOURCE),
                "0",
                "at least 1",
                "No databases to migrate: " + because,
                List.of(remedy));
    }

    private static Finding unknown(String name, @Nullable String nearest, boolean seesAll, Selection selection) {
        StringBuilder message =
                new StringBuilder("the ignored database ").append(name).append(" does not exist");
        if (!seesAll) {
            message.append(", as far as the account sees");
        }
        if (nearest != null) {
            message.append(" (did you mean ").append(nearest).append("?)");
        }
        String hint = nearest != null && !selection.foldsCase() && nearest.equalsIgnoreCase(name)
                ? "Write " + nearest + ": this server tells upper from lower case (lower_case_table_names is 0)"
                : "Correct the name in --ignore-dbs, or take it out";
        return new Finding(
                Effect.WARNING, ObjectRef.schema(name), null, nearest, message.toString(), List.of(Remedy.of(hint)));
    }

    /** Whether the account sees every database; null where that cannot be said. */
    private static @Nullable Boolean seesAll(Snapshot source) {
        if (source.find(Facts.GRANTS) instanceof Fact.Known<AccountGrants> grants && source.knows(Facts.SESSION)) {
            return grants.value().effective().seesAllSchemas(AccountGrants.rules(source));
        }
        return null;
    }
}
