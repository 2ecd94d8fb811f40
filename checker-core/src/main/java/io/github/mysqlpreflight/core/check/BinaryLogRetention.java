/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.check;

import static java.util.Objects.requireNonNull;

import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.RdsConfiguration;
import io.github.mysqlpreflight.core.snapshot.ServerVariables;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How long a server keeps its binary log files, by the setting that counts there. A full disk, and what somebody purges, are
 * another matter.
 *
 * @param state what happens to old files
 * @param seconds how long they are kept; 0 unless the state is {@link State#KEPT}
 * @param setting the setting that says so; of an unknown state, the one that would
 */
public record BinaryLogRetention(State state, long seconds, String setting) {
    /** The setting of Amazon RDS and Aurora, where the server's variables do not count. */
    public static final String OF_RDS = "binlog retention hours";

    private static final String SECONDS = "binlog_expire_logs_seconds";
    private static final String DAYS = "expire_logs_days";
    private static final String AUTO_PURGE = "binlog_expire_logs_auto_purge";

    public BinaryLogRetention {
        requireNonNull(state, "state is null");
        requireNonNull(setting, "setting is null");
    }

    /** What happens to old files. */
    public enum State {
        /** They are kept for a time. */
        KEPT,
        /** They are never removed by themselves. */
        FOREVER,
        /** The vendor removes them as soon as he does not need them. */
        AT_ONCE,
        /** It cannot be told. */
        UNKNOWN
    }

    /**
     * Tells how long; needs the fact {@code variables}, and of Amazon's servers {@code rdsConfiguration}.
     *
     * @throws io.github.mysqlpreflight.core.snapshot.FactUnavailableException when the variables are not known
     */
    public static BinaryLogRetention of(Snapshot source) {
        Server server = Server.of(source);
        if (isOfRds(server)) {
            return ofRds(source);
        }
        ServerVariables variables = source.get(Facts.VARIABLES);
        if (variables.get(AUTO_PURGE) != null && !variables.isOn(AUTO_PURGE)) {
            return new BinaryLogRetention(State.FOREVER, 0, AUTO_PURGE);
        }
        long seconds = variables.number(SECONDS, -1);
        if (seconds > 0) {
            return new BinaryLogRetention(State.KEPT, seconds, SECONDS);
        }
        // Counts where the other one is 0 or not there; on MariaDB from 10.6 they are two views of one setting.
        double days = decimal(variables.get(DAYS));
        if (days > 0) {
            return new BinaryLogRetention(State.KEPT, Math.round(days * 86_400), DAYS);
        }
        String setting = variables.get(SECONDS) != null || variables.get(DAYS) == null ? SECONDS : DAYS;
        // On Azure that leaves it to the vendor.
        boolean told = (seconds == 0 || days == 0) && server.flavor() != Flavor.AZURE;
        return new BinaryLogRetention(told ? State.FOREVER : State.UNKNOWN, 0, setting);
    }

    /** Whether Amazon runs the server, so that its own configuration counts. */
    public static boolean isOfRds(Server server) {
        return server.flavor() == Flavor.RDS || server.flavor() == Flavor.AURORA || server.managedOnRds();
    }

    private static BinaryLogRetention ofRds(Snapshot source) {
        if (!(source.find(Facts.RDS_CONFIGURATION) instanceof Fact.Known<RdsConfiguration> known)
                || !known.value().values().containsKey(OF_RDS)) {
            return new BinaryLogRetention(State.UNKNOWN, 0, OF_RDS);
        }
        Map<String, @Nullable String> values = known.value().values();
        double hours = decimal(values.get(OF_RDS));
        return hours > 0
                ? new BinaryLogRetention(State.KEPT, Math.round(hours * 3_600), OF_RDS)
                : new BinaryLogRetention(State.AT_ONCE, 0, OF_RDS);
    }

    /** The number, which MariaDB gives with decimals; -1 where it is none. */
    private static double decimal(@Nullable String text) {
        if (text == null || text.isEmpty() || text.length() > 30) {
            return -1;
        }
        int points = 0;
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            points += character == '.' ? 1 : 0;
            if ((character < '0' || character > '9') && character != '.') {
                return -1;
            }
        }
        return points > 1 || text.length() == points ? -1 : Double.parseDouble(text);
    }
}
