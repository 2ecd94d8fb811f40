/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.console;

import static io.github.mysqlpreflight.server.console.Browser.ARROW_RIGHT;
import static io.github.mysqlpreflight.server.console.Browser.ENTER;
import static io.github.mysqlpreflight.server.console.Browser.ESCAPE;
import static io.github.mysqlpreflight.server.console.Browser.TAB;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.server.config.Limits;
import io.github.mysqlpreflight.server.config.TokenEntry;
import io.github.mysqlpreflight.server.console.Browser.Look;
import io.github.mysqlpreflight.testkit.NeedsChromium;
import io.github.mysqlpreflight.testkit.NeedsServer;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

@NeedsChromium
@NeedsServer(Release.MYSQL_8_0)
@TestInstance(Lifecycle.PER_CLASS)
@Tag("slow")
final class ConsoleTest {
    private static final String PASSWORD = "geheim-4711";
    /** A port that nobody listens on, so that a check of it ends at once. */
    private static final String NOBODY = "mysql://mig:" + PASSWORD + "@127.0.0.1:1/";

    private TestServer source;
    private ConsoleServer server;
    private Browser browser;
    /** Where answers other than 200 belong to the test, what they are; the browser complains of each. */
    private final List<String> expectedComplaints = new ArrayList<>();

    private final List<String> servers = new ArrayList<>();

    @BeforeAll
    void start(@TempDir Path store) throws IOException {
        source = MessySource.start(PASSWORD);
        server = ConsoleServer.start(store.resolve("store"));
        browser = Browser.start();
    }

    @AfterAll
    void stop() throws IOException {
        browser.close();
        server.close();
        source.close();
    }

    @BeforeEach
    void freshPage() {
        browser.look(Look.DESK);
        browser.go(server.address() + "/favicon.svg");
        browser.script("sessionStorage.clear()");
        browser.complaints();
        browser.requests();
        expectedComplaints.clear();
        servers.clear();
        servers.add(server.address() + "/");
    }

    /** Whatever a test did: nothing was asked of anybody else, nothing forbidden was tried, and no error was left in the console. */
    @AfterEach
    void leavesNothingBehind() {
        assertThat(browser.forbidden()).isEmpty();
        assertThat(browser.complaints())
                .allSatisfy(complaint -> assertThat(expectedComplaints)
                        .anySatisfy(expected -> assertThat(complaint).contains(expected)));
        assertThat(browser.requests())
                .isNotEmpty()
                .allSatisfy(address -> assertThat(servers)
                        .anySatisfy(own -> assertThat(address.startsWith("blob:") ? address.substring(5) : address)
                                .startsWith(own)));
    }

    private String sourceUri() {
        return source.uri("mig", PASSWORD);
    }

    /** Shows a check that has ended. */
    private String endedCheck(String project) throws Exception {
        String id = server.create(project, sourceUri());
        server.await(project, id, "ended");
        browser.go(server.page(project) + "/" + id);
        browser.await("document.querySelector('.message')");
        return id;
    }

