/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.config;

import io.github.mysqlpreflight.core.source.Password;
import io.github.mysqlpreflight.server.yaml.Given;
import io.github.mysqlpreflight.server.yaml.UnusableInputException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The URL of a store, its account taken out of it: a URL goes into messages of drivers and into logs, where no password belongs.
 *
 * @param url without user and password
 * @param user {@code user=} of the parameters, or what stands before the {@code @}; null for none
 * @param password {@code password=} of the parameters, or what stands behind the user; null for none
 */
record StoreUrl(String url, @Nullable String user, @Nullable Password password) {
    private static final List<String> BEGINNINGS = List.of("jdbc:mysql://", "jdbc:postgresql://");

    /** @throws UnusableInputException where that is no store's URL, or its account is in a form that is not known */
    static StoreUrl parse(Given<String> given) {
        String text = given.value();
        String beginning = beginning(text);
        if (beginning == null) {
            throw given.wrong("must be a directory, jdbc:mysql://host/database or jdbc:postgresql://host/database", "");
        }
        int question = text.indexOf('?');
        String rest = text.substring(beginning.length(), question < 0 ? text.length() : question);
        List<String> users = new ArrayList<>();
        List<String> passwords = new ArrayList<>();
        int slash = rest.indexOf('/');
        int at = rest.substring(0, slash < 0 ? rest.length() : slash).indexOf('@');
        if (at >= 0) {
            int colon = rest.indexOf(':');
            users.add(decoded(given, rest.substring(0, colon < 0 || colon > at ? at : colon)));
            if (colon >= 0 && colon < at) {
                passwords.add(decoded(given, rest.substring(colon + 1, at)));
            }
        }
        StringBuilder url = new StringBuilder(beginning).append(rest.substring(at + 1));
        char separator = '?';
        for (String parameter :
                question < 0 ? new String[0] : text.substring(question + 1).split("&")) {
            int equals = parameter.indexOf('=');
            String name = equals < 0 ? parameter : parameter.substring(0, equals);
            switch (decoded(given, name).toLowerCase(Locale.ROOT)) {
                case "user" -> users.add(decoded(given, parameter.substring(equals + 1)));
                case "password" -> passwords.add(decoded(given, parameter.substring(equals + 1)));
                default -> {
                    url.append(separator).append(parameter);
                    separator = '&';
                }
            }
        }
        if (users.size() > 1 || passwords.size() > 1 || holdsMore(url.toString())) {
            throw given.wrong(
                    "holds an account in a way that is not understood",
                    "Give it by store-user, and by store-password-file or the environment variable "
                            + SettingsInputs.STORE_PASSWORD_VARIABLE + ".");
        }
        return new StoreUrl(
                url.toString(),
                users.isEmpty() ? null : users.get(0),
                passwords.isEmpty() ? null : Password.of(passwords.get(0)));
    }

    private static @Nullable String beginning(String text) {
        for (String beginning : BEGINNINGS) {
            if (text.regionMatches(true, 0, beginning, 0, beginning.length())) {
                return beginning;
            }
        }
        return null;
    }

    /** Drivers know further ways to write an account, which are not taken apart here. */
    private static boolean holdsMore(String url) {
        String lower = url.toLowerCase(Locale.ROOT);
        return lower.indexOf('@') >= 0 || lower.contains("user=") || lower.contains("password");
    }

    private static String decoded(Given<String> given, String text) {
        try {
            // A plus is itself here, as both drivers have it.
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw given.wrong("holds a % that begins no escape", "Write % as %25.");
        }
    }
}
