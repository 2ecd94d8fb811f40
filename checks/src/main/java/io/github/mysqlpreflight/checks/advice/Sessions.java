/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.advice;

import io.github.mysqlpreflight.core.check.Flavor;
import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.check.ObjectRef.Side;
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.check.Server;

/** What checks say of the connections of others. */
public final class Sessions {
    private Sessions() {}

    /** The connection as the object of a finding. */
    public static ObjectRef object(long connection) {
        return new ObjectRef(Side.SOURCE, ObjectRef.Type.SERVER, null, null, "connection " + connection);
    }

    /** Ends a connection, in the vendor's words; costs what it has not committed. */
    public static Remedy.Statement kill(Server server, long connection) {
        String sql = "KILL " + connection;
        if (server.flavor() == Flavor.RDS || server.flavor() == Flavor.AURORA || server.managedOnRds()) {
            sql = "CALL mysql.rds_kill(" + connection + ")";
        } else if (server.flavor() == Flavor.AZURE) {
            sql = "CALL mysql.az_kill(" + connection + ")";
        }
        return new Remedy.Statement(sql, "rolls back what it has not committed; its client loses the connection");
    }
}
