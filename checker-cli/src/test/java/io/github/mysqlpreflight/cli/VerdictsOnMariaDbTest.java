/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.cli;

import io.github.mysqlpreflight.testkit.NeedsServer;
import io.github.mysqlpreflight.testkit.Release;

/** The verdicts on sources of MariaDB 10.11. */
@NeedsServer(Release.MARIADB_10_11)
final class VerdictsOnMariaDbTest extends VerdictMatrix {}
