/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** Reading from sockets that may be closed in the middle. */
final class Sockets {
    private Sockets() {}

    /** All that comes until the other side closes, or {@code (silence)} at the end where it does not within the socket's timeout. */
    static String readAll(Socket socket) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        String end = "";
        byte[] buffer = new byte[8_192];
        try {
            for (int n = socket.getInputStream().read(buffer);
                    n >= 0;
                    n = socket.getInputStream().read(buffer)) {
                bytes.write(buffer, 0, n);
            }
        } catch (SocketTimeoutException e) {
            end = "(silence)";
        } catch (SocketException e) {
            end = "(reset)";
        }
        return bytes.toString(StandardCharsets.UTF_8) + end;
    }
}