    @Test
    void aCheckIsMadeWatchedAndReadByKeyboardAlone() throws Exception {
        browser.allowClipboard();
        browser.go(server.page("keyboard"));
        browser.awaitText("No checks yet.");

        browser.tabTo("#uri", 8);
        browser.type(sourceUri());
        browser.tabTo("#ignored", 4);
        browser.type("legcay" + ENTER);

        browser.await("location.hash.split('/').length === 4");
        browser.await("document.activeElement.tagName === 'H1'");
        assertThat(browser.focus()).isEqualTo("h1 127.0.0.1:" + source.port());
        browser.await("document.title.startsWith('Dump: ')");
        browser.await("document.querySelector('.message')");
        assertThat(browser.text(".verdict"))
                .contains("Dump")
                .contains("Replication is blocked by 2 checks")
                .contains("nothing blocks a dump");
        assertThat(browser.texts(".findings h2")).containsExactly("Blocks replication 2", "Warnings 2", "Notices 1");
        assertThat(browser.texts(".entry h3 code"))
                .startsWith("binlog.format", "obj.engine", "dump.nontransactional", "obj.selection");
        assertThat(browser.text("main")).contains("did you mean legacy?");
        assertThat(browser.text(".message"))
                .contains("Not all pre-checks passed successfully, preferred migration method will be [Dump]: ");

        browser.tabTo(".copy", 12);
        browser.type(ENTER);
        browser.await("document.activeElement.innerText === 'Copied'");
        assertThat(browser.clipboard())
                .isEqualTo("SET PERSIST binlog_format = ROW;  -- sessions keep the old one until they reconnect\n");
        assertThat(browser.texts(".entry .found")).contains("Only InnoDB engine is supported: 2 tables are not InnoDB");

        browser.tabTo("summary", 20);
        browser.type(ENTER);
        assertThat(browser.text(".rest dl")).contains("conn.source", "not applicable");

        browser.tabTo(".foot .danger", 4);
        browser.type(ENTER);
        assertThat(browser.text("#question")).contains("Forget this check?");
        assertThat(browser.focus()).isEqualTo("button#question-no Keep it");
        browser.type(ESCAPE);
        assertThat(browser.focus()).isEqualTo("button Forget this check");
        String id = browser.script("return location.hash.split('/').pop()").asString();
        Browser.pause(Duration.ofMillis(500));
        assertThat(server.task("keyboard", id).path("state").asString()).isEqualTo("ended");
        browser.type(ENTER + TAB + ENTER);
        browser.awaitText("No checks yet.");
        assertThat(browser.focus()).isEqualTo("h1 Checks for mysql");
    }

    @Test
    void whatHasTheFocusCanBeSeen() throws Exception {
        endedCheck("focus");
        browser.script("document.activeElement.blur()");
        for (int i = 0; i < 25; i++) {
            browser.type(TAB);
            assertThat(browser.script("""
                            const it = document.activeElement;
                            const style = getComputedStyle(it);
                            const box = it.getBoundingClientRect();
                            return it === document.body || (style.outlineStyle === 'solid' && parseFloat(style.outlineWidth) >= 2
                              && box.bottom > 0 && box.top < innerHeight)""").asBoolean()).as(browser.focus()).isTrue();
        }
    }

    @Test
    void progressIsSaidWhileTheCheckRunsAndTheEndIsToo() throws Exception {
        try (SilentSource silent = new SilentSource()) {
            String id = server.create("progress", silent.uri());
            browser.go(server.page("progress") + "/" + id);
            browser.await("document.title.startsWith('Running: ')");
            browser.await("document.querySelector('.progress').innerText.includes('127.0.0.1')");
            browser.await("document.getElementById('said').innerText.startsWith('connecting to 127.0.0.1')");
            browser.await("document.querySelector('.elapsed').innerText.endsWith(' s')");
            browser.await("document.title.startsWith('Failed: ')");
            browser.await("document.getElementById('said').innerText.startsWith('The check has ended: Failed.')");
            browser.await("document.querySelector('.message')");
            assertThat(browser.text(".entry")).contains("conn.source", "timed out");
            assertThat(browser.script("return window.jumped").asDouble()).isLessThan(0.1);
        }
    }

    @Test
    void aRunningCheckIsCancelledAfterAsking() throws Exception {
        try (SilentSource silent = new SilentSource()) {
            String id = server.create("cancel", silent.uri());
            browser.go(server.page("cancel") + "/" + id);
            browser.await("document.title.startsWith('Running: ')");
            browser.click(".foot .danger");
            assertThat(browser.text("#question")).contains("Cancel this check?");
            browser.click("#question-no");
            browser.click(".foot .danger");
            browser.click("#question-yes");
            browser.await("document.title.startsWith('No result: ')");
            assertThat(browser.text(".verdict")).contains("cancelled");
            assertThat(server.task("cancel", id).path("success").asBoolean()).isFalse();
            assertThat(browser.text(".foot .danger")).isEqualTo("Forget this check");
        }
    }

    @Test
    void theListIsNewestFirstAndPaged() throws Exception {
        List<String> created = new ArrayList<>();
        for (int i = 0; i < 27; i++) {
            created.add(0, server.create("paging", NOBODY));
        }
        server.await("paging", created.get(0), "ended");
        browser.go(server.page("paging"));
        browser.await("document.querySelectorAll('.tasks li').length === 25");
        browser.await("[...document.querySelectorAll('.tasks .state')].every((it) => it.innerText === 'Failed')");
        assertThat(listed()).containsExactlyElementsOf(created.subList(0, 25));
        assertThat(browser.text(".tasks .result")).startsWith("Connection to source failed: ");

        browser.click(".pages a:not([hidden])");
        browser.await("document.querySelectorAll('.tasks li').length === 2");
        assertThat(listed()).containsExactlyElementsOf(created.subList(25, 27));
        assertThat(browser.texts(".pages")).containsExactly("Newest");
        browser.back();
        browser.await("document.querySelectorAll('.tasks li').length === 25");
        assertThat(listed()).containsExactlyElementsOf(created.subList(0, 25));
    }

