package kz.qonyrau.systemtests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static kz.qonyrau.systemtests.Chromium.button;
import static kz.qonyrau.systemtests.Chromium.having;
import static kz.qonyrau.systemtests.Chromium.main;
import static kz.qonyrau.systemtests.Chromium.open;
import static kz.qonyrau.systemtests.Chromium.patient;
import static kz.qonyrau.systemtests.Chromium.photograph;
import static kz.qonyrau.systemtests.Chromium.signedIn;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.SelectOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import kz.qonyrau.rehearsal.Api;
import kz.qonyrau.rehearsal.Stage;
import kz.qonyrau.rehearsal.StageSettings;
import kz.qonyrau.testsupport.Eventually;
import kz.qonyrau.vocabulary.AstanaTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The whole life of a box, as central's people live it on their pages: ticket, license, payment,
/// lease, suspension, and its end. The box is a real one.
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class FleetLifeTest {

  private static final Duration LONGEST = Duration.ofSeconds(90);
  private static final String CUSTOMER = "Кофе Номад";

  private final StageDirectory directory = StageDirectory.create();
  private final Stage stage =
      Stage.on(
          StageDirectory.root(), StageDirectory.bundles(), directory.path(), StageSettings.USUAL);
  private final Chromium chromium = new Chromium();

  @BeforeEach
  void startCentral() {
    stage.startCentral();
    stage.startCarrier();
  }

  @AfterEach
  void close() {
    chromium.close();
    stage.close();
    directory.close();
  }

  @Test
  @Tag("PLT-08")
  @Tag("PLT-11")
  @Tag("PLT-13")
  @Tag("SH-BAL-15")
  @Tag("SH-SUS-01")
  @Tag("SH-SUS-02")
  @Tag("EX-SUS-1")
  @Tag("SH-RET-02")
  @Tag("AC-CAL-03")
  void aBoxIsAdmittedLicensedPaidForSuspendedRestoredAndRetired() throws Exception {
    try (BrowserContext fleetWindow = chromium.context(1280, 900);
        BrowserContext billingWindow = chromium.context(1280, 900)) {
      Page fleet = signedInAtCentral(fleetWindow, "fleet");
      Page billing = signedInAtCentral(billingWindow, "billing");

      startBoxWith(ticket(fleet, "Алматы, Абая 10", "2000"));
      open(fleet, "/");
      assertThat(main(fleet)).containsText("На связи", patient());
      photograph(fleet, "life-fleet");
      Api atBox = stage.box();
      Api atCentral = stage.central("fleet");
      String box = atCentral.get("/boxes").path(0).path("id").asString();
      open(fleet, "/boxes/" + box);

      license(fleet, 7);
      Eventually.await(LONGEST, "the box has seven lines", () -> channels(atBox) == 7);

      pay(billing, "5000");
      Eventually.await(LONGEST, "the box has its 2 000.00", () -> available(atBox) == 200_000);

      register(billing);
      benefit(billing);
      lease(fleet, "8000");
      Eventually.await(LONGEST, "the box has its 5 000.00", () -> available(atBox) == 500_000);

      assignNumbers(fleet, box);
      shutOneTrunkAndOpenIt(fleet);
      suspendAndRestore(fleet);
      holdAndLift(fleet);

      Locator dialog = begin(fleet, "Забрать деньги");
      dialog.getByLabel("Причина").fill("клиент переезжает");
      button(dialog, "Забрать").click();
      Eventually.await(LONGEST, "the box has nothing", () -> available(atBox) == 0);
      open(billing, "/accounts/" + customer());
      assertThatWalletHas(billing, "5 000,00 ₸", "5 000,00 ₸", "0,00 ₸");
      photograph(billing, "life-account");

      dialog = begin(fleet, "Дать команду");
      dialog.getByLabel("Причина").fill("конец месяца");
      button(dialog, "Дать команду").click();
      assertThat(main(fleet)).containsText("Выполнена", patient());
      assertThat(main(fleet)).containsText("Сходится", patient());
      photograph(fleet, "life-box");

      retire(fleet, box);
      assertThat(main(fleet)).containsText("Отозван", patient());
      assertThat(main(fleet)).containsText("Выведен из работы", patient());
      photograph(fleet, "life-retired");

      // Its next start erases it, with whatever ticket lies there.
      stage.startBox();
      stage.kill("box");
      startBoxWith(ticket(fleet, "Астана, Сарыарка 5", "0"));
      Eventually.await(
          LONGEST, "the box comes as another one", () -> anotherThan(atCentral, box).isPresent());
      open(fleet, "/boxes/" + anotherThan(atCentral, box).orElseThrow());
      dialog = begin(fleet, "Отозвать");
      dialog.getByLabel("Причина").fill("украден");
      button(dialog, "Отозвать").click();
      assertThat(main(fleet)).containsText("Отозван", patient());
      photograph(fleet, "life-revoked");
    }
    chromium.assertThatNothingWasWrong();
  }

  private static Optional<String> anotherThan(Api central, String box) {
    return central
        .get("/boxes")
        .valueStream()
        .map(each -> each.path("id").asString())
        .filter(each -> !each.equals(box))
        .findFirst();
  }

  private Page signedInAtCentral(BrowserContext window, String login) {
    return signedIn(window, stage.centralPort(), login, stage.firstPassword("central", login));
  }

  /// Opens a dialog by its button on the page.
  private static Locator begin(Page page, String name) {
    button(page, name).first().click();
    Locator dialog = page.getByRole(AriaRole.DIALOG);
    assertThat(dialog).isVisible();
    return dialog;
  }

  private static String ticket(Page fleet, String site, String lease) {
    open(fleet, "/claims");
    Locator dialog = begin(fleet, "Новый билет");
    dialog.getByLabel("Организация").fill(CUSTOMER);
    dialog.getByLabel("Место").fill(site);
    dialog.getByLabel("Сколько денег сразу").fill(lease);
    button(dialog, "Создать билет").click();
    Locator shown = fleet.getByRole(AriaRole.DIALOG).filter(having("Билет готов"));
    assertThat(shown).isVisible();
    photograph(fleet, "life-ticket");
    String ticket = shown.locator("p.code").textContent().strip();
    button(shown, "Я сохранил").click();
    return ticket;
  }

  private void startBoxWith(String ticket) throws IOException {
    Path home = Files.createDirectories(directory.path().resolve("box"));
    Files.writeString(home.resolve("claim-ticket"), ticket);
    stage.startBox();
  }

  private static void license(Page fleet, int channels) {
    Locator dialog = begin(fleet, "Выдать лицензию");
    dialog.getByLabel("Линий").fill(Integer.toString(channels));
    photograph(fleet, "life-license");
    button(dialog, "Выдать").click();
    assertThat(dialog).not().isVisible();
  }

  private void pay(Page billing, String amount) {
    open(billing, "/accounts/" + customer());
    Locator dialog = begin(billing, "Зачислить платёж");
    dialog.getByLabel("Сумма, ₸").fill(amount);
    dialog.getByLabel("Номер платежа в банке").fill("KZ-0001");
    dialog.getByLabel("Основание").fill("счёт 1");
    photograph(billing, "life-payment");
    button(dialog, "Зачислить").click();
    assertThat(dialog).not().isVisible();
    assertThat(main(billing)).containsText("счёт 1");
    // Whatever has been set aside meanwhile, it is his.
    assertThat(callsWallet(billing)).containsText("5 000,00 ₸");
  }

  private static Locator callsWallet(Page account) {
    return account.getByRole(AriaRole.ROW).filter(having("Обзвон")).first();
  }

  private static void assertThatWalletHas(Page account, String... all) {
    Locator row = callsWallet(account);
    for (int column = 0; column < all.length; column++) {
      assertThat(row.getByRole(AriaRole.CELL).nth(column + 1)).hasText(all[column]);
    }
  }

  private static void register(Page billing) {
    Locator dialog = begin(billing, "Зарегистрировать");
    dialog.getByLabel("БИН или ИИН").fill("990140000008");
    assertThat(dialog).containsText("опечатка");
    dialog.getByLabel("БИН или ИИН").fill("990140000007");
    photograph(billing, "life-registration");
    button(dialog, "Зарегистрировать").click();
    assertThat(dialog).not().isVisible();
    assertThat(main(billing)).containsText("990140000007");
  }

  /// Two people grant reduced prices, the customer confirms them, and what leaving them would cost
  /// is shown.
  private void benefit(Page billing) throws Exception {
    LocalDate today = AstanaTime.dateOf(Instant.now(Clock.systemUTC()));
    Locator dialog = begin(billing, "Предложить льготу");
    dialog.getByLabel("Название").fill("life-1");
    dialog.getByLabel("Предоплата").fill("0");
    dialog.getByLabel("Первый день").fill(today.toString());
    dialog.getByLabel("Последний день").fill(today.plusMonths(3).toString());
    dialog.getByLabel("Время разговора").fill("10");
    dialog.getByLabel("Обещанный объём").first().fill("100");
    dialog.getByLabel("Причина").fill("большой объём");
    photograph(billing, "life-benefit-proposal");
    button(dialog, "Предложить").click();
    assertThat(dialog).not().isVisible();
    Api approver = stage.central("approver");
    String proposal = approver.get("/proposals").path(0).path("id").asString();
    var _ =
        approver.post(
            "/proposals/" + proposal + "/decision",
            new JsonMapper().createObjectNode().put("decision", "APPROVED"));
    open(billing, "/accounts");
    photograph(billing, "life-accounts");
    open(billing, "/accounts/" + customer());
    dialog = begin(billing, "Отметить согласие");
    dialog.getByLabel("Условия подтверждены").check();
    dialog.getByLabel("Правило перерасчёта подтверждено").check();
    dialog.getByLabel("Где хранится согласие").fill("договор 17, приложение 2");
    photograph(billing, "life-benefit-consent");
    button(dialog, "Отметить согласие").click();
    assertThat(dialog).not().isVisible();
    assertThat(main(billing)).containsText("действует", patient());
    photograph(billing, "life-benefit");
    dialog = begin(billing, "Досрочный выход");
    assertThat(dialog).containsText("Доначислится");
    photograph(billing, "life-benefit-exit");
    button(dialog, "Отмена").click();
  }

  private static void lease(Page fleet, String amount) {
    Locator dialog = begin(fleet, "Сколько сразу");
    dialog.getByLabel("Сумма, ₸").fill(amount);
    dialog.getByLabel("Причина").fill("большая рассылка");
    assertThat(dialog).containsText("3 000,00");
    photograph(fleet, "life-lease");
    button(dialog, "Задать").click();
    assertThat(dialog).not().isVisible();
  }

  /// The box shows the provider's numbers and no others (AC-CAL-03).
  private void assignNumbers(Page fleet, String box) {
    Api technician = technician();
    String shown = technician.get("/trunks").path("trunks").path(0).path("callerNumber").asString();
    open(fleet, "/numbers");
    assertThat(main(fleet)).containsText("Пул пуст");
    Locator dialog = begin(fleet, "Добавить номера");
    dialog.getByLabel("Номера").fill(shown + "\n8 717 269 40 00, касса");
    assertThat(dialog).containsText("Не похоже на номер");
    dialog.getByLabel("Номера").fill(shown + "\n8 717 269 40 00");
    photograph(fleet, "life-numbers-new");
    button(dialog, "Добавить").click();
    assertThat(main(fleet)).containsText("+7 717 269 40 00");
    for (int i = 0; i < 2; i++) {
      dialog = begin(fleet, "Выдать");
      dialog.getByLabel("Бокс").selectOption(box);
      dialog.getByLabel("Причина").fill("договор 17");
      photograph(fleet, "life-number-assignment");
      button(dialog, "Выдать").click();
      assertThat(dialog).not().isVisible();
    }
    photograph(fleet, "life-numbers");
    Eventually.await(
        LONGEST, "the box may show both", () -> technician.get("/trunks").path("pool").size() == 2);
    Eventually.await(LONGEST, "its trunk is open", () -> conditions(technician).equals("UP"));

    fleet
        .getByRole(AriaRole.ROW)
        .filter(having("договор 17"))
        .filter(having(spaced(shown)))
        .getByRole(AriaRole.BUTTON)
        .first()
        .click();
    dialog = fleet.getByRole(AriaRole.DIALOG);
    dialog.getByLabel("Причина").fill("номер нужен другому");
    button(dialog, "Отобрать").click();
    Eventually.await(
        LONGEST, "its trunk shows nothing", () -> conditions(technician).equals("NO_NUMBER"));
    try (BrowserContext window = chromium.context(1280, 900)) {
      Page owner = signedInAtBox(window);
      open(owner, "/trunks");
      assertThat(main(owner)).containsText("Номер не выдан", patient());
      photograph(owner, "life-number-withdrawn-box");
    }

    dialog = begin(fleet, "Выдать");
    dialog.getByLabel("Бокс").selectOption(box);
    dialog.getByLabel("Причина").fill("ошиблись номером");
    button(dialog, "Выдать").click();
    Eventually.await(LONGEST, "its trunk is open", () -> conditions(technician).equals("UP"));
    open(fleet, "/boxes/" + box);
  }

  /// As pages show it.
  private static String spaced(String number) {
    return number.replaceAll("(\\+7)(\\d{3})(\\d{3})(\\d{2})(\\d{2})", "$1 $2 $3 $4 $5");
  }

  private Api technician() {
    Api api = new Api(stage.boxPort());
    api.signIn("technician", stage.firstPassword("box", "technician"));
    return api;
  }

  /// One trunk of two is abused from outside: it is shut alone, and opened when that is over.
  private void shutOneTrunkAndOpenIt(Page fleet) throws Exception {
    Api technician = technician();
    JsonNode first = technician.get("/trunks").path("trunks").path(0);
    var _ =
        technician.post(
            "/trunks",
            new JsonMapper()
                .createObjectNode()
                .put("name", "Запасная")
                .put("host", first.path("host").asString())
                .put("port", first.path("port").asInt())
                .put("transport", "UDP")
                .put("channelLimit", 1)
                .put("price", "99")
                .put("place", 2)
                .put("callerNumber", first.path("callerNumber").asString())
                .put("enabled", true)
                .set("codecs", new JsonMapper().createArrayNode().add("ALAW")));
    assertThat(main(fleet)).containsText("Запасная", patient());
    try (BrowserContext window = chromium.context(1280, 900)) {
      Page owner = signedInAtBox(window);
      Locator dialog = begin(fleet, "Приостановить");
      dialog
          .locator("select")
          .first()
          .selectOption(new SelectOption().setLabel("Линия «Запасная»"));
      dialog.getByLabel("Основание").selectOption("INTRUSION");
      dialog
          .getByLabel("Владельцу бокса")
          .fill("По этой линии звонит кто-то чужой, мы разбираемся");
      assertThat(dialog).containsText("Остальные линии");
      photograph(fleet, "life-trunk-suspension");
      button(dialog, "Приостановить").click();
      assertThat(dialog).not().isVisible();

      Eventually.await(
          LONGEST, "one trunk is shut", () -> conditions(technician).equals("UP SUSPENDED"));
      open(owner, "/notices");
      assertThat(main(owner)).containsText("Провайдер закрыл линию", patient());
      photograph(owner, "life-trunk-notice");
      open(owner, "/trunks");
      assertThat(main(owner)).containsText("звонит кто-то чужой", patient());
      photograph(owner, "life-trunk-suspended-box");
      assertThat(main(fleet)).containsText("Закрыта провайдером", patient());
      photograph(fleet, "life-trunk-suspended");
      String box = fleet.url().substring(fleet.url().indexOf('#') + 1);
      open(fleet, "/");
      assertThat(main(fleet)).containsText("К снятию", patient());
      photograph(fleet, "life-to-lift");
      open(fleet, box);

      dialog = begin(fleet, "Снять");
      dialog.getByLabel("Почему").fill("пароль сменён");
      button(dialog, "Снять").click();
      Eventually.await(
          LONGEST, "both trunks are open", () -> conditions(technician).equals("UP UP"));
      open(owner, "/notices");
      assertThat(main(owner)).containsText("снова открыл линию", patient());
    }
  }

  private static String conditions(Api technician) {
    return technician
        .get("/trunks")
        .path("trunks")
        .valueStream()
        .map(trunk -> trunk.path("condition").asString())
        .collect(Collectors.joining(" "));
  }

  private void suspendAndRestore(Page fleet) {
    String note = "Оплатите счёт 2 и позвоните нам";
    try (BrowserContext window = chromium.context(1280, 900)) {
      Page owner = signedInAtBox(window);
      Locator dialog = begin(fleet, "Приостановить");
      dialog.getByLabel("Основание").selectOption("VIOLATION");
      dialog.getByLabel("Владельцу бокса").fill(note);
      photograph(fleet, "life-suspension");
      button(dialog, "Приостановить").click();
      assertThat(main(owner)).containsText(note, patient());
      photograph(owner, "life-suspended-box");
      open(owner, "/notices");
      assertThat(main(owner)).containsText("зачислен", patient());
      photograph(owner, "life-notices-box");
      open(owner, "/");

      dialog = begin(fleet, "Снять");
      dialog.getByLabel("Почему").fill("оплачено");
      button(dialog, "Снять").click();
      assertThat(main(fleet)).containsText("Ничего не приостановлено");
      assertThat(main(owner)).not().containsText(note, patient());
    }
  }

  /// The owner sees what may not be deleted, and that it may again.
  private void holdAndLift(Page fleet) {
    String reason = "Иск 12 о качестве связи";
    try (BrowserContext window = chromium.context(1280, 900)) {
      Page owner = signedInAtBox(window);
      open(owner, "/system");
      Locator dialog = begin(fleet, "Запрет на удаление");
      dialog.getByLabel("Звонки с").fill("2026-10-01");
      dialog.getByLabel("по", new Locator.GetByLabelOptions().setExact(true)).fill("2026-10-31");
      dialog.getByLabel("Почему").fill(reason);
      button(dialog, "Запретить").click();
      assertThat(main(fleet)).containsText("звонки с 01.10.2026 по 31.10.2026", patient());
      photograph(fleet, "life-hold");
      assertThat(main(owner)).containsText(reason, patient());
      assertThat(main(owner)).containsText("действует");
      photograph(owner, "life-hold-box");

      dialog = begin(fleet, "Снять запрет");
      dialog.getByLabel("Почему").fill("спор решён");
      button(dialog, "Снять запрет").click();
      assertThat(main(fleet)).not().containsText("звонки с 01.10.2026", patient());
      assertThat(main(owner)).containsText("снят ", patient());
    }
  }

  /// Central orders it, and the owner says on his own page that he has his data.
  private void retire(Page fleet, String box) throws Exception {
    ProcessHandle program = ProcessHandle.of(stage.pid("box")).orElseThrow();
    try (BrowserContext window = chromium.context(1280, 900)) {
      Page owner = signedInAtBox(window);
      Locator dialog = begin(fleet, "Дать команду");
      dialog.getByLabel("Что сделать").selectOption("DECOMMISSION");
      dialog.getByLabel("Причина").fill("договор окончен");
      dialog.getByLabel("Серийный номер бокса").fill("unnumbered");
      photograph(fleet, "life-retirement");
      button(dialog, "Вывести из работы навсегда").click();

      open(owner, "/system");
      assertThat(main(owner)).containsText("договор окончен", patient());
      photograph(owner, "life-retiring-box");
      dialog = begin(owner, "Я забрал всё, стереть бокс");
      dialog.getByLabel("Номер бокса").fill(box);
      photograph(owner, "life-erase");
      button(dialog, "Стереть навсегда").click();
      assertThat(dialog).not().isVisible();
    }
    var _ = program.onExit().get(LONGEST.toSeconds(), TimeUnit.SECONDS);
  }

  private Page signedInAtBox(BrowserContext window) {
    return signedIn(window, stage.boxPort(), "owner", stage.firstPassword("box", "owner"));
  }

  private String customer() {
    return stage.central("billing").get("/accounts").path(0).path("id").asString();
  }

  private static long channels(Api box) {
    return box.get("/dashboard").path("license").path("channels").asLong(-1);
  }

  private static long available(Api box) {
    return box.get("/ledger/balance").path("availableTiyn").asLong(-1);
  }
}
