/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.cli;

import io.github.mysqlpreflight.testkit.NeedsServer;
import io.github.mysqlpreflight.testkit.Release;

/** The verdicts on sources of MySQL 5.7. */
@NeedsServer(Release.MYSQL_5_7)
final class VerdictsOnMysql57Test extends VerdictMatrix {}
