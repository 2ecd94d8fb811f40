/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.snapshot;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;

/**
 * How the server was asked for, and how connecting went. Holds no credential.
 *
 * @param host name or address as it was given
 * @param port TCP port
 * @param user the account's user name as it was given
 * @param sslMode the encryption that was asked for, in the spelling of the URI parameter ssl-mode
 * @param path what stood in the URI's path, which filters nothing; null where it was empty
 * @param passwordTooLongForReplication whether the password is longer than the 32 bytes a replication channel takes
 * @param plainTextBecause why the session is not encrypted although encryption was preferred; null otherwise
 * @param publicKeyRetrieved whether the server's RSA key was fetched over an unencrypted connection to log in
 * @param failure why there is no connection; null where there is one
 */
public record ConnectionFacts(
        String host,
        int port,
        String user,
        String sslMode,
        @Nullable String path,
        boolean passwordTooLongForReplication,
        @Nullable String plainTextBecause,
        boolean publicKeyRetrieved,
        @Nullable Failure failure) {
    public ConnectionFacts {
        requireNonNull(host, "host is null");
        requireNonNull(user, "user is null");
        requireNonNull(sslMode, "sslMode is null");
    }

    /** Host and port for a message; an IPv6 address stands in brackets. */
    public String address() {
        return addressOf(host, port);
    }

    /** Host and port as one text; an IPv6 address stands in brackets. */
    public static String addressOf(String host, int port) {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }

    /**
     * Why there is no connection.
     *
     * @param problem which of the known ways it failed
     * @param message what happened in plain words, with those of the server or the system quoted
     * @param advice what to do about it
     * @param errorCode the server's error number, 0 where there is none
     * @param sqlState the SQL state, null where there is none
     */
    public record Failure(
            ConnectionProblem problem,
            String message,
            String advice,
            int errorCode,
            @Nullable String sqlState) {
        public Failure {
            requireNonNull(problem, "problem is null");
            requireNonNull(message, "message is null");
            requireNonNull(advice, "advice is null");
        }
    }

    static final class Codec implements FactCodec<ConnectionFacts> {
        @Override
        public void write(ConnectionFacts value, JsonGenerator out) {
            out.writeStartObject();
            out.writeStringProperty("host", value.host);
            out.writeNumberProperty("port", value.port);
            out.writeStringProperty("user", value.user);
            out.writeStringProperty("sslMode", value.sslMode);
            Json.writeNullable(out, "path", value.path);
            out.writeBooleanProperty("passwordTooLongForReplication", value.passwordTooLongForReplication);
            Json.writeNullable(out, "plainTextBecause", value.plainTextBecause);
            out.writeBooleanProperty("publicKeyRetrieved", value.publicKeyRetrieved);
            Failure failure = value.failure;
            if (failure != null) {
                out.writeObjectPropertyStart("failure");
                out.writeStringProperty("problem", failure.problem.name());
                out.writeStringProperty("message", failure.message);
                out.writeStringProperty("advice", failure.advice);
                out.writeNumberProperty("errorCode", failure.errorCode);
                Json.writeNullable(out, "sqlState", failure.sqlState);
                out.writeEndObject();
            }
            out.writeEndObject();
        }

        @Override
        public ConnectionFacts read(JsonParser in) {
            Fields fields = new Fields(in);
            return new ConnectionFacts(
                    Json.required(fields.host, "host"),
                    fields.port,
                    Json.required(fields.user, "user"),
                    Json.required(fields.sslMode, "sslMode"),
                    fields.path,
                    fields.passwordTooLong,
                    fields.plainTextBecause,
                    fields.publicKeyRetrieved,
                    fields.failure);
        }
    }

    /** The fields of a document while it is read. */
    private static final class Fields {
        private @Nullable String host;
        private int port;
        private @Nullable String user;
        private @Nullable String sslMode;
        private @Nullable String path;
        private boolean passwordTooLong;
        private @Nullable String plainTextBecause;
        private boolean publicKeyRetrieved;
        private @Nullable Failure failure;

        Fields(JsonParser in) {
            Json.readObject(in, name -> readField(name, in));
        }

        private boolean readField(String name, JsonParser in) {
            switch (name) {
                case "host" -> host = Json.readString(in);
                case "port" -> port = in.getIntValue();
                case "user" -> user = Json.readString(in);
                case "sslMode" -> sslMode = Json.readString(in);
                case "path" -> path = Json.readText(in);
                case "passwordTooLongForReplication" -> passwordTooLong = in.getBooleanValue();
                case "plainTextBecause" -> plainTextBecause = Json.readText(in);
                case "publicKeyRetrieved" -> publicKeyRetrieved = in.getBooleanValue();
                case "failure" -> failure = readFailure(in);
                default -> {
                    return false;
                }
            }
            return true;
        }

        private static Failure readFailure(JsonParser in) {
            @Nullable String[] texts = new @Nullable String[4];
            int[] errorCode = new int[1];
            Json.readObject(in, name -> {
                switch (name) {
                    case "problem" -> texts[0] = Json.readString(in);
                    case "message" -> texts[1] = Json.readString(in);
                    case "advice" -> texts[2] = Json.readString(in);
                    case "sqlState" -> texts[3] = Json.readText(in);
                    case "errorCode" -> errorCode[0] = in.getIntValue();
                    default -> {
                        return false;
                    }
                }
                return true;
            });
            return new Failure(
                    Json.enumValue(
                            ConnectionProblem.class, Json.required(texts[0], "problem"), ConnectionProblem.OTHER),
                    Json.required(texts[1], "message"),
                    Json.required(texts[2], "advice"),
                    errorCode[0],
                    texts[3]);
        }
    }
}
