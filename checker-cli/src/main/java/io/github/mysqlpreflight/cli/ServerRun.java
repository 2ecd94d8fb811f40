/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.cli;

import io.github.mysqlpreflight.core.engine.CheckRegistry;
import io.github.mysqlpreflight.core.engine.Preflight;
import io.github.mysqlpreflight.core.render.SafeText;
import io.github.mysqlpreflight.server.PreflightServer;
import io.github.mysqlpreflight.server.ServerFailedException;
import io.github.mysqlpreflight.server.config.ResolvedSettings;
import io.github.mysqlpreflight.server.config.ServerSettings;
import io.github.mysqlpreflight.server.config.SettingsInputs;
import io.github.mysqlpreflight.server.config.StoreSettings;
import io.github.mysqlpreflight.server.yaml.UnusableInputException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** The server in this process: from the options to the signal that ends it. The one class that knows the server. */
final class ServerRun {
    private ServerRun() {}

    static int run(Arguments arguments, Environment environment) {
        String file = arguments.value("--config");
        Path config = file == null ? null : ReportTarget.path("--config", file);
        SettingsInputs inputs = new SettingsInputs(
                config, arguments.value("--listen"), arguments.value("--store"), arguments.has("--insecure-http"));
        try {
            ResolvedSettings resolved = inputs.resolve(environment.variables());
            for (String warning : resolved.warnings()) {
                environment.complain("warning: " + warning, "");
            }
            return serve(resolved.settings(), environment);
        } catch (UnusableInputException e) {
            environment.complain(e.message(), e.advice());
            return ExitCode.WRONG_USE;
        } catch (ServerFailedException e) {
            environment.complain(e.message(), e.advice());
            return ExitCode.WRONG_USE;
        }
    }

    private static int serve(ServerSettings settings, Environment environment) {
        Preflight preflight = new Preflight(CheckRegistry.installed(), Tool.version());
        PreflightServer server = PreflightServer.start(settings, preflight);
        Thread hook = new Thread(() -> end(server), "shutdown");
        Runtime.getRuntime().addShutdownHook(hook);
        environment
                .err()
                .println(SafeText.of(Tool.NAME + " " + Tool.version() + " listens on " + server.address()
                        + ", tasks are kept in " + place(settings.store())));
        try {
            new CountDownLatch(1).await();
            return ExitCode.SUCCESS;
        } catch (InterruptedException e) {
            Runtime.getRuntime().removeShutdownHook(hook);
            server.close();
            Thread.currentThread().interrupt();
            return ExitCode.SUCCESS;
        }
    }

    /**
     * Ends the process as one that did what it was told to: the runtime, which ends by a signal after its hooks, would call it
     * killed.
     */
    private static void end(PreflightServer server) {
        int code = ExitCode.BROKEN;
        try {
            server.close();
            code = ExitCode.SUCCESS;
        } finally {
            Runtime.getRuntime().halt(code);
        }
    }

    /** The directory, or the URL without its parameters. */
    private static String place(StoreSettings store) {
        String url = store.jdbcUrl();
        if (url == null) {
            return String.valueOf(store.directory());
        }
        int parameters = url.indexOf('?');
        return parameters < 0 ? url : url.substring(0, parameters);
    }
}
