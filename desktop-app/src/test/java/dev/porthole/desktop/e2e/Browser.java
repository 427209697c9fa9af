package dev.porthole.desktop.e2e;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.ExpectedCondition;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A real Chromium with a new profile, driven by Debian's chromedriver. Waits for conditions, never for a time. */
final class Browser implements AutoCloseable {
    private static final String CHROMIUM = "/usr/bin/chromium";
    private static final String DRIVER = "/usr/bin/chromedriver";
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    // Kept here, since loggers that nobody holds forget their level. Selenium warns of each new Chromium.
    private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

    static {
        SELENIUM.setLevel(Level.SEVERE);
    }

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Starts; {@code more} are further switches. */
    static Browser start(String... more) throws IOException {
        Path profile = Files.createTempDirectory("porthole-browser");
        LoggingPreferences console = new LoggingPreferences();
        console.enable(LogType.BROWSER, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM);
        options.setCapability("goog:loggingPrefs", console);
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + profile);
        options.addArguments(more);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(new File(DRIVER))
                .usingAnyFreePort()
                .build();
        return new Browser(new ChromeDriver(service, options));
    }

    /** Runs no script of pages from now on. */
    void disableScript() {
        Map<String, Object> _ = driver.executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", true));
    }

    /** Prefers {@code light} or {@code dark} pages from now on. */
    void prefer(String colours) {
        Map<String, Object> _ = driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", colours))));
    }

    /** Opens an address in a tab of its own, as the system does for a program. */
    void openTab(URI address) {
        driver.switchTo().newWindow(WindowType.TAB);
        open(address.toString());
    }

    void open(String address) {
        driver.get(address);
    }

    String address() {
        return String.valueOf(driver.getCurrentUrl());
    }

    /** The text of the page's only {@code h1}, once there is one. */
    String heading() {
        return find(By.tagName("h1")).getText();
    }

    void awaitHeading(String text) {
        awaitText(By.tagName("h1"), text);
    }

    /** Waits until the element has this text. */
    void awaitText(By where, String text) {
        boolean _ = await(ExpectedConditions.textToBe(where, text));
    }

    void awaitTextContaining(String text) {
        boolean _ = await(ExpectedConditions.textToBePresentInElementLocated(By.tagName("body"), text));
    }

    /** All visible text. */
    String text() {
        return driver.findElement(By.tagName("body")).getText();
    }

    WebElement find(By where) {
        boolean _ = await(page -> page.findElements(where).stream().anyMatch(WebElement::isDisplayed));
        return driver.findElement(where);
    }

    /** Types into the field of this name, instead of what it says. */
    void type(String name, String text) {
        WebElement field = find(By.name(name));
        field.clear();
        field.sendKeys(text);
    }

    void press(String button) {
        find(By.xpath("//button[contains(normalize-space(), '" + button + "')]"))
                .click();
    }

    /** What a script in the page says. */
    Object script(String script) {
        return String.valueOf(driver.executeScript(script));
    }

    /** What a script in the page says once it calls its last argument: a list of texts. */
    List<String> answers(String script) {
        Object answer = driver.executeAsyncScript(script);
        return answer instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    /** The whole page as a picture, also what is below the window. */
    void picture(Path file) throws IOException {
        Object picture = driver.executeCdpCommand("Page.captureScreenshot", Map.of("captureBeyondViewport", true))
                .get("data");
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, Base64.getDecoder().decode(String.valueOf(picture)));
    }

    /** Where the page's links lead, and its buttons that only ask. */
    List<String> links() {
        List<String> links = new ArrayList<>();
        driver.findElements(By.cssSelector("a[href]"))
                .forEach(link -> links.add(String.valueOf(link.getDomProperty("href"))));
        driver.findElements(By.cssSelector("form[method=get]"))
                // A form's property of this name may be a field of the form.
                .forEach(form -> links.add(URI.create(address())
                        .resolve(String.valueOf(form.getDomAttribute("action")))
                        .toString()));
        return links;
    }

    /** Waits until an element of this kind says this. */
    void awaitOne(By where, String text) {
        boolean _ =
                await(page -> page.findElements(where).stream().anyMatch(element -> text.equals(element.getText())));
    }

    /** Sends a key to whatever has the focus. */
    void key(Keys key) {
        driver.switchTo().activeElement().sendKeys(key);
    }

    /** What the console has said since this was asked last. */
    List<String> console() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(LogEntry::getMessage)
                .toList();
    }

    /** Waits until the console says this, and returns what it has said since it was asked last. */
    List<String> awaitConsole(String text) {
        List<String> said = new ArrayList<>();
        boolean _ = await(_ -> {
            said.addAll(console());
            return said.stream().anyMatch(line -> line.contains(text));
        });
        return said;
    }

    /** Of {@link #console}, what the browser did not do because of a page's content security policy. */
    List<String> policyViolations() {
        return console().stream()
                .filter(line -> line.contains("Content Security Policy") || line.contains("Refused to"))
                .toList();
    }

    private <T> T await(ExpectedCondition<T> condition) {
        return new WebDriverWait(driver, PATIENCE)
                .ignoring(StaleElementReferenceException.class)
                .until(condition);
    }

    @Override
    public void close() {
        driver.quit();
    }
}
