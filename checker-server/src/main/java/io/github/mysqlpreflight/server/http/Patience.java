/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.http;

import java.time.Duration;

/**
 * How long clients are waited for.
 *
 * @param idle silence on a connection
 * @param headers from the first byte of a request to the last one of its headers
 * @param nothing a connection on which there is no request, whatever goes over it
 * @param body from the headers of a request to the end of its body
 * @param heartbeat how often a stream of events says something at least; less than {@code idle}
 * @param farewell for requests that are being answered when the server ends
 */
record Patience(
        Duration idle, Duration headers, Duration nothing, Duration body, Duration heartbeat, Duration farewell) {
    static Patience defaults() {
        return new Patience(
                Duration.ofSeconds(30),
                Duration.ofSeconds(15),
                Duration.ofSeconds(45),
                Duration.ofSeconds(10),
                Duration.ofSeconds(15),
                Duration.ofSeconds(10));
    }
}
