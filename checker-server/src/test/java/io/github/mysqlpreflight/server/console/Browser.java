/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.console;

import io.github.mysqlpreflight.testkit.Chromium;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * A Chromium without a window, in a fresh profile, driven by the W3C WebDriver protocol: as much of it as the tests of the console
 * need, which is less than the libraries that speak it bring with them.
 */
final class Browser implements AutoCloseable {
    static final String TAB = "\ue004";
    static final String ENTER = "\ue007";
    static final String ESCAPE = "\ue00c";
    static final String ARROW_RIGHT = "\ue014";
    static final String SHIFT = "\ue008";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String ELEMENT = "element-6066-11e4-a52e-4f735466cecf";
    private static final String READY = "was started successfully on port ";

    /** Notes, in every page, what its policy forbade and how far its content jumped without having been asked to. */
    private static final String WATCH = """
            window.forbidden = [];
            document.addEventListener('securitypolicyviolation', (event) =>
              window.forbidden.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`));
            window.jumped = 0;
            new PerformanceObserver((list) => {
              for (const entry of list.getEntries()) {
                if (!entry.hadRecentInput) {
                  window.jumped += entry.value;
                }
              }
            }).observe({type: 'layout-shift', buffered: true});
            """;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process driver;
    private final Path profile;
    private final URI session;

    /**
     * What the browser looks like to the page.
     *
     * @param width of the view, in CSS pixels
     * @param height of the view, in CSS pixels
     * @param phone whether it is one
     * @param dark whether dark colours are preferred
     */
    record Look(int width, int height, boolean phone, boolean dark) {
        static final Look DESK = new Look(1280, 900, false, false);
        static final Look DARK_DESK = new Look(1280, 900, false, true);
        static final Look PHONE = new Look(360, 740, true, false);
        static final Look DARK_PHONE = new Look(360, 740, true, true);
    }

    private Browser(Process driver, Path profile, URI session) {
        this.driver = driver;
        this.profile = profile;
        this.session = session;
    }

    /** Starts one. It is gone when it is closed, and its profile too. */
    static Browser start() throws IOException {
        Path profile = Files.createTempDirectory("preflight-chromium");
        Process driver = new ProcessBuilder(Chromium.driver().toString(), "--port=0")
                .redirectErrorStream(true)
                .start();
        URI address = URI.create("http://127.0.0.1:" + port(driver));
        List<String> arguments = new ArrayList<>(List.of(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--window-size=1280,900",
                "--user-data-dir=" + profile));
        Map<String, Object> options = Map.of("binary", Chromium.browser().toString(), "args", arguments);
        Map<String, Object> wanted = Map.of(
                "goog:chromeOptions", options, "goog:loggingPrefs", Map.of("browser", "ALL", "performance", "ALL"));
        Browser starting = new Browser(driver, profile, address);
        JsonNode answer = starting.post("/session", Map.of("capabilities", Map.of("alwaysMatch", wanted)));
        URI session =
                URI.create(address + "/session/" + answer.path("sessionId").asString());
        Browser browser = new Browser(driver, profile, session);
        browser.command("Page.addScriptToEvaluateOnNewDocument", Map.of("source", WATCH));
        return browser;
    }

