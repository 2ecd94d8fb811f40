/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.cli;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** {@code token}: makes a token for a server, and the lines of its configuration that let the holder in. */
final class TokenCommand {
    /** So that whoever finds a token, or a scanner for secrets, knows what it is. */
    private static final String PREFIX = "mpf_";

    private static final int RANDOM_BYTES = 32;

    private TokenCommand() {}

    static int run(Arguments arguments, Environment environment) {
        if (arguments.helpWanted()) {
            environment.out().print(arguments.help());
            return ExitCode.SUCCESS;
        }
        List<String> names = arguments.positional();
        if (names.size() > 1) {
            throw new UsageException("token takes one name", "Say who it is for, as in: " + Tool.NAME + " token ci");
        }
        String name = names.isEmpty() ? "client" : names.get(0);
        verify(name, "the name");
        List<String> projects = arguments.list("--project");
        StringBuilder opened = new StringBuilder();
        for (String project : projects.isEmpty() ? List.of("*") : projects) {
            if (!project.equals("*")) {
                verify(project, "a project");
            }
            opened.append(opened.length() == 0 ? "" : ", ")
                    .append('"')
                    .append(project)
                    .append('"');
        }
        byte[] random = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(random);
        String token = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        environment.out().println(token);
        environment.out().println();
        environment
                .out()
                .println("# It is shown only now. The server knows it by these lines of its configuration file:");
        environment.out().println("tokens:");
        environment.out().println("  - name: \"" + name + "\"");
        environment.out().println("    sha256: " + sha256(token));
        environment.out().println("    projects: [" + opened + "]");
        return ExitCode.SUCCESS;
    }

    /** What the configuration file takes for a name; a token given by mistake is not repeated. */
    private static void verify(String name, String what) {
        boolean word = !name.isEmpty() && name.length() <= 64;
        for (int i = 0; i < name.length(); i++) {
            char character = name.charAt(i);
            word &= (character >= 'a' && character <= 'z')
                    || (character >= 'A' && character <= 'Z')
                    || (character >= '0' && character <= '9')
                    || "-_.@".indexOf(character) >= 0;
        }
        if (!word) {
            throw new UsageException(what + " is not 1 to 64 letters, digits, - _ . or @", "");
        }
    }

    private static String sha256(String token) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
