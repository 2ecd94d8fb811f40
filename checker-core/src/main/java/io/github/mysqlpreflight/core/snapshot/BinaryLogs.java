/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.snapshot;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * The binary log files that the server still has: SHOW BINARY LOGS.
 *
 * @param list one entry a file, the oldest first; empty where the binary log is off
 */
public record BinaryLogs(List<File> list) {
    static FactCodec<BinaryLogs> codec() {
        return new RowsCodec<>(
                BinaryLogs::list,
                BinaryLogs::new,
                one -> RowsCodec.fields(one.name, one.bytes, one.encrypted),
                row -> new File(row.text(0), row.number(1), row.flag(2)));
    }

    public BinaryLogs {
        list = List.copyOf(list);
    }

    /** Bytes of all files. */
    public long totalBytes() {
        long total = 0;
        for (File file : list) {
            total += file.bytes;
        }
        return total;
    }

    /**
     * One file.
     *
     * @param name without its directory
     * @param bytes its size
     * @param encrypted whether it is encrypted (8.0.14)
     */
    public record File(String name, long bytes, boolean encrypted) {
        public File {
            requireNonNull(name, "name is null");
        }
    }
}
