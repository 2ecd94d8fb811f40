/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.http;

/** The names of projects and services. */
final class Names {
    static final int LONGEST_PROJECT = 63;
    static final int LONGEST_SERVICE = 64;

    private Names() {}

    /** The project's name. */
    static String project(String text) {
        return checked(text, LONGEST_PROJECT, "project");
    }

    /** The service's name. */
    static String service(String text) {
        return checked(text, LONGEST_SERVICE, "service");
    }

    private static String checked(String text, int longest, String what) {
        boolean fits = !text.isEmpty() && text.length() <= longest && !text.equals(".") && !text.equals("..");
        for (int i = 0; fits && i < text.length(); i++) {
            char c = text.charAt(i);
            fits = (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || c == '.'
                    || c == '_'
                    || c == '-';
        }
        if (!fits) {
            throw ApiException.invalid("The name of the " + what + " must be 1 to " + longest
                    + " letters, digits, dots, hyphens and underscores");
        }
        return text;
    }
}
