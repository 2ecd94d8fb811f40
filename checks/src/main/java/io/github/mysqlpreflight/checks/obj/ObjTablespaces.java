/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.obj;

import io.github.mysqlpreflight.checks.advice.SqlNames;
import io.github.mysqlpreflight.checks.advice.Targets;
import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.CheckInfo;
import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.check.Selection;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.ServerVersion;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import io.github.mysqlpreflight.core.snapshot.TablePlaces;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * No table names a place that the target does not have.
 *
 * <p>SHOW CREATE TABLE, and with it every dump, names a general tablespace and a DATA DIRECTORY. Tried with dumps of 5.7.22 and 8.0.15: a
 * tablespace that is not there stops the load (3510, from 5.7 on), a directory that the target does not know stops that of 9.7.4 (3121;
 * since 8.0.21, as the release notes say); 8.0.15 makes the file wherever it can.
 */
final class ObjTablespaces implements Check {
    /** The first release that makes files only in directories that it was told of. */
    private static final ServerVersion KNOWN_DIRECTORIES = new ServerVersion(8, 0, 21);

    /** Where a server makes files, by its variables. */
    private static final List<String> PLACES =
            List.of("datadir", "innodb_directories", "innodb_data_home_dir", "innodb_undo_directory");

    private static final CheckInfo INFO = CheckInfo.of(
                    "obj.tablespaces", "No table names a tablespace or directory that the target does not have")
            .why(
                    "A dump names the general tablespace and the DATA DIRECTORY of a table. Where the target does not have the"
                            + " tablespace, the load stops (error 3510); so it does from 8.0.21 on at a directory that is not among those"
                            + " it knows (error 3121). A replica begins with a dump.")
            .fix(
                    "Move the table into a tablespace of its own in the data directory, or prepare the place on the target.")
            .links(
                    "https://dev.mysql.com/doc/refman/8.4/en/general-tablespaces.html",
                    "https://dev.mysql.com/doc/refman/8.4/en/innodb-create-table-external.html")
            .effects(Effect.BLOCKS_MIGRATION, Effect.WARNING)
            .needs(Facts.SCHEMAS, Facts.VARIABLES)
            .uses(Facts.TABLE_PLACES)
            .targetNeeds(Facts.VARIABLES)
            .targetUses(Facts.TABLE_PLACES)
            .privileges("PROCESS, to see where InnoDB keeps tables")
            .build();

    private static final Outcome.Headline HEADLINE = new Outcome.Headline(
            "1 table names a place that the target may not have",
            "{n} tables name places that the target may not have");

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public Outcome inspect(Snapshot source, Plan plan) {
        if (source.find(Facts.TABLE_PLACES) instanceof Fact.Unavailable<TablePlaces> unavailable) {
            return Outcome.unread(Facts.TABLE_PLACES, unavailable, ObjectRef.Side.SOURCE);
        }
        Selection selection = Selection.of(source, plan);
        List<Finding> findings = new ArrayList<>();
        for (TablePlaces.Place place : source.get(Facts.TABLE_PLACES).list()) {
            if (selection.contains(place.schema())) {
                String tablespace = place.tablespace();
                String directory = place.directory();
                if (tablespace != null && !hasTablespace(plan.target(), tablespace)) {
                    findings.add(inTablespace(place, tablespace));
                }
                if (directory != null && !isKnown(plan.target(), directory)) {
                    findings.add(inDirectory(place, directory, source, plan));
                }
            }
        }
        return Outcome.of(findings, HEADLINE);
    }

    private static boolean hasTablespace(@Nullable Snapshot target, String tablespace) {
        return target != null
                && target.find(Facts.TABLE_PLACES) instanceof Fact.Known<TablePlaces> known
                && known.value().tablespaces().contains(tablespace);
    }

    /** Whether the target was told of the directory, or of one that it is in. */
    private static boolean isKnown(@Nullable Snapshot target, String directory) {
        if (target == null || !target.knows(Facts.VARIABLES)) {
            return false;
        }
        for (String variable : PLACES) {
            String value = target.get(Facts.VARIABLES).get(variable);
            if (value != null) {
                for (String place : value.split(";", -1)) {
                    if (!place.isEmpty() && directory.startsWith(place.endsWith("/") ? place : place + "/")) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static Finding inTablespace(TablePlaces.Place place, String tablespace) {
        String quoted = SqlNames.quote(tablespace);
        return new Finding(
                Effect.BLOCKS_MIGRATION,
                ObjectRef.table(place.schema(), place.table()),
                tablespace,
                null,
                place.schema() + "." + place.table() + " lies in the general tablespace " + tablespace
                        + ": its load stops where the target does not have that (error 3510)",
                List.of(
                        Remedy.sql(
                                "Give it a tablespace of its own:",
                                List.of(new Remedy.Statement(
                                        "ALTER TABLE " + SqlNames.quote(place.schema(), place.table())
                                                + " TABLESPACE = innodb_file_per_table",
                                        "rebuilds the table; writes go on but at its end"))),
                        Remedy.sql(
                                        "On the target. Make the tablespace before the load:",
                                        "CREATE TABLESPACE " + quoted + " ADD DATAFILE '"
                                                + tablespace.replace("'", "''") + ".ibd'")
                                .on(ObjectRef.Side.TARGET)));
    }

    private static Finding inDirectory(TablePlaces.Place place, String directory, Snapshot source, Plan plan) {
        boolean refused = Targets.isMySql(plan) && Targets.atLeast(source, plan, KNOWN_DIRECTORIES);
        return new Finding(
                refused ? Effect.BLOCKS_MIGRATION : Effect.WARNING,
                ObjectRef.table(place.schema(), place.table()),
                directory,
                null,
                place.schema() + "." + place.table() + " has files in " + directory
                        + (refused
                                ? ": its load stops where the target does not know that directory (error 3121)"
                                : ": so it has on the target, where that directory has to be writable"),
                List.of(
                        Remedy.of(
                                "Make it anew without DATA DIRECTORY: CREATE TABLE with a new name, INSERT ... SELECT, RENAME"
                                        + " TABLE; or take the clause out of the dump"),
                        Remedy.settings(
                                "Let the target know the directory; in its my.cnf, then restart it:",
                                "[mysqld]",
                                "innodb_directories = " + directory)));
    }
}
