package kz.qonyrau.systemtests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static kz.qonyrau.systemtests.Chromium.button;
import static kz.qonyrau.systemtests.Chromium.fillIn;
import static kz.qonyrau.systemtests.Chromium.having;
import static kz.qonyrau.systemtests.Chromium.main;
import static kz.qonyrau.systemtests.Chromium.patient;
import static kz.qonyrau.systemtests.Chromium.photograph;
import static kz.qonyrau.systemtests.Chromium.see;
import static kz.qonyrau.systemtests.Chromium.signedIn;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.SameSiteAttribute;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import kz.qonyrau.rehearsal.Campaigning;
import kz.qonyrau.rehearsal.Campaigning.Wish;
import kz.qonyrau.rehearsal.Stage;
import kz.qonyrau.rehearsal.StageSettings;
import kz.qonyrau.rehearsal.Subscribers;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/// The pages of box and central in Debian's Chromium, over a stage that calls.
///
/// Every page is photographed into `target/pictures`, for people to look at.
@Tag("PLT-20")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrowserTest {

  private final StageDirectory directory = StageDirectory.create();
  private final Stage stage =
      Stage.on(
          StageDirectory.root(), StageDirectory.bundles(), directory.path(), StageSettings.USUAL);
  private Chromium chromium;
  private String call = "";
  private String campaign = "";

  @BeforeAll
  void callSomebody() throws Exception {
    stage.start(_ -> {});
    Campaigning business = new Campaigning(stage.box());
    List<String> numbers = new ArrayList<>(Subscribers.many(Subscribers.SAYS_TODAY, 3));
    numbers.addAll(Subscribers.many("40", 1));
    String list = business.list("Покупатели ноября", numbers);
    campaign =
        business.campaign(
            new Wish("Заказ готов", list, "Здравствуйте! Ваш заказ готов.", 4, 240, true, true, 5));
    business.start(campaign);
    var end = business.awaitEnd(campaign, Duration.ofMinutes(2));
    assertThat(end.path("state").asString()).isEqualTo("COMPLETED");
    call = callOf(campaign, "ANSWERED", 0);
    chromium = new Chromium();
  }

  @AfterAll
  void close() {
    if (chromium != null) {
      chromium.close();
    }
    stage.close();
    directory.close();
  }

  @Test
  @Tag("SH-RET-12")
  void thePagesOfTheBoxShowWhatHappened() {
    try (BrowserContext context = chromium.context(1280, 900)) {
      Page page = signedIn(context, stage.boxPort(), "owner", stage.firstPassword("box", "owner"));
      see(page, "dashboard", "/", "");
      see(page, "lists", "/lists", "Покупатели ноября");
      see(page, "campaigns", "/campaigns", "Заказ готов");
      see(page, "campaign", "/campaigns/" + campaign, "Заказ готов");
      see(page, "calls", "/calls", "+7");
      see(page, "call", "/calls/" + call, "сегодня");
      see(page, "reports", "/reports", "каждый ответ обошёлся");
      see(page, "ledger", "/ledger", "₸");
      see(page, "programs", "/programs", "API");
      see(page, "trunks", "/trunks", "Работает");
      see(page, "system", "/system", "ru-starter-8k");
      assertThatTheBrowserKeepsNothingButTheSessionAndTastes(context, page);
    }
    chromium.assertThatNothingWasWrong();
  }

  private static void assertThatTheBrowserKeepsNothingButTheSessionAndTastes(
      BrowserContext context, Page page) {
    assertThat(context.cookies())
        .singleElement()
        .satisfies(cookie -> {
          assertThat(cookie.httpOnly).isTrue();
          assertThat(cookie.sameSite).isEqualTo(SameSiteAttribute.STRICT);
        });
    assertThat(
            String.valueOf(
                page.evaluate("Object.keys({...localStorage, ...sessionStorage}).join()")))
        .matches("(qonyrau\\.(language|theme|volume),?)*");
    assertThat(page.evaluate("indexedDB.databases().then((all) => all.length)")).isEqualTo(0);
  }

  /// From an Excel file to a list, by its second sheet.
  @Test
  @Tag("AC-CON-01")
  @Tag("AC-CON-02")
  void aListComesInAsAWorkbook() throws IOException {
    try (BrowserContext context = chromium.context(1280, 900)) {
      Page page = signedIn(context, stage.boxPort(), "owner", stage.firstPassword("box", "owner"));
      see(page, "new-list", "/lists/new", "Excel");
      page.locator("input[type=file]").setInputFiles(workbook());
      assertThat(main(page)).containsText("Здесь ничего нет", patient());
      page.getByLabel("Лист").selectOption("Должники");
      assertThat(main(page)).containsText("+7 701 123 45 67", patient());
      assertThat(main(page)).containsText("не подходят 1 из 2");
      assertThat(main(page)).containsText("30.11.2026");
      photograph(page, "new-list-workbook");

      page.getByText("Указать источник сейчас").click();
      button(page, "Загрузить").click();
      assertThat(main(page)).containsText("1500.5", patient());
      photograph(page, "list-workbook");
    }
    chromium.assertThatNothingWasWrong();
  }

  private Path workbook() throws IOException {
    Path file = directory.path().resolve("Должники ноября.xlsx");
    try (OutputStream out = Files.newOutputStream(file);
        Workbook book = new Workbook(out, "Test", "1.0")) {
      book.newWorksheet("Пояснения").value(0, 0, "Здесь ничего нет");
      Worksheet sheet = book.newWorksheet("Должники");
      List<String> titles = List.of("Имя", "Телефон", "Сумма", "Срок");
      for (int column = 0; column < titles.size(); column++) {
        sheet.value(0, column, titles.get(column));
      }
      sheet.value(1, 0, "Айгүл");
      sheet.value(1, 1, 87_011_234_567L);
      sheet.value(1, 2, 1500.5);
      sheet.value(1, 3, LocalDate.of(2026, 11, 30));
      sheet.style(1, 3).format("dd.mm.yyyy").set();
      sheet.value(2, 0, "Иван");
      sheet.value(2, 1, "8 (701) 234-56");
    }
    return file;
  }

  /// From the words in a text area to calls that are listened to with them, and back.
  @Test
  @Tag("AC-STT-01")
  void ownWordsAreAddedToASpeechModelOnItsPage() {
    try (BrowserContext context = chromium.context(1280, 900)) {
      Page page = signedIn(context, stage.boxPort(), "owner", stage.firstPassword("box", "owner"));
      see(page, "models", "/models", "ru-starter-8k");
      page.locator("li").filter(having("kk-starter-8k")).getByText("Добавить свои слова").click();
      page.getByLabel("Слова и имена").fill("қоңырау = конырау\nальфатрейд\nhello");
      Locator dialog = page.getByRole(AriaRole.DIALOG);
      assertThat(dialog).containsText("Похоже на слово другого языка");
      assertThat(button(page, "Собрать модель")).isDisabled();

      page.getByLabel("Слова и имена").fill("қоңырау = конырау\nальфатрейд");
      page.getByLabel("Название новой модели").fill("Наши имена");
      assertThat(dialog).containsText("k o n");
      photograph(page, "own-words");
      button(page, "Собрать модель").click();

      Locator made =
          page.locator("li")
              .filter(
                  new Locator.FilterOptions()
                      .setHas(
                          page.getByRole(
                              AriaRole.BUTTON,
                              new Page.GetByRoleOptions().setName("Изменить свои слова"))));
      assertThat(made).containsText("Наши имена", patient());
      made.getByText("Испытать").click();
      assertThat(made).containsText("Загрузилась за", patient());
      made.getByText("Включить").click();
      assertThat(made).containsText("Слушает звонки", patient());
      see(page, "models-own-words", "/models", "Наши имена");

      button(page, "Вернуть прежнюю").click();
      assertThat(made).not().containsText("Слушает звонки", patient());
    }
    chromium.assertThatNothingWasWrong();
  }

  /// From the editor to the call's card: a question in two languages, its answer, what the network
  /// announces before an answer, and a correction that the site's matrix counts.
  @Test
  @Tag("AC-STT-01")
  @Tag("AC-STT-03")
  @Tag("AC-REC-03")
  @Tag("AC-CAL-06")
  void aQuestionIsWrittenAskedAndAnsweredOnThePages() {
    Campaigning business = new Campaigning(stage.box());
    List<String> numbers =
        List.of(
            Subscribers.many("36", 1).getFirst(),
            Subscribers.many("37", 1).getFirst(),
            Subscribers.many("68", 1).getFirst());
    String list = business.list("Ждут вопроса", numbers);
    String asking =
        business.campaign(
            new Wish("Вопрос", list, "Здравствуйте! Удобно ли вам?", 1, 240, false, false, 5));
    try (BrowserContext context = chromium.context(1280, 900)) {
      Page page = signedIn(context, stage.boxPort(), "owner", stage.firstPassword("box", "owner"));
      see(page, "editor-before", "/campaigns/" + asking + "/edit", "Вопрос и ответ");
      page.getByText("Записывать разговоры").click();
      button(page, "Предупредить о записи").click();
      assertThat(page.getByLabel("Текст сообщения"))
          .hasValue("Этот разговор записывается. Здравствуйте! Удобно ли вам?");
      page.getByText("Подтверждаю, что разговоры можно записывать").click();
      page.getByText("Задать вопрос").click();
      assertThat(main(page)).containsText("Распознавание может ошибиться");
      Locator languages = page.getByRole(AriaRole.GROUP).filter(having("На каких языках"));
      languages.getByText("Казахский").click();
      assertThat(languages).containsText("Опытная модель");
      button(page, "Да / нет").first().click();
      page.getByRole(AriaRole.RADIO, new Page.GetByRoleOptions().setName("Положить трубку"))
          .check();
      photograph(page, "editor");
      button(page, "Сохранить черновик").click();

      button(page, "Начать").click();
      button(page.getByRole(AriaRole.DIALOG), "Начать").click();
      assertThat(main(page)).containsText("Завершена", patient());
      Locator main = main(page);
      assertThat(main).containsText("по-казахски: 1");
      assertThat(main).containsText("Недоступен");
      see(page, "campaign-asked", "/campaigns/" + asking, "Ответы");

      see(page, "call-answered", "/calls/" + callOf(asking, "ANSWERED", 1), "голосом");
      see(page, "call-announced", "/calls/" + callOf(asking, "UNREACHABLE", 0), "выключен");
      assertThat(main).containsText("Объявление сети");
      page.getByLabel("На самом деле это был").selectOption("MACHINE");
      button(page, "Отметить").click();
      assertThat(main).containsText("Вернуть решение бокса");
      see(page, "answering", "/answering", "Объявление сети");
    }
    chromium.assertThatNothingWasWrong();
  }

  /// Rules for all campaigns, a dry run by them, why nobody is called, and the campaign once more.
  @Test
  @Tag("AC-CMP-02")
  @Tag("AC-CMP-06")
  @Tag("AC-CAL-09")
  void thePagesSayWhoIsCalledAndWhoIsNot() {
    Campaigning business = new Campaigning(stage.box());
    String list = business.list("Те же покупатели", Subscribers.many(Subscribers.SAYS_TODAY, 3));
    String again =
        business.campaign(
            new Wish("Заказ ждёт", list, "Здравствуйте! Заказ вас ждёт.", 4, 240, false, true, 5));
    try (BrowserContext context = chromium.context(1280, 900)) {
      Page page = signedIn(context, stage.boxPort(), "owner", stage.firstPassword("box", "owner"));
      see(page, "rules-before", "/rules", "Нерабочие дни");
      setRules(page, "0", "1");
      String year =
          page.getByLabel("Год", new Page.GetByLabelOptions().setExact(true)).inputValue();
      page.getByLabel("Дата").fill(year + "-12-31");
      page.getByLabel("Что это за день").fill("Инвентаризация");
      button(page, "Добавить день").click();
      assertThat(main(page)).containsText("Инвентаризация", patient());
      photograph(page, "rules");
      button(page, "Сделать 31.12." + year + " обычным днём").click();
      assertThat(main(page)).containsText("31.12." + year + " снова обычный день.");
      button(page, "Отменить").click();
      assertThat(main(page)).containsText("Инвентаризация");

      see(page, "dry-run", "/campaigns/" + again, "Звонили столько, сколько разрешают правила");
      button(page, "Начать").click();
      button(page.getByRole(AriaRole.DIALOG), "Начать").click();
      assertThat(main(page)).containsText("уже звонили столько", patient());
      photograph(page, "breakdown");
      see(page, "people-capped", "/campaigns/" + again + "/people", "Предел звонков");

      see(page, "rules-after", "/rules", "Инвентаризация");
      setRules(page, "0", "");
      see(page, "breakdown-under-way", "/campaigns/" + again, "Кому звоним и кому нет");
      assertThat(main(page)).containsText("Завершена", patient());
      assertThat(main(page)).containsText("Позвонили, исход окончательный");
      photograph(page, "breakdown-after");

      page.getByText("Повторить", new Page.GetByTextOptions().setExact(true)).click();
      assertThat(page.getByLabel("Название")).hasValue("Заказ ждёт — ещё раз");
    }
    chromium.assertThatNothingWasWrong();
  }

  private static void setRules(Page page, String gap, String perDay) {
    page.getByLabel("Перерыв между кампаниями, мин").fill(gap);
    page.getByLabel("Звонков в день").fill(perDay);
    button(page, "Сохранить").click();
    assertThat(page.getByText("Правила действуют").first()).isVisible();
  }

  private String callOf(String campaign, String outcome, int index) {
    return stage
        .box()
        .get("/calls?outcome=" + outcome + "&campaignId=" + campaign)
        .path("items")
        .get(index)
        .path("id")
        .asString();
  }

  @Test
  void theDashboardShowsWhatIsBeingSaid() {
    Campaigning business = new Campaigning(stage.box());
    List<String> numbers = new ArrayList<>();
    for (String kind : List.of("21", "13", "05", "17", "22", "90", "26", "30")) {
      numbers.add(Subscribers.many(kind, 2).getLast());
    }
    String list = business.list("Доставка сегодня", numbers);
    String running =
        business.campaign(
            new Wish(
                "Доставка сегодня",
                list,
                "Здравствуйте! Мы привезём ваш заказ сегодня вечером. Вам удобно?",
                8,
                480,
                true,
                true,
                6));
    try (BrowserContext context = chromium.context(1280, 900)) {
      Page page = signedIn(context, stage.boxPort(), "owner", stage.firstPassword("box", "owner"));
      see(page, "dashboard-quiet", "/", "");
      business.start(running);

      // What a subscriber says, while he is on the line.
      assertThat(main(page))
          .containsText(
              Pattern.compile("август|тридцать|двадцать|сред|первый|спасибо"),
              new LocatorAssertions.ContainsTextOptions().setTimeout(60_000));
      photograph(page, "live");
    }
    var end = business.awaitEnd(running, Duration.ofMinutes(2));
    assertThat(end.path("progress").path("done").asInt()).isEqualTo(numbers.size());
  }

  @Test
  void thePagesOfCentralShowTheFleet() {
    try (BrowserContext context = chromium.context(1280, 900)) {
      Page page =
          signedIn(context, stage.centralPort(), "fleet", stage.firstPassword("central", "fleet"));
      see(page, "fleet", "/", "Rehearsal LLP");
      String box = stage.central("fleet").get("/boxes").get(0).path("id").asString();
      see(page, "fleet-box", "/boxes/" + box, "Loopback");
      see(page, "numbers", "/numbers", "Пул пуст");
      see(page, "decisions", "/decisions", "Расхождений нет");
      see(page, "claims", "/claims", "Rehearsal LLP");
    }
    chromium.assertThatNothingWasWrong();
  }

  @Test
  void aWrongPasswordIsRefusedInWords() {
    try (BrowserContext context = chromium.context(1280, 900)) {
      Page page = context.newPage();
      page.navigate("http://127.0.0.1:" + stage.boxPort() + "/");
      fillIn(page, "owner", "not the password");

      assertThat(page.getByRole(AriaRole.ALERT).or(page.getByRole(AriaRole.STATUS)).first())
          .isVisible();
      photograph(page, "sign-in");
    }
  }

  @Test
  void thePagesFitAPhone() {
    try (BrowserContext context = chromium.context(360, 760)) {
      Page page = signedIn(context, stage.boxPort(), "owner", stage.firstPassword("box", "owner"));
      for (String path :
          List.of("/", "/lists", "/campaigns", "/calls", "/calls/" + call, "/reports")) {
        see(page, "phone" + path.replace('/', '-'), path, "");
        Object overflow =
            page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth");

        assertThat(((Number) overflow).intValue()).as("sideways scroll on " + path).isZero();
      }
    }
  }
}