    private List<String> listed() {
        List<String> ids = new ArrayList<>();
        browser.script("return [...document.querySelectorAll('.tasks a')].map((it) => it.hash.split('/').pop())")
                .forEach(id -> ids.add(id.asString()));
        return ids;
    }

    @Test
    void theListIsLive() throws Exception {
        try (SilentSource silent = new SilentSource()) {
            server.create("live", silent.uri());
            browser.go(server.page("live"));
            browser.await("document.querySelector('.tasks .state')?.innerText === 'Running'");
            browser.script("document.querySelector('.tasks a').focus()");
            server.create("live", silent.uri());
            browser.await("document.querySelectorAll('.tasks li').length === 2");
            browser.await("[...document.querySelectorAll('.tasks .state')].every((it) => it.innerText === 'Running')");
            silent.hangUp();
            browser.await("[...document.querySelectorAll('.tasks .state')].every((it) => it.innerText === 'Failed')");
            browser.await("document.getElementById('said').innerText.endsWith('has ended: Failed')");
            assertThat(browser.script("return document.activeElement === document.querySelectorAll('.tasks a')[1]")
                            .asBoolean())
                    .as(browser.focus())
                    .isTrue();
        }
    }

    @Test
    void aWrongUriIsAnsweredInTheServersWordsAndKeptNowhere() throws Exception {
        expectedComplaints.add("the server responded with a status of 400");
        browser.go(server.page("wrong"));
        browser.await("document.querySelector('#uri')");
        browser.click(".show");
        assertThat(browser.script("return document.querySelector('#uri').type").asString())
                .isEqualTo("text");
        browser.click("#uri");
        browser.type("mysql://mig:" + PASSWORD + "@db1.example.com:99999/" + ENTER);
        browser.await("document.querySelector('#error').innerText !== ''");
        assertThat(browser.text("#error")).containsIgnoringCase("port").doesNotContain(PASSWORD);
        assertThat(browser.focus()).startsWith("input#uri");
        assertThat(browser.script("return document.querySelector('#uri').type").asString())
                .isEqualTo("password");
        assertThat(remembered()).doesNotContain(PASSWORD).doesNotContain("99999");

        browser.type(NOBODY + ENTER);
        browser.await("document.title.startsWith('Failed: ')");
        assertThat(remembered()).doesNotContain(PASSWORD);
        browser.back();
        browser.await("document.querySelector('#uri')");
        assertThat(remembered()).doesNotContain(PASSWORD);
        browser.reload();
        browser.await("document.querySelector('#uri')");
        assertThat(remembered()).doesNotContain(PASSWORD);
    }

    /** Everything in which a page can keep something. */
    private String remembered() {
        return browser.script("""
                        return JSON.stringify([
                          document.documentElement.outerHTML,
                          [...document.querySelectorAll('input, textarea')].map((it) => [it.value, it.defaultValue]),
                          {...sessionStorage}, {...localStorage}, document.cookie, location.href, history.state, document.referrer,
                          performance.getEntries().map((it) => it.name),
                        ])""").asString();
    }

    @Test
    void aSourceThatMayNotBeReachedIsNoQuestionOfTheToken() throws Exception {
        expectedComplaints.add("the server responded with a status of 403");
        browser.go(server.page("forbidden"));
        browser.await("document.querySelector('#uri')");
        browser.click("#uri");
        browser.type("mysql://mig:" + PASSWORD + "@169.254.169.254/" + ENTER);
        browser.await("document.querySelector('#error').innerText !== ''");
        assertThat(browser.text("#error")).contains("169.254.169.254").doesNotContain(PASSWORD);
        assertThat(browser.text("h1")).isEqualTo("Checks for mysql");
    }

