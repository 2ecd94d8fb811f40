/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.source;

import com.mysql.cj.conf.PropertySet;
import com.mysql.cj.protocol.StandardSocketFactory;
import java.net.Socket;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Hands our sockets to the driver, which makes this object by its class name; that is why it is public. The thread that logs
 * in says beforehand where its sockets come from.
 */
public final class LoginSocketFactory extends StandardSocketFactory {
    private static final ThreadLocal<@Nullable Supplier<Socket>> SOCKETS = new ThreadLocal<>();

    /** For the driver. */
    public LoginSocketFactory() {}

    /** From now on the driver's sockets of this thread come from there; null for ordinary ones. */
    static void use(@Nullable Supplier<Socket> sockets) {
        if (sockets == null) {
            SOCKETS.remove();
        } else {
            SOCKETS.set(sockets);
        }
    }

    @Override
    protected Socket createSocket(PropertySet properties) {
        Supplier<Socket> sockets = SOCKETS.get();
        return sockets == null ? new Socket() : sockets.get();
    }
}
