/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.binlog;

import io.github.mysqlpreflight.core.check.Category;
import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.CheckProvider;
import java.util.List;

/** The checks of this category, ordered by id. */
public final class BinlogChecks implements CheckProvider {
    @Override
    public Category category() {
        return Category.BINARY_LOG;
    }

    @Override
    public List<Check> checks() {
        return List.of(
                new BinlogAuroraSpecials(),
                new BinlogChecksumSize(),
                new BinlogCommitOrder(),
                new BinlogCompression(),
                new BinlogEnabled(),
                new BinlogFilters(),
                new BinlogFormat(),
                new BinlogFormatSessions(),
                new BinlogLogReplicaUpdates(),
                new BinlogPositionReadable(),
                new BinlogRetention(),
                new BinlogRetentionRds(),
                new BinlogRowImage(),
                new BinlogRowMetadata(),
                new BinlogRowValueOptions(),
                new BinlogServerId(),
                new BinlogServerIdDistinct(),
                new BinlogSourceRole(),
                new BinlogTimezone());
    }
}
