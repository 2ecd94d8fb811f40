/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.obj;

import io.github.mysqlpreflight.checks.data.DataFile;
import io.github.mysqlpreflight.core.snapshot.Account;
import io.github.mysqlpreflight.core.snapshot.ServerVersion;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Accounts that are nobody's in particular, and the life of authentication plugins: the contents of {@code accounts.txt}. */
final class KnownAccounts {
    private static final String ANY = "%";
    private static final List<Entry> ENTRIES;
    private static final List<Plugin> PLUGINS;

    static {
        List<Entry> entries = new ArrayList<>();
        List<Plugin> plugins = new ArrayList<>();
        for (DataFile.Line line :
                DataFile.of(KnownAccounts.class, "accounts.txt").lines()) {
            switch (line.kind()) {
                case "account" -> entries.add(new Entry(line.text(1), line.text(2), Owner.valueOf(line.text(3))));
                case "plugin" ->
                    plugins.add(
                            new Plugin(line.text(1), line.versionOrNull(2), line.versionOrNull(3), line.text(4), true));
                case "foreign" -> plugins.add(new Plugin(line.text(1), null, null, line.text(2), false));
                default -> throw line.wrong("an unknown kind of line: " + line.kind());
            }
        }
        ENTRIES = List.copyOf(entries);
        PLUGINS = List.copyOf(plugins);
    }

    private KnownAccounts() {}

    /** Whose an account is. */
    enum Owner {
        /** The server's own, which makes it itself. */
        SERVER,
        /** An administrator's, on nearly every server that its owner runs. */
        ADMIN,
        /** A vendor's, on no other server. */
        VENDOR,
        /** Somebody's who uses the server. */
        USER
    }

    private record Entry(String user, String host, Owner owner) {
        boolean matches(Account account) {
            boolean sameUser = user.endsWith(ANY)
                    ? account.user().startsWith(user.substring(0, user.length() - 1))
                    : account.user().equals(user);
            return sameUser && (host.equals(ANY) || account.host().equals(host));
        }
    }

    /**
     * An authentication plugin that not every server has.
     *
     * @param name as accounts name it
     * @param removed the first MySQL without it; null for none
     * @param off the first MySQL where it has to be switched on; null for none
     * @param instead what takes its place
     * @param ofMySql whether any MySQL has it
     */
    record Plugin(
            String name,
            @Nullable ServerVersion removed,
            @Nullable ServerVersion off,
            String instead,
            boolean ofMySql) {}

    /** Whose the account is. */
    static Owner ownerOf(Account account) {
        for (Entry entry : ENTRIES) {
            if (entry.matches(account)) {
                return entry.owner();
            }
        }
        return Owner.USER;
    }

    /** What is to be said of a plugin; null for nothing. */
    static @Nullable Plugin plugin(String name) {
        for (Plugin plugin : PLUGINS) {
            if (plugin.name().equals(name)) {
                return plugin;
            }
        }
        return null;
    }
}
