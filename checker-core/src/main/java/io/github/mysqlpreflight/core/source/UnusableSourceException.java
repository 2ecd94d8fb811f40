/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.source;

import static java.util.Objects.requireNonNull;

/**
 * What was given does not name a server that could be asked. Message and advice are one line of printable ASCII without double quotes and
 * backslashes each, and hold no part of a URI, no user and no password. There is never a cause, because causes repeat their input.
 */
public final class UnusableSourceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What is wrong. */
    public enum Code {
        /** It is no {@code mysql://} URI. */
        SCHEME,
        /** The user is missing or cannot be one. */
        USER,
        /** The host is missing or cannot be one. */
        HOST,
        /** The port is not a number from 1 to 65535. */
        PORT,
        /** A percent escape is malformed, or a character stands raw that has to be escaped. */
        ESCAPE,
        /** A control character. */
        CHARACTER,
        /** A URI parameter or the option of the same name. */
        PARAMETER,
        /** A file cannot be read or understood. */
        FILE,
        /** Nothing was given, or things that exclude each other. */
        INPUT
    }

    private final Code code;
    private final String advice;

    /**
     * @param message what happened, without any part of a URI
     * @param advice what to do about it
     */
    public UnusableSourceException(Code code, String message, String advice) {
        super(Text.printable(requireNonNull(message, "message is null")));
        this.code = requireNonNull(code, "code is null");
        this.advice = Text.printable(requireNonNull(advice, "advice is null"));
    }

    /** What is wrong. */
    public Code code() {
        return code;
    }

    /** What happened, as {@link #getMessage()}, never null. */
    public String message() {
        return requireNonNull(getMessage(), "message is null");
    }

    /** What to do about it. */
    public String advice() {
        return advice;
    }

    /** The same failure, with the place where the text came from put before its message. */
    UnusableSourceException in(String place) {
        return new UnusableSourceException(code, place + ": " + message(), advice);
    }
}
