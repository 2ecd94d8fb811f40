/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.cli;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Speaks to a MySQL Preflight server.
 *
 * <p>By {@code HttpURLConnection}, which costs a start thirty milliseconds; the newer client of the JDK costs it half a second.
 */
final class ServiceClient {
    private static final int ATTEMPTS = 3;
    private static final long PAUSE_NANOS = 200_000_000L;
    private static final int LARGEST_ANSWER = 1 << 23;
    private static final int LONGEST_QUOTE = 300;

    static {
        // Otherwise the JDK sends a POST again where the connection breaks, and there would be two tasks.
        System.setProperty("sun.net.http.retryPost", "false");
    }

    private final ServiceAccess access;

    ServiceClient(ServiceAccess access) {
        this.access = requireNonNull(access, "access is null");
    }

    private record Answer(int status, String body, @Nullable String retryAfter) {}

    /**
     * Makes a task.
     *
     * @param body the request
     * @param uri the source's, which no message may repeat; null where the body has none
     * @throws ServiceException when there is none afterwards, or none that is known
     */
    Json.Fields create(String project, String service, byte[] body, @Nullable String uri) {
        Answer answer;
        try {
            answer = exchange(path(project, service), body);
        } catch (IOException e) {
            throw unreachable(e, true);
        }
        return task(answer, uri == null ? List.of() : List.of(uri, passwordIn(uri)));
    }