    @Test
    void namesOfTheSourceStayText() throws Exception {
        browser.allowClipboard();
        MessySource.addHostileNames(source);
        try {
            endedCheck("hostile");
        } finally {
            MessySource.removeHostileNames(source);
        }
        assertThat(browser.text("main"))
                .contains(MessySource.HOSTILE + ".<script>alert(2)</script>")
                .contains("left<U+202E>right uses MyISAM", "`left<U+202E>right` ENGINE", "Copy copies the character");
        assertThat(browser.script("return document.querySelectorAll('main img, main script').length")
                        .asInt())
                .isZero();
        assertThat(browser.script("return document.title").asString()).startsWith("Dump: ");
        browser.script("[...document.querySelectorAll('.copy')].find((it) => "
                + "it.getAttribute('aria-label').includes('obj.engine')).focus()");
        browser.type(ENTER);
        browser.await("document.activeElement.innerText === 'Copied'");
        assertThat(browser.clipboard()).contains("`left\u202eright`");
    }

    @Test
    void theReportOpensInATabOfItsOwnWithItsStyleAndItsScript() throws Exception {
        endedCheck("report");
        String console = browser.window();
        browser.click(".documents button:nth-of-type(1)");
        for (int i = 0; browser.windows().size() < 2 && i < 100; i++) {
            Browser.pause(Duration.ofMillis(50));
        }
        String report = browser.windows().stream()
                .filter(it -> !it.equals(console))
                .findFirst()
                .orElseThrow();
        browser.window(report);
        try {
            browser.await("document.documentElement.classList.contains('js')");
            assertThat(browser.place()).startsWith("blob:" + server.address());
            assertThat(browser.text("body")).contains("Only InnoDB engine is supported");
            assertThat(browser.script("return document.styleSheets.length").asInt())
                    .isEqualTo(1);
            assertThat(browser.complaints()).isEmpty();
        } finally {
            browser.closeWindow();
            browser.window(console);
        }
    }

    @Test
    void reportAndAssessmentAreSaved(@TempDir Path downloads) throws Exception {
        browser.command(
                "Browser.setDownloadBehavior", Map.of("behavior", "allow", "downloadPath", downloads.toString()));
        String id = endedCheck("save");
        browser.click(".documents button:nth-of-type(2)");
        browser.click(".documents button:nth-of-type(3)");
        String stem = "preflight-127.0.0.1-" + source.port() + "-";
        assertThat(saved(downloads, stem, ".html")).startsWith("<!DOCTYPE html>");
        JsonNode assessment = new ObjectMapper().readTree(saved(downloads, stem, ".json"));
        assertThat(assessment.path("result")).isEqualTo(server.task("save", id).path("result"));
    }

    private static String saved(Path directory, String start, String end) throws IOException {
        for (int i = 0; i < 200; i++) {
            try (var files = Files.list(directory)) {
                List<Path> found = files.filter(
                                file -> file.getFileName().toString().startsWith(start)
                                        && file.getFileName().toString().endsWith(end))
                        .toList();
                if (!found.isEmpty() && Files.size(found.get(0)) > 0) {
                    return Files.readString(found.get(0));
                }
            }
            Browser.pause(Duration.ofMillis(50));
        }
        throw new AssertionError("no " + start + "…" + end);
    }

    @Test
    void aCheckIsMadeAgainWithItsSettings() {
        browser.go(server.page("again"));
        browser.await("document.querySelector('#ignored')");
        browser.click("#ignored");
        browser.type("legacy");
        browser.click("#uri");
        browser.type(sourceUri() + ENTER);
        browser.await("document.querySelector('.message')");
        browser.click(".foot button:nth-of-type(1)");
        browser.await("document.activeElement.id === 'uri'");
        assertThat(browser.script("return document.querySelector('#ignored').value")
                        .asString())
                .isEqualTo("legacy");
        browser.type(sourceUri() + ENTER);
        browser.await("document.querySelector('.message')");
        browser.click(".up a");
        browser.await("document.querySelectorAll('.tasks li').length === 2");
        assertThat(browser.script("return document.querySelector('#ignored').value")
                        .asString())
                .isEmpty();
    }

