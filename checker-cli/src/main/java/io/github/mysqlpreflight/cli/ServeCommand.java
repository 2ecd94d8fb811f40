/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.cli;

/**
 * {@code serve}: answers for tasks over HTTP.
 *
 * <p>Knows no class of the server, whose jars are not on the class path of the other commands; {@link ServerRun} does, and of its
 * reader of YAML {@link AcceptFile}.
 */
final class ServeCommand {
    private static final String SERVER = "io/github/mysqlpreflight/server/";

    private ServeCommand() {}

    static int run(Arguments arguments, Environment environment) {
        if (arguments.helpWanted()) {
            environment.out().print(arguments.help());
            return ExitCode.SUCCESS;
        }
        if (!arguments.positional().isEmpty()) {
            throw new UsageException(
                    "serve takes options only", Tool.NAME + " serve --help lists them; --listen says where to listen.");
        }
        Diagnostics.serve(environment.err(), arguments.count("--verbose"));
        try {
            return ServerRun.run(arguments, environment);
        } catch (NoClassDefFoundError e) {
            throw withoutJars(e);
        }
    }

    /**
     * What to tell where a class is missing because the server's jars are.
     *
     * @throws NoClassDefFoundError the same again where it is another class
     */
    static UsageException withoutJars(NoClassDefFoundError missing) {
        String name = missing.getMessage();
        if (name == null || !name.startsWith(SERVER)) {
            throw missing;
        }
        return new UsageException(
                "the jars of the server are not on the class path",
                "bin/mysql-preflight of a whole distribution adds lib/server; a jar alone needs"
                        + " -cp 'lib/checker-cli.jar:lib/server/*'.");
    }
}
