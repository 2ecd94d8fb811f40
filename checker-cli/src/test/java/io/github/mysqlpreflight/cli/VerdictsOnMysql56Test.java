/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.cli;

import io.github.mysqlpreflight.testkit.NeedsServer;
import io.github.mysqlpreflight.testkit.Release;

/** The verdicts on sources of MySQL 5.6. */
@NeedsServer(Release.MYSQL_5_6)
final class VerdictsOnMysql56Test extends VerdictMatrix {}