    @Test
    void anUpgradeIsCheckedToo() {
        browser.go(server.page("upgrade"));
        browser.await("document.querySelector('#uri')");
        browser.tabTo("input[type=radio]", 8);
        browser.type(ARROW_RIGHT);
        assertThat(browser.script("return document.querySelector('#method').checkVisibility()")
                        .asBoolean())
                .isFalse();
        browser.tabTo("#uri", 2);
        browser.type(sourceUri() + ENTER);
        assertThat(browser.text("#error")).isEqualTo("Enter the version to upgrade to, such as 8.4.");
        assertThat(browser.focus()).startsWith("input#version");
        browser.type("8.4" + ENTER);
        browser.await("document.querySelector('.message')");
        assertThat(browser.text(".facts")).contains("upgrade");
        assertThat(browser.text(".documents")).contains("target 8.4");
    }

    @Test
    void aTokenIsAskedForKeptInTheTabAndForgotten(@TempDir Path store) throws Exception {
        List<TokenEntry> tokens = List.of(
                new TokenEntry("ci", sha256("right-token"), List.of("shop")),
                new TokenEntry("other", sha256("other-token"), List.of("*")));
        expectedComplaints.add("the server responded with a status of 401");
        expectedComplaints.add("the server responded with a status of 403");
        try (ConsoleServer guarded = ConsoleServer.start(store.resolve("store"), 0, tokens, Limits.defaults())) {
            servers.add(guarded.address() + "/");
            browser.go(guarded.address() + "/");
            browser.await("document.querySelector('#token')");
            assertThat(browser.focus()).startsWith("input#token");
            browser.type("wrong-token" + ENTER);
            browser.awaitText("The token does not open this");
            browser.awaitText("Authentication failed");
            browser.type("right-token" + ENTER);
            browser.awaitText("No checks yet.");
            assertThat(browser.script("return location.hash").asString()).isEqualTo("#/shop/mysql");
            assertThat(browser.script("return JSON.stringify([{...localStorage}, document.cookie, location.href])")
                            .asString())
                    .doesNotContain("right-token");
            browser.reload();
            browser.awaitText("No checks yet.");

            browser.go(guarded.page("elsewhere"));
            browser.awaitText("does not open this project");
            browser.type("other-token" + ENTER);
            browser.awaitText("No checks yet.");

            browser.click("#uri");
            browser.type(NOBODY + ENTER);
            browser.await("document.title.startsWith('Failed: ')");
            assertThat(browser.text(".facts")).contains("other");

            browser.click("#forget-token");
            browser.await("document.querySelector('#token')");
            assertThat(browser.script("return sessionStorage.length").asInt()).isZero();
        }
    }

