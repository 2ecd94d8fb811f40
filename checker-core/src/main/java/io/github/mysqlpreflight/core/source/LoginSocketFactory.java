/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.source;

import com.mysql.cj.conf.PropertySet;
import com.mysql.cj.protocol.StandardSocketFactory;
import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Hands our sockets to the driver, which makes this object by its class name; that is why it is public. The thread that logs
 * in says beforehand where its sockets come from.
 */
public final class LoginSocketFactory extends StandardSocketFactory {
    private static final int NO_LOGIN_TIMEOUT = 0;
    private static final ThreadLocal<@Nullable Supplier<Socket>> SOCKETS = new ThreadLocal<>();
    private static final ThreadLocal<@Nullable Route> ROUTE = new ThreadLocal<>();

    /** For the driver. */
    public LoginSocketFactory() {}

    /** From now on the driver's sockets of this thread come from there and go that way. */
    static void use(Supplier<Socket> sockets, Route route) {
        SOCKETS.set(sockets);
        ROUTE.set(route);
    }

    /** From now on they are ordinary ones. */
    static void useOrdinary() {
        SOCKETS.remove();
        ROUTE.remove();
    }

    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals") // the driver's signature
    public <T extends Closeable> T connect(String host, int port, PropertySet properties, int loginTimeout)
            throws IOException {
        Route route = ROUTE.get();
        if (route == null) {
            return super.connect(host, port, properties, loginTimeout);
        }
        // The driver's limit comes from DriverManager, where any code in this JVM may set it: the connection pool of
        // the
        // task store does. Our logins have limits of their own.
        return super.connect(route.target(), port, properties, NO_LOGIN_TIMEOUT);
    }

    @Override
    protected Socket createSocket(PropertySet properties) {
        Supplier<Socket> sockets = SOCKETS.get();
        return sockets == null ? new Socket() : sockets.get();
    }
}