    /**
     * Gets a task; a connection that cannot be had is tried for three times in all.
     *
     * @throws ServiceException when there is no such task, or it cannot be got
     */
    Json.Fields get(String project, String service, String id) {
        String path = path(project, service) + "/" + encoded(id);
        for (int attempt = 1; ; attempt++) {
            try {
                return task(exchange(path, null), List.of());
            } catch (IOException e) {
                if (attempt == ATTEMPTS || e instanceof SSLException || e instanceof SocketTimeoutException) {
                    throw unreachable(e, false);
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private static String path(String project, String service) {
        return "/v1/project/" + encoded(project) + "/service/" + encoded(service) + "/task";
    }

    /** Percent-encoded whole: nothing but letters, digits, {@code -._~} stands for itself. */
    private static String encoded(String segment) {
        StringBuilder out = new StringBuilder(segment.length() + 8);
        for (byte octet : segment.getBytes(StandardCharsets.UTF_8)) {
            char character = (char) (octet & 0xff);
            boolean plain = (character >= 'a' && character <= 'z')
                    || (character >= 'A' && character <= 'Z')
                    || (character >= '0' && character <= '9')
                    || "-._~".indexOf(character) >= 0;
            if (plain) {
                out.append(character);
            } else {
                out.append('%')
                        .append("0123456789ABCDEF".charAt(character >> 4))
                        .append("0123456789ABCDEF".charAt(character & 0xf));
            }
        }
        return out.toString();
    }

    private Answer exchange(String path, byte @Nullable [] body) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(access.url() + path).toURL().openConnection();
        if (connection instanceof HttpsURLConnection tls && access.trust() != null) {
            tls.setSSLSocketFactory(access.trust());
        }
        int millis = (int) Math.min(access.requestTimeout().toMillis(), Integer.MAX_VALUE);
        connection.setConnectTimeout(millis);
        connection.setReadTimeout(millis);
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setRequestProperty("User-Agent", Tool.NAME + "/" + Tool.version());
        connection.setRequestProperty("Accept", "application/json");
        if (access.token() != null) {
            connection.setRequestProperty("Authorization", "aivenv1 " + access.token());
        }
        if (body != null) {
            connection.setRequestMethod("POST");
            connection.setRequestProperty("Content-Type", "application/json");
            connection.setDoOutput(true);
            try (OutputStream out = connection.getOutputStream()) {
                out.write(body);
            }
        }
        int status = connection.getResponseCode();
        if (status < 0) {
            throw ServiceException.notUnderstood("it is not HTTP");
        }
        try (InputStream in = status >= 400 ? connection.getErrorStream() : connection.getInputStream()) {
            byte[] answer = in == null ? new byte[0] : in.readNBytes(LARGEST_ANSWER);
            return new Answer(
                    status, new String(answer, StandardCharsets.UTF_8), connection.getHeaderField("Retry-After"));
        }
    }

    private Json.Fields task(Answer answer, List<String> secrets) {
        if (answer.status() < 200 || answer.status() > 299) {
            throw refused(answer, secrets);
        }
        if (Json.parse(answer.body()) instanceof Json.Fields whole && whole.get("task") instanceof Json.Fields task) {
            return task;
        }
        throw ServiceException.notUnderstood("it has no task");
    }

    private ServiceException unreachable(IOException failure, boolean creating) {
        if (failure instanceof SSLException) {
            return new ServiceException(
                    "no safe connection to " + access.url() + " can be had: " + failure.getMessage(),
                    "Name the certificate that its own was signed with: --auth-ca FILE or AIVEN_CA_CERT.",
                    ExitCode.UNREACHABLE,
                    false);
        }
        String message = failure.getMessage();
        boolean late = failure instanceof SocketTimeoutException && !"Connect timed out".equals(message);
        boolean refused = failure instanceof ConnectException
                || failure instanceof UnknownHostException
                || failure instanceof NoRouteToHostException;
        return new ServiceException(
                "the server at " + access.url()
                        + (late
                                ? " did not answer within "
                                        + access.requestTimeout().toSeconds() + " s"
                                : " cannot be reached: "
                                        + (message == null ? failure.getClass().getName() : message))
                        + (creating && !refused ? "; the task may have been made all the same" : ""),
                late
                        ? "--request-timeout gives it more time."
                        : "Start it with " + Tool.NAME
                                + " serve, or name another one with --url or MYSQL_PREFLIGHT_URL.",
                ExitCode.UNREACHABLE,
                true);
    }

    private ServiceException refused(Answer answer, List<String> secrets) {
        int status = answer.status();
        boolean passing = status == 408 || status == 429 || status >= 500;
        String message = said(answer);
        for (String secret : secrets) {
            message = hidden(message, secret);
        }
        if (access.token() != null) {
            message = hidden(message, access.token());
        }
        return new ServiceException(
                message + " (status " + status + ")",
                advice(status, answer.retryAfter()),
                passing ? ExitCode.UNREACHABLE : ExitCode.WRONG_USE,
                passing);
    }

    /** A secret of two or three letters would make riddles of all that servers say. */
    private static String hidden(String message, String secret) {
        return secret.length() < 4 ? message : message.replace(secret, "***");
    }

    /** What stands between the user's name and the host; empty where there is nothing. */
    private static String passwordIn(String uri) {
        int start = uri.indexOf("//");
        int colon = start < 0 ? -1 : uri.indexOf(':', start);
        int at = uri.lastIndexOf('@');
        return colon < 0 || at < colon ? "" : uri.substring(colon + 1, at);
    }

    /** The message of the error, or the body as it is. */
    private static String said(Answer answer) {
        if (Json.parse(answer.body()) instanceof Json.Fields fields) {
            String message = fields.text("message");
            if (message != null && !message.isBlank()) {
                return message;
            }
        }
        String text = answer.body().strip();
        if (text.isEmpty()) {
            return "the server refused";
        }
        return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…";
    }

    private String advice(int status, @Nullable String retryAfter) {
        return switch (status) {
            case 401, 403 ->
                access.token() == null
                        ? "Give a token: --auth-token or the environment variable MYSQL_PREFLIGHT_TOKEN."
                        : "Check the token, and that it is one for this project.";
            case 404 -> "Check the project, the service, the task's id, and --url.";
            case 429 ->
                retryAfter != null && isNumber(retryAfter)
                        ? "Try again in " + retryAfter + " s."
                        : "Try again a little later.";
            default ->
                status >= 500
                        ? "The server's log says more."
                        : status < 400 ? "Check that --url names a MySQL Preflight server." : "";
        };
    }

    private static boolean isNumber(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty() && text.length() < 6;
    }
}