    private static int port(Process driver) throws IOException {
        BufferedReader out = new BufferedReader(new InputStreamReader(driver.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder said = new StringBuilder();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            int at = line.indexOf(READY);
            if (at >= 0) {
                return Integer.parseInt(line.substring(at + READY.length()).replace(".", ""));
            }
            said.append(line).append('\n');
        }
        throw new IOException("chromedriver did not start:\n" + said);
    }

    Browser look(Look look) {
        command(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", look.width(), "height", look.height(), "deviceScaleFactor", 1, "mobile", look.phone()));
        command(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(
                                Map.of("name", "prefers-color-scheme", "value", look.dark() ? "dark" : "light"),
                                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
        return this;
    }

    void go(String address) {
        post("/url", Map.of("url", address));
    }

    void back() {
        post("/back", Map.of());
    }

    void reload() {
        post("/refresh", Map.of());
    }

    /** The value of a function's body in the page. */
    JsonNode script(String body, Object... arguments) {
        return post("/execute/sync", Map.of("script", body, "args", Arrays.asList(arguments)));
    }

    /** Waits until the expression is true in the page; fails with the page's text otherwise. */
    void await(String expression) {
        await(expression, PATIENCE);
    }

    void await(String expression, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        while (!script("return !!(" + expression + ")").asBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within " + patience + ": " + expression + "\nin " + place() + "\n"
                        + script("return document.body.innerText").asString());
            }
            pause(Duration.ofMillis(50));
        }
    }

    /** Waits until the view shows this text. */
    void awaitText(String text) {
        await("document.body.innerText.includes(" + JSON.valueToTree(text) + ")");
    }

    static void pause(Duration time) {
        try {
            TimeUnit.MILLISECONDS.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** The address and the title. */
    String place() {
        return script("return location.href + ' ' + document.title").asString();
    }

    String text(String selector) {
        return script("return document.querySelector(arguments[0])?.innerText ?? ''", selector)
                .asString();
    }

    List<String> texts(String selector) {
        List<String> texts = new ArrayList<>();
        script("return [...document.querySelectorAll(arguments[0])].map((it) => it.innerText)", selector)
                .forEach(text -> texts.add(text.asString()));
        return texts;
    }

    /** Presses and releases one key after the other, whatever has the focus. */
    void type(String keys) {
        List<Map<String, Object>> actions = new ArrayList<>();
        keys.codePoints().mapToObj(Character::toString).forEach(key -> {
            actions.add(Map.of("type", "keyDown", "value", key));
            actions.add(Map.of("type", "keyUp", "value", key));
        });
        post("/actions", Map.of("actions", List.of(Map.of("type", "key", "id", "keyboard", "actions", actions))));
    }

    /** Goes on with Tab until what has the focus fits the selector; fails if that takes more than the given number. */
    void tabTo(String selector, int atMost) {
        for (int i = 0; i <= atMost; i++) {
            if (script("return document.activeElement.matches(arguments[0])", selector)
                    .asBoolean()) {
                return;
            }
            type(TAB);
        }
        throw new AssertionError(selector + " is not within " + atMost + " steps of the keyboard, but " + focus());
    }

    /** What has the focus, in words. */
    String focus() {
        return script("""
                        const it = document.activeElement;
                        return it.tagName.toLowerCase() + (it.id ? '#' + it.id : '') + ' '
                          + (it.getAttribute('aria-label') ?? it.innerText).slice(0, 80)""").asString().strip();
    }

    /** Clicks as a mouse does: in the middle of what can be seen of the element, and only if nothing lies above it. */
    void click(String selector) {
        JsonNode element = post("/element", Map.of("using", "css selector", "value", selector));
        post("/element/" + element.path(ELEMENT).asString() + "/click", Map.of());
    }

    List<String> windows() {
        List<String> windows = new ArrayList<>();
        get("/window/handles").forEach(window -> windows.add(window.asString()));
        return windows;
    }

    String window() {
        return get("/window").asString();
    }

    void window(String handle) {
        post("/window", Map.of("handle", handle));
    }

    void closeWindow() {
        send(request("/window").DELETE());
    }

    /** Lets the page read the clipboard, which a person would be asked about. */
    void allowClipboard() {
        post("/permissions", Map.of("descriptor", Map.of("name", "clipboard-read"), "state", "granted"));
    }

    String clipboard() {
        return post(
                        "/execute/async",
                        Map.of(
                                "script",
                                "navigator.clipboard.readText().then(arguments[0], (e) => arguments[0]('refused: ' + e))",
                                "args",
                                List.of()))
                .asString();
    }

    /** What the console of the developer tools says since the last time: errors and warnings, one a line. */
    List<String> complaints() {
        List<String> complaints = new ArrayList<>();
        post("/se/log", Map.of("type", "browser")).forEach(entry -> {
            if (!entry.path("level").asString().equals("INFO")) {
                complaints.add(entry.path("message").asString());
            }
        });
        return complaints;
    }

    /** The addresses of all requests since the last time. */
    List<String> requests() {
        List<String> requests = new ArrayList<>();
        post("/se/log", Map.of("type", "performance")).forEach(entry -> {
            JsonNode message = JSON.readTree(entry.path("message").asString()).path("message");
            if (message.path("method").asString().equals("Network.requestWillBeSent")) {
                requests.add(message.path("params").path("request").path("url").asString());
            }
        });
        return requests;
    }

    /** What the page's policy forbade since it was loaded. */
    List<String> forbidden() {
        List<String> forbidden = new ArrayList<>();
        script("return window.forbidden").forEach(it -> forbidden.add(it.asString()));
        return forbidden;
    }

    /** A command of the browser's own protocol. */
    JsonNode command(String name, Map<String, Object> parameters) {
        return post("/goog/cdp/execute", Map.of("cmd", name, "params", parameters));
    }

    /** What can be seen, as PNG. */
    byte[] picture() {
        return Base64.getDecoder().decode(get("/screenshot").asString());
    }

    private JsonNode get(String path) {
        return send(request(path).GET());
    }

    private JsonNode post(String path, Map<String, Object> body) {
        return send(request(path).POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body))));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(session + path))
                .timeout(Duration.ofSeconds(60))
                .header("content-type", "application/json");
    }

    private JsonNode send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            JsonNode value = JSON.readTree(response.body()).path("value");
            if (response.statusCode() != 200) {
                throw new IllegalStateException(value.path("error").asString() + ": "
                        + value.path("message").asString());
            }
            return value;
        } catch (IOException e) {
            throw new UncheckedIOException("chromedriver does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            send(request("").DELETE());
        } finally {
            driver.destroy();
            try (Stream<Path> files = Files.walk(profile)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
