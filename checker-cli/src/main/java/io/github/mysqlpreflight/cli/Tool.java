/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.cli;

/** What the tool says of itself. */
final class Tool {
    static final String NAME = "mysql-preflight";

    private Tool() {}

    /** The version in the jar's manifest; {@code dev} where there is no jar. */
    static String version() {
        String version = Tool.class.getPackage().getImplementationVersion();
        return version == null ? "dev" : version;
    }
}
