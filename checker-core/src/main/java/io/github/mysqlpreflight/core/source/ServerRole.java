/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.source;

/** Which of the two servers of a migration one connects to, for the words of a failure. */
public enum ServerRole {
    SOURCE("source"),
    TARGET("target");

    private final String text;

    ServerRole(String text) {
        this.text = text;
    }

    /** In lower case, for messages. */
    public String text() {
        return text;
    }
}
