/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.cli;

import io.github.mysqlpreflight.testkit.NeedsServer;
import io.github.mysqlpreflight.testkit.Release;

/** The verdicts on sources of MySQL 8.0. */
@NeedsServer(Release.MYSQL_8_0)
final class VerdictsOnMysql80Test extends VerdictMatrix {}
