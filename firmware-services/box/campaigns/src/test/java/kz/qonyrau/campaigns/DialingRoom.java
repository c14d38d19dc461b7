package kz.qonyrau.campaigns;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import kz.qonyrau.store.Store;
import kz.qonyrau.testsupport.Plug;
import kz.qonyrau.testsupport.SteppedClock;
import kz.qonyrau.testsupport.TemporaryStore;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.vocabulary.ContactListId;
import kz.qonyrau.vocabulary.Msisdn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// A dialer with its store and a scripted desk. Turns are made by the test and the clock stands
/// still between them, so everything is decided by the script and its seed.
abstract class DialingRoom {

  static final Duration MESSAGE = Duration.ofSeconds(10);

  @RegisterExtension final TemporaryStore database = TemporaryStore.with("CAMPAIGN");
  @TempDir Path directory;

  final SteppedClock clock = SteppedClock.at("2026-11-24T04:00:00Z");
  final ScriptedDesk desk = new ScriptedDesk(clock);
  GateState gate = new GateState.Open(1000, 5000);
  boolean funds = true;
  Store store;
  ContactLists lists;
  Suppressions suppressions;
  HouseRules rules;
  Campaigns campaigns;
  Dialer dialer;

  @BeforeEach
  void open() {
    store = database.store();
    lists = new ContactLists(store, clock);
    suppressions = new Suppressions(store, clock);
    boot();
  }

  /// What a start of the program makes anew.
  final void boot() {
    rules = await(HouseRules.open(store, clock));
    campaigns = new Campaigns(store, clock, rules, HEARS_RUSSIAN);
    dialer =
        new Dialer(
            store,
            clock,
            campaigns,
            rules,
            desk,
            _ -> Future.succeededFuture(funds),
            () -> gate,
            DialerSettings.USUAL);
  }

  @AfterEach
  void close() {
    lists.close();
  }

  private static final Understanding HEARS_RUSSIAN =
      new Understanding() {
        @Override
        public Set<Locale> languages() {
          return Set.of(Locale.of("ru"));
        }

        @Override
        public List<String> unknownWords(Locale language, String phrase) {
          if (phrase.chars().anyMatch(Character::isDigit)) {
            throw new IllegalArgumentException("letters only");
          }
          return Arrays.stream(phrase.split(" ")).filter(word -> word.equals("абырвалг")).toList();
        }
      };

  void turns(int count) {
    for (int i = 0; i < count; i++) {
      var _ = dialer.turn();
    }
  }

  /// Lets time pass until the campaign is over.
  void settle(CampaignId id) {
    for (int i = 0; i < 200 && !found(id).state().isOver(); i++) {
      var _ = dialer.turn();
      clock.advance(Duration.ofSeconds(5));
      desk.endDue();
    }
    turns(2);
  }

  /// Lets so much time pass, in steps of 5 s.
  void pass(Duration time) {
    for (Duration left = time; left.isPositive(); left = left.minusSeconds(5)) {
      turns(2);
      clock.advance(Duration.ofSeconds(5));
      desk.endDue();
    }
    turns(2);
  }

  /// A draft of the owner.
  CampaignId drafted(OrderDraft draft) {
    CampaignId id = CampaignId.random();
    var _ = await(campaigns.create(id, draft.order(), "owner"));
    return id;
  }

  /// A campaign that the owner has started.
  CampaignId started(OrderDraft draft) {
    CampaignId id = drafted(draft);
    assertThat(await(campaigns.start(id, "owner", MESSAGE)))
        .isInstanceOf(CampaignResult.Done.class);
    return id;
  }

  /// Kills the program with its calls, and starts it again.
  ///
  /// @return how many attempts it found under way
  final int crash() {
    desk.forgetCalls();
    boot();
    return dialer.recover();
  }

  /// Lets something happen to a campaign, with the power cut before one of its statements. If it
  /// has so many, the program starts again and it happens once more.
  ///
  /// @param statement counted from 1
  /// @return whether the power was cut
  boolean powerIsCut(int statement, Runnable course) {
    Plug plug = Plug.in(store, statement);
    try {
      course.run();
    } catch (Plug.Pulled _) {
      // What a power cut looks like from here.
    }
    Plug.remove(store);
    if (plug.isPulled()) {
      assertThat(crash()).isBetween(0, 3);
      course.run();
    }
    return plug.isPulled();
  }

  static String numbers(int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append("8701%07d\n".formatted(i));
    }
    return text.toString();
  }

  ContactListId list(String text) throws IOException {
    return list(text, Consent.UNKNOWN);
  }

  ContactListId list(String text, Consent consent) throws IOException {
    ContactListId id = imported(text, consent);
    var _ =
        await(
            lists.attest(
                id,
                new Attestation(
                    "Клиенты магазина",
                    LocalDate.parse("2025-01-01"),
                    LocalDate.parse("2026-01-01"),
                    true,
                    false,
                    "owner",
                    clock.instant())));
    return id;
  }

  ContactListId imported(String text) throws IOException {
    return imported(text, Consent.UNKNOWN);
  }

  private ContactListId imported(String text, Consent consent) throws IOException {
    Path file = Files.createTempFile(directory, "list", ".csv");
    Files.writeString(file, text);
    ContactListId id = ContactListId.random();
    var _ = await(lists.importFile(Uploads.asProposed(lists, id, file, consent)));
    assertThat(await(lists.whenImported(id)).orElseThrow().state())
        .isEqualTo(ContactList.State.READY);
    return id;
  }

  void suppress(String number, Consent status) {
    BlockList list = status == Consent.BLOCKED ? BlockList.OWN : BlockList.SUBSCRIBER;
    var _ = await(suppressions.add(List.of(new Msisdn(number)), list, "asked us to", "test"));
  }

  Campaign found(CampaignId id) {
    return await(campaigns.find(id)).orElseThrow();
  }

  int openAttempts() {
    return await(store.read(AttemptTable::open)).size();
  }

  static <T> T await(Future<T> future) {
    return future.await();
  }
}
