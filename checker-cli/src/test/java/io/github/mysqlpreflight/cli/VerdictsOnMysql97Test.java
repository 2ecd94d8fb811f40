/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.cli;

import io.github.mysqlpreflight.testkit.NeedsServer;
import io.github.mysqlpreflight.testkit.Release;

/** The verdicts on sources of MySQL 9.7. */
@NeedsServer(Release.MYSQL_9_7)
final class VerdictsOnMysql97Test extends VerdictMatrix {}
