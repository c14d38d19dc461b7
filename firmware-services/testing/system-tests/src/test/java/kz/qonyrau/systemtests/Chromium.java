package kz.qonyrau.systemtests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/// Debian's Chromium, which reads the product's pages in Russian and photographs them into
/// `target/pictures`, for people to look at.
final class Chromium implements AutoCloseable {

  private static final Path PICTURES = Path.of("target", "pictures");

  private final List<String> complaints = Collections.synchronizedList(new ArrayList<>());
  private final List<String> strangers = Collections.synchronizedList(new ArrayList<>());
  private final Playwright playwright;
  private final Browser browser;

  Chromium() {
    try {
      Files.createDirectories(PICTURES);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(Path.of("/usr/bin/chromium"))
                    .setArgs(
                        List.of(
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-quic",
                            "--no-first-run",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync")));
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }

  /// A window of its own, in which nobody is signed in.
  BrowserContext context(int width, int height) {
    BrowserContext context =
        browser.newContext(
            new Browser.NewContextOptions().setViewportSize(width, height).setLocale("ru-RU"));
    context.onRequest(request -> {
      if (!request.url().startsWith("http://127.0.0.1:")
          && !request.url().startsWith("data:")
          && !request.url().startsWith("blob:")) {
        strangers.add(request.url());
      }
    });
    context.onConsoleMessage(message -> {
      if (message.type().equals("error") && !message.text().contains("401")) {
        complaints.add(message.text());
      }
    });
    return context;
  }

  void assertThatNothingWasWrong() {
    assertThat(complaints).as("errors in the browser's console").isEmpty();
    assertThat(strangers).as("requests that left this machine").isEmpty();
  }

  static Page signedIn(BrowserContext context, int port, String login, String password) {
    Page page = context.newPage();
    page.navigate("http://127.0.0.1:" + port + "/");
    fillIn(page, login, password);
    page.locator("main").first().waitFor();
    return page;
  }

  static void fillIn(Page page, String login, String password) {
    page.locator("input[autocomplete=username]").fill(login);
    page.locator("input[type=password]").fill(password);
    page.locator("button[type=submit]").click();
  }

  /// Opens a page as its address says, waits for what must stand on it, and photographs it.
  static void see(Page page, String name, String path, String text) {
    open(page, path);
    if (!text.isEmpty()) {
      assertThat(main(page)).containsText(text);
    }
    photograph(page, name);
  }

  /// Opens a page as its address says, and waits until it has what it asked for.
  static void open(Page page, String path) {
    String address = page.url().replaceFirst("(https?://[^/]+).*", "$1") + "/#" + path;
    if (page.url().equals(address)) {
      page.reload();
    } else {
      page.navigate(address);
    }
    main(page).waitFor();
    assertThat(page.locator("main [aria-busy=true], main .bone")).hasCount(0);
  }

  static void photograph(Page page, String name) {
    page.screenshot(
        new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")).setFullPage(true));
  }

  static Locator main(Page page) {
    return page.locator("main").first();
  }

  static Locator.FilterOptions having(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }

  static Locator button(Locator where, String name) {
    return where.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name));
  }

  static Locator button(Page page, String name) {
    return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
  }

  /// For what takes a while: graphs are built, models loaded, boxes hear of it.
  static LocatorAssertions.ContainsTextOptions patient() {
    return new LocatorAssertions.ContainsTextOptions().setTimeout(90_000);
  }
}
