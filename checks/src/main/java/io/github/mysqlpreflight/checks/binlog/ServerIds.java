/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.binlog;

import io.github.mysqlpreflight.core.snapshot.ServerVariables;

/** What the checks of server_id share. */
final class ServerIds {
    private static final int HEX = 16;

    /** What a server without a usable uuid is given. */
    private static final long FALLBACK = 101;

    private ServerIds() {}

    /**
     * A server_id to propose: the same each time, hardly another server's, since it is made of the server's own uuid.
     *
     * @param taken the server_id it must not be
     */
    static long proposal(ServerVariables variables, long taken) {
        String uuid = variables.get("server_uuid");
        long proposed = uuid == null || uuid.length() < 8 ? 0 : hexadecimal(uuid.substring(0, 8));
        if (proposed == 0) {
            proposed = FALLBACK;
        }
        if (proposed != taken) {
            return proposed;
        }
        return proposed == 1 ? 2 : proposed - 1;
    }

    private static long hexadecimal(String text) {
        long number = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = Character.digit(text.charAt(i), HEX);
            if (digit < 0) {
                return 0;
            }
            number = number * HEX + digit;
        }
        return number;
    }
}
