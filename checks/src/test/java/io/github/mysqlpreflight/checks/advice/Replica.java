/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.advice;

import io.github.mysqlpreflight.testkit.TestServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Looks at a real replica, for tests. */
public final class Replica {
    private Replica() {}

    /** The number of the error that ends reading from the source; waits for it. */
    public static int ioError(TestServer replica) throws InterruptedException {
        for (int i = 0; i < 1_200; i++) {
            try (Connection connection = replica.connect();
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SHOW SLAVE STATUS")) {
                if (row.next() && row.getInt("Last_IO_Errno") != 0) {
                    return row.getInt("Last_IO_Errno");
                }
            } catch (SQLException e) {
                throw new IllegalStateException("the replica does not answer", e);
            }
            Thread.sleep(50);
        }
        throw new AssertionError("no error came");
    }
}