    private static String sha256(String token) throws NoSuchAlgorithmException {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aFullQueueIsSaidWithTheTimeToTryAgain(@TempDir Path store) throws Exception {
        expectedComplaints.add("the server responded with a status of 429");
        Limits tight = new Limits(1, 1, 1, 64 * 1024, 64, Duration.ofMinutes(1), Duration.ofDays(1));
        try (ConsoleServer full = ConsoleServer.start(store.resolve("store"), 0, List.of(), tight);
                SilentSource silent = new SilentSource()) {
            servers.add(full.address() + "/");
            full.await("full", full.create("full", silent.uri()), "running");
            full.create("full", silent.uri());
            browser.go(full.page("full"));
            browser.await("document.querySelector('#uri')");
            browser.click("#uri");
            browser.type(silent.uri() + ENTER);
            browser.await("document.querySelector('#error').innerText !== ''");
            assertThat(browser.text("#error"))
                    .containsPattern("Nothing was created\\. Try again after \\d\\d:\\d\\d:\\d\\d\\.");
            browser.go(server.address() + "/favicon.svg");
        }
    }

    @Test
    void aServerThatIsGoneIsSaidAndWaitedFor(@TempDir Path store) throws Exception {
        expectedComplaints.add("net::ERR_");
        ConsoleServer first = ConsoleServer.start(store.resolve("store"));
        int port = first.port();
        servers.add(first.address() + "/");
        try {
            first.await("gone", first.create("gone", NOBODY), "ended");
            browser.go(first.page("gone"));
            browser.await("document.querySelectorAll('.tasks li').length === 1");
        } finally {
            first.close();
        }
        browser.click("#uri");
        browser.type(NOBODY + ENTER);
        browser.await(
                "document.querySelector('#error').innerText.includes('Look at the list before you send it again')");
        browser.await("!document.querySelector('#trouble').hidden");
        assertThat(browser.text("#trouble")).contains("The server does not answer", "Trying again.");
        assertThat(browser.texts(".tasks li")).hasSize(1);
        try (ConsoleServer second = ConsoleServer.start(store.resolve("store"), port, List.of(), Limits.defaults())) {
            browser.await("document.querySelector('#trouble').hidden", Duration.ofSeconds(45));
            assertThat(browser.texts(".tasks li")).hasSize(1);
            browser.go(server.address() + "/favicon.svg");
            assertThat(second.port()).isEqualTo(port);
        }
    }

    @Test
    void anUnknownCheckIsSaidToBeUnknown() {
        expectedComplaints.add("the server responded with a status of 404");
        browser.go(server.page("unknown") + "/00000000-0000-4000-8000-000000000000");
        browser.awaitText("Not found");
        browser.click("main a");
        browser.awaitText("No checks yet.");
    }

    @Test
    void everyViewFitsAPhoneAndStandsOutInLightAndDark() throws Exception {
        String id = endedCheck("looks");
        for (Look look : List.of(Look.PHONE, Look.DARK_PHONE, Look.DESK, Look.DARK_DESK)) {
            browser.look(look);
            for (String view : List.of(server.page("looks"), server.page("looks") + "/" + id)) {
                browser.go(server.address() + "/favicon.svg");
                browser.go(view);
                browser.await("document.querySelector('.message, .tasks li')");
                browser.script("document.querySelector('details')?.setAttribute('open', '')");
                String what = look + " " + view;
                assertThat(Inspection.poorContrast(browser)).as(what).isEmpty();
                assertThat(Inspection.outside(browser)).as(what).isEmpty();
                assertThat(Inspection.small(browser)).as(what).isEmpty();
                assertThat(Inspection.nameless(browser)).as(what).isEmpty();
                assertThat(browser.script("return window.jumped").asDouble())
                        .as(what)
                        .isLessThan(0.1);
            }
            browser.click(".foot .danger");
            assertThat(Inspection.poorContrast(browser)).as(look.toString()).isEmpty();
            browser.type(ESCAPE);
        }
    }

    @Test
    void manyFindingsAreShownAFewAtATimeAndCopiedAtOnce() throws Exception {
        browser.allowClipboard();
        MessySource.addTables(source, 60);
        try {
            endedCheck("many");
        } finally {
            MessySource.removeTables(source);
        }
        assertThat(browser.texts(".objects li")).hasSize(10);
        browser.script("document.querySelector('.objects + .quiet').focus()");
        assertThat(browser.focus()).isEqualTo("button Show 52 more of 62 findings");
        browser.type(ENTER);
        assertThat(browser.texts(".objects li")).hasSize(62);
        assertThat(browser.focus()).startsWith("li archive.");
        assertThat(browser.script("return document.querySelector('.objects + .quiet').checkVisibility()")
                        .asBoolean())
                .isFalse();
        browser.script("[...document.querySelectorAll('.copy')].find((it) => "
                + "it.getAttribute('aria-label').includes('61 lines that mend obj.engine')).focus()");
        browser.type(ENTER);
        browser.await("document.activeElement.innerText === 'Copied'");
        assertThat(browser.clipboard().lines()).hasSize(61).allMatch(line -> line.startsWith("ALTER TABLE `"));
    }

    /** With {@code -Dpreflight.update=true} the pictures of the README are made anew. */
    @Test
    void picturesForTheReadmeAreSmall() throws Exception {
        browser.go(server.page("local"));
        browser.await("document.querySelector('#uri')");
        browser.click("#ignored");
        browser.type("legcay");
        browser.click("#uri");
        browser.type(sourceUri() + ENTER);
        browser.await("document.querySelector('.message')");
        picture(new Look(1120, 900, false, false), "console-task.png");
        picture(Look.DARK_PHONE, "console-dark-phone.png");
    }

    private void picture(Look look, String name) throws IOException {
        browser.look(look);
        browser.script("scrollTo(0, 0)");
        byte[] picture = browser.picture();
        assertThat(picture.length).isBetween(10_000, 150_000);
        if (Boolean.getBoolean("preflight.update")) {
            Files.write(Files.createDirectories(Path.of("../docs/images")).resolve(name), picture);
        }
    }
}
