/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.http;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.server.Request;

/** One parameter of a request's address, as it was sent: nothing that is asked for by one has an escape in it. */
record Parameter(String name, String value) {
    /** All of them, in order. */
    static List<Parameter> all(Request request) {
        List<Parameter> parameters = new ArrayList<>();
        String query = request.getHttpURI().getQuery();
        int start = 0;
        while (query != null && start < query.length()) {
            int end = query.indexOf('&', start);
            if (end < 0) {
                end = query.length();
            }
            String pair = query.substring(start, end);
            int equals = pair.indexOf('=');
            parameters.add(
                    equals < 0
                            ? new Parameter(pair, "")
                            : new Parameter(pair.substring(0, equals), pair.substring(equals + 1)));
            start = end + 1;
        }
        return parameters;
    }
}
