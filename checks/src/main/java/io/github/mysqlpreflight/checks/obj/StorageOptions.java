/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.obj;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a table's CREATE_OPTIONS say of how InnoDB stores it.
 *
 * @param rowFormat as it was asked for, in upper case, so that a dump asks for it again; null where it was left to the server
 * @param keyBlockSize KEY_BLOCK_SIZE; 0 where there is none
 * @param compression COMPRESSION, in lower case; null where there is none
 * @param encrypted whether ENCRYPTION is Y
 * @param foreign an option that only MariaDB knows; null where there is none
 */
record StorageOptions(
        @Nullable String rowFormat,
        int keyBlockSize,
        @Nullable String compression,
        boolean encrypted,
        @Nullable String foreign) {
    private static final StorageOptions NONE = new StorageOptions(null, 0, null, false, null);

    /** Reads options such as {@code row_format=COMPRESSED KEY_BLOCK_SIZE=8} or {@code `PAGE_COMPRESSED`='1'}. */
    static StorageOptions parse(String createOptions) {
        if (createOptions.isEmpty() || createOptions.equals("partitioned")) {
            return NONE;
        }
        String lower = createOptions.toLowerCase(Locale.ROOT);
        String rowFormat = value(lower, "row_format");
        String encryption = value(lower, "encryption");
        return new StorageOptions(
                rowFormat == null ? null : rowFormat.toUpperCase(Locale.ROOT),
                number(value(lower, "key_block_size")),
                value(lower, "compression"),
                "y".equals(encryption),
                foreign(createOptions));
    }

    /** What stands behind the name and the equals sign, without quotes; null where the option is not there. */
    private static @Nullable String value(String options, String name) {
        int at = options.indexOf(name + "=");
        while (at > 0 && options.charAt(at - 1) != ' ') {
            at = options.indexOf(name + "=", at + 1);
        }
        if (at < 0) {
            return null;
        }
        int start = at + name.length() + 1;
        char quote = start < options.length() ? options.charAt(start) : ' ';
        boolean quoted = quote == '\'' || quote == '"';
        start += quoted ? 1 : 0;
        int end = options.indexOf(quoted ? quote : ' ', start);
        return options.substring(start, end < 0 ? options.length() : end);
    }

    private static int number(@Nullable String text) {
        try {
            return text == null ? 0 : Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** MariaDB writes options of its storage engines in back-ticks, which MySQL does not understand. */
    private static @Nullable String foreign(String options) {
        int start = options.indexOf('`');
        int end = start < 0 ? -1 : options.indexOf('`', start + 1);
        return end < 0 ? null : options.substring(start + 1, end);
    }

    /** Whether the table is in pages that InnoDB compresses. */
    boolean isCompressed() {
        return "COMPRESSED".equals(rowFormat) || (rowFormat == null && keyBlockSize > 0);
    }
}
