package kz.qonyrau.console;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import kz.qonyrau.audit.AuditLog;
import kz.qonyrau.callbacks.CallBacks;
import kz.qonyrau.callbacks.CentralSeal;
import kz.qonyrau.callbacks.Inquiries;
import kz.qonyrau.callbacks.WhoCalled;
import kz.qonyrau.calls.CallOrder;
import kz.qonyrau.calls.CallProgress;
import kz.qonyrau.calls.CallResult;
import kz.qonyrau.calls.CallSettings;
import kz.qonyrau.calls.Calls;
import kz.qonyrau.calls.MachineRule;
import kz.qonyrau.calls.OutboundCalls;
import kz.qonyrau.calls.Recorder;
import kz.qonyrau.calls.Sound;
import kz.qonyrau.campaigns.Attempt;
import kz.qonyrau.campaigns.AttemptResult;
import kz.qonyrau.campaigns.BlockImports;
import kz.qonyrau.campaigns.CallDesk;
import kz.qonyrau.campaigns.CallPricing;
import kz.qonyrau.campaigns.CampaignOrder;
import kz.qonyrau.campaigns.Campaigns;
import kz.qonyrau.campaigns.ContactCards;
import kz.qonyrau.campaigns.ContactLists;
import kz.qonyrau.campaigns.FileSeal;
import kz.qonyrau.campaigns.GateState;
import kz.qonyrau.campaigns.HouseRules;
import kz.qonyrau.campaigns.Idle;
import kz.qonyrau.campaigns.IdleReason;
import kz.qonyrau.campaigns.ListFiles;
import kz.qonyrau.campaigns.Prompt;
import kz.qonyrau.campaigns.Standing;
import kz.qonyrau.campaigns.Suppressions;
import kz.qonyrau.campaigns.TrialCalls;
import kz.qonyrau.campaigns.Understanding;
import kz.qonyrau.complaints.CaseSealing;
import kz.qonyrau.complaints.Complaint;
import kz.qonyrau.complaints.ComplaintNews;
import kz.qonyrau.complaints.ComplaintNotices;
import kz.qonyrau.complaints.Complaints;
import kz.qonyrau.insight.Transcriptions;
import kz.qonyrau.integrations.Integrations;
import kz.qonyrau.integrations.Seal;
import kz.qonyrau.ledger.Hold;
import kz.qonyrau.ledger.HoldResult;
import kz.qonyrau.ledger.Ledger;
import kz.qonyrau.ledger.Transfer;
import kz.qonyrau.ledger.TransferResult;
import kz.qonyrau.ledger.WalletId;
import kz.qonyrau.notices.Notices;
import kz.qonyrau.promotions.Promotions;
import kz.qonyrau.recordings.RecordingSettings;
import kz.qonyrau.recordings.Recordings;
import kz.qonyrau.recordings.Vault;
import kz.qonyrau.speech.AudioFiles;
import kz.qonyrau.speech.RecognitionState;
import kz.qonyrau.speech.RecognitionUnavailableException;
import kz.qonyrau.speech.Sealer;
import kz.qonyrau.speech.Timbre;
import kz.qonyrau.speech.VoiceProfile;
import kz.qonyrau.speech.Voices;
import kz.qonyrau.speech.models.ModelShelf;
import kz.qonyrau.speech.piper.PiperShelf;
import kz.qonyrau.speech.reading.Reading;
import kz.qonyrau.speech.reading.ReadingRules;
import kz.qonyrau.speech.vosk.VoskRecognizer;
import kz.qonyrau.speech.vosk.VoskSettings;
import kz.qonyrau.store.Outbox;
import kz.qonyrau.store.Store;
import kz.qonyrau.tariffs.ServiceCode;
import kz.qonyrau.tariffs.Tariff;
import kz.qonyrau.telephony.AsteriskPhase;
import kz.qonyrau.telephony.CallCounters;
import kz.qonyrau.telephony.DialOutcome;
import kz.qonyrau.telephony.Dialled;
import kz.qonyrau.telephony.HangupCause;
import kz.qonyrau.telephony.Telephony;
import kz.qonyrau.telephony.TelephonyState;
import kz.qonyrau.telephony.TrunkId;
import kz.qonyrau.telephony.TrunkState;
import kz.qonyrau.telephony.Way;
import kz.qonyrau.telephony.trunks.Diagnoses;
import kz.qonyrau.telephony.trunks.PasswordSeal;
import kz.qonyrau.telephony.trunks.Trunks;
import kz.qonyrau.testsupport.SteppedClock;
import kz.qonyrau.testsupport.TemporaryStore;
import kz.qonyrau.uplink.DocumentVerdict;
import kz.qonyrau.uplink.DocumentVerdict.Outcome;
import kz.qonyrau.uplink.KnownHold;
import kz.qonyrau.uplink.Retirement;
import kz.qonyrau.uplink.UplinkState;
import kz.qonyrau.uplink.UplinkStatus;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.vocabulary.CallOutcome;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.vocabulary.Msisdn;
import kz.qonyrau.vocabulary.Tenge;
import kz.qonyrau.web.DoorSettings;
import kz.qonyrau.wire.DocumentFile;
import kz.qonyrau.wire.LeaseDocument;
import kz.qonyrau.wire.LicenseStanding;
import kz.qonyrau.wire.OpeningKey;
import kz.qonyrau.wire.PinDocument;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A whole console on a free port: real modules over a Derby in memory, a line that is always busy,
/// a voice that hums, and a person of each role signed in.
final class TestConsole implements AutoCloseable {

  static final JsonMapper JSON = new JsonMapper();

  /// What opens the box's reports on complaints.
  static final OpeningKey CENTRAL = OpeningKey.random();

  static final CaseSealing SEALING = new CaseSealing(BoxId.random(), CENTRAL.sealing());

  static final WalletId BANK = new WalletId("central/leases");

  private static final Tariff TARIFF =
      Tariff.parse(
          """
          {"version": "test-1", "publishedAt": "2026-01-01T00:00:00Z", "lines": [
            {"service": "CALL_TIME", "price": "6.00", "unit": "PT1S", "step": "PT1S", "minimum": "0.00"}
          ]}
          """
              .getBytes(StandardCharsets.UTF_8));

  /// A voice whose every letter lasts a tenth of a second.
  private static final class HummingVoices implements Voices {

    @Override
    public List<VoiceProfile> all() {
      return List.of(
          new VoiceProfile("alto", Locale.of("ru"), Timbre.FEMALE, "Alto", "humming"),
          new VoiceProfile("bass", Locale.of("en"), Timbre.MALE, "Bass", "humming"));
    }

    @Override
    public void onChange(Runnable listener) {
      // They stay what they are.
    }

    @Override
    public Reading read(String text, Locale language) {
      return new ReadingRules(language).read(text);
    }

    @Override
    public Future<byte[]> say(String text, Locale language, Optional<String> voice) {
      if (text.isBlank()) {
        throw new IllegalArgumentException("nothing to say");
      }
      return Future.succeededFuture(new byte[text.length() * 1600]);
    }
  }

  private static final class QuietTelephony implements Telephony {

    @Override
    public TelephonyState state() {
      return new TelephonyState(
          AsteriskPhase.READY,
          Instant.parse("2026-11-24T03:00:00Z"),
          0,
          OptionalLong.empty(),
          Optional.empty(),
          new TrunkState(true, Optional.of(Duration.ofMillis(12)), 0, 30),
          List.of(),
          new CallCounters(0, 0, 0));
    }

    @Override
    public void onChange(Consumer<TelephonyState> listener) {}
  }

  /// What the box is told to rate by since when.
  volatile Optional<PinDocument> pin = Optional.empty();

  /// What it may do.
  volatile LicenseStanding license = new LicenseStanding.None();

  /// Who it is, once it is enrolled.
  volatile Optional<BoxId> boxId = Optional.empty();

  /// What of it nothing may be deleted of.
  volatile List<KnownHold> legalHolds = List.of();

  /// The end of this box.
  volatile Optional<Retirement.State> retirement = Optional.empty();

  private final List<Consumer<Retirement.State>> onRetirement = new CopyOnWriteArrayList<>();

  /// Central has ordered it to end, and the owner has time.
  void retire(Retirement.State state) {
    retirement = Optional.of(state);
    onRetirement.forEach(listener -> listener.accept(state));
  }

  private final class NoCentral implements CentralLine {

    @Override
    public Optional<PinDocument> pin() {
      return pin;
    }

    @Override
    public UplinkStatus status() {
      return new UplinkStatus(
          UplinkState.NOT_ENROLLED,
          Instant.parse("2026-11-24T03:00:00Z"),
          0,
          Optional.empty(),
          Optional.empty());
    }

    @Override
    public LicenseStanding license() {
      return license;
    }

    @Override
    public Optional<BoxId> boxId() {
      return boxId;
    }

    @Override
    public Optional<LeaseDocument> lease() {
      return Optional.empty();
    }

    @Override
    public boolean leaseHasExpired() {
      return false;
    }

    @Override
    public Future<List<DocumentVerdict>> take(DocumentFile file) {
      return Future.succeededFuture(
          file.documents().stream()
              .map(document -> new DocumentVerdict(document.schema(), Outcome.FORGED))
              .toList());
    }

    @Override
    public Future<List<KnownHold>> holds() {
      return Future.succeededFuture(legalHolds);
    }

    @Override
    public Optional<Retirement.State> retirement() {
      return retirement;
    }

    @Override
    public Future<Retirement.Confirmation> confirmRetirement(String login) {
      Optional<Retirement.State> before = retirement;
      if (before.isEmpty()) {
        return Future.succeededFuture(Retirement.Confirmation.NOT_RETIRING);
      }
      Retirement.State now = before.get();
      if (now.stage() != Retirement.Stage.OWNERS_TIME) {
        return Future.succeededFuture(Retirement.Confirmation.OVER);
      }
      retire(
          new Retirement.State(
              now.commandId(),
              now.reason(),
              now.begunAt(),
              now.ownerUntil(),
              Optional.of(login),
              Retirement.Stage.LAST_REPORTS));
      return Future.succeededFuture(Retirement.Confirmation.DONE);
    }

    @Override
    public void onRetirement(Consumer<Retirement.State> listener) {
      onRetirement.add(listener);
    }

    @Override
    public void onChange(Consumer<UplinkStatus> listener) {}
  }

  private record Keys(Vault vault) implements Sealer, PasswordSeal, Seal, FileSeal {

    @Override
    public byte[] seal(byte[] plain, String context) {
      return vault.seal(plain, context);
    }

    @Override
    public byte[] open(byte[] sealed, String context) {
      return vault.open(sealed, context);
    }
  }

  private record Bell(Notices notices) implements ComplaintNotices {

    @Override
    public void tell(Handle handle, ComplaintNews news, Complaint complaint) {
      notices.tell(handle, news.name(), complaint.shortName());
    }

    @Override
    public void told() {
      notices.told();
    }
  }

  private static final class NoRecorder implements Recorder {

    @Override
    public Path begin(CallId call) {
      throw new IllegalStateException("nothing is recorded here");
    }

    @Override
    public Future<Boolean> finish(
        CallId call, CampaignId campaign, Instant answeredAt, Duration answered) {
      return Future.succeededFuture(false);
    }

    @Override
    public void abandon(CallId call) {}
  }

  private static final class Prices implements CallPricing {

    @Override
    public Tenge answeredCall(CampaignOrder order, Duration answered) {
      return TARIFF.price(ServiceCode.CALL_TIME, answered);
    }

    @Override
    public String tariffVersion() {
      return TARIFF.versionId();
    }
  }

  /// Understands Russian and English, but no word of more than twelve letters.
  private static final class HalfUnderstanding implements Understanding {

    @Override
    public Set<Locale> languages() {
      return Set.of(Locale.of("ru"), Locale.of("en"));
    }

    @Override
    public List<String> unknownWords(Locale language, String phrase) {
      if (!phrase.chars().allMatch(c -> Character.isLetter(c) || c == ' ')) {
        throw new IllegalArgumentException("letters only");
      }
      return Arrays.stream(phrase.split(" ")).filter(word -> word.length() > 12).toList();
    }
  }

  final Vertx vertx = Vertx.vertx();
  final SteppedClock clock = SteppedClock.at("2026-11-24T04:00:00Z");
  final Path directory;
  final Ledger ledger;
  final Recordings recordings;
  final Transcriptions transcriptions;
  final Notices notices;

  /// What is spent on a usual day.
  volatile Optional<Tenge> usualDay = Optional.empty();

  private final VoskRecognizer recognizer;
  private final ModelShelf models;
  private final PiperShelf piper;
  final AudioShelf audio;
  private final TemporaryStore database =
      TemporaryStore.with(
          "OUTBOX",
          "AUDIT",
          "LEDGER",
          "CALLS",
          "CAMPAIGN",
          "CALLBACK",
          "COMPLAINT",
          "PROMOTION",
          "RECORDING",
          "INSIGHT",
          "NOTICE",
          "TELEPHONY",
          "INTEGRATION",
          "CONSOLE");

  /// By which everybody is called.
  static final Way WAY = new Way(new TrunkId("t00000001"), "Carrier", new Msisdn("+77172000000"));

  /// Who was called to try a trunk out.
  final List<Msisdn> tested = new CopyOnWriteArrayList<>();

  private static final Dialled BUSY =
      new Dialled(new DialOutcome.Busy(new HangupCause(17, OptionalInt.of(486))), Optional.of(WAY));

  /// Until when it rings; then everybody is busy.
  volatile Future<?> line = Future.succeededFuture();

  /// What the calls of campaigns and of codes say, whom they call, and whether a voice speaks.
  final class Desk implements CallDesk {

    final List<Attempt> attempts = new CopyOnWriteArrayList<>();
    volatile Future<Boolean> ready = Future.succeededFuture(true);

    @Override
    public Future<Boolean> makeReady(Prompt prompt) {
      return ready;
    }

    @Override
    public Future<AttemptResult> place(Attempt attempt) {
      attempts.add(attempt);
      return calls
          .place(
              new CallOrder(
                  attempt.id(),
                  attempt.campaign(),
                  attempt.callee(),
                  new Sound(new byte[1600]),
                  Optional.empty(),
                  MachineRule.CARRY_ON,
                  false,
                  attempt.ringing()))
          .map(result ->
              switch (result) {
                case CallResult.Finished done ->
                    AttemptResult.of(done.outcome(), done.cause(), done.endedAt(), false);
                case CallResult.NoFunds _ ->
                    AttemptResult.notDialled(
                        AttemptResult.NotDialled.NO_FUNDS, "no funds", clock.instant());
              });
    }

    @Override
    public Future<Optional<AttemptResult>> outcomeAfterRestart(CallId call) {
      throw new AssertionError("nothing restarts here");
    }
  }

  final Desk desk = new Desk();

  /// Whether the box may dial.
  volatile GateState gate = new GateState.Open(10, 600);

  /// Whether the money seems to cover the next call.
  volatile boolean funds = true;

  final TrialCalls trials;
  private final OwnNumbers ownNumbers;
  final Trunks trunks;
  private final OutboundCalls calls;
  final Calls book;
  private final ContactLists lists;
  private final BlockImports blockImports;
  final Complaints complaints;
  final CallBacks callBacks;
  final Inquiries inquiries;
  final Promotions promotions;

  /// Who called whom, for those who ask the provider.
  final Map<Msisdn, WhoCalled.Caller> callers = new HashMap<>();

  final Integrations integrations;
  private final AudioFiles audioFiles = new AudioFiles();
  private final BoxConsole console;

  /// What the console is told about recognition.
  volatile RecognitionState recognition =
      new RecognitionState(
          List.of(
              new RecognitionState.Language(
                  "ru",
                  RecognitionState.Condition.READY,
                  3,
                  0.256,
                  Duration.ofMillis(120),
                  0,
                  "",
                  80L << 20)),
          false,
          0);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Map<Role, String> cookies = new HashMap<>();

  TestConsole() {
    this(Map.of());
  }

  /// @param starters the speech models that came with the box
  TestConsole(Map<Locale, Path> starters) {
    try {
      directory = Files.createTempDirectory("console");
      Store store = database.store();
      ledger = new Ledger(store, clock);
      notices = new Notices(store, clock);
      var _ = await(ledger.openWallet(BANK, true));
      var _ = await(ledger.openWallet(Calls.PAYER, false));
      var _ = await(ledger.openWallet(Calls.PROVIDER, true));
      Vault vault = Vault.open(Files.createDirectories(directory.resolve("keys")));
      recordings =
          new Recordings(
              store,
              vault,
              RecordingSettings.below(directory.resolve("recordings")),
              clock,
              _ -> legalHolds.stream().map(KnownHold::period).toList());
      var _ = await(recordings.recover());
      transcriptions =
          new Transcriptions(
              store,
              _ -> Future.succeededFuture(Optional.empty()),
              () -> {
                throw new RecognitionUnavailableException("nobody listens here");
              },
              clock);
      recognizer =
          new VoskRecognizer(Map.of(), VoskSettings.usual(), directory.resolve("recognition"));
      piper = PiperShelf.open(directory.resolve("voices"), clock);
      models = ModelShelf.open(directory.resolve("speech-models"), starters, clock);
      var _ = await(models.start(recognizer));
      book = new Calls(store, ledger, new Outbox(clock), clock);
      calls =
          new OutboundCalls(
              (_, _) -> line.map(_ -> BUSY),
              (_, _) -> {
                throw new IllegalStateException("nobody listens here");
              },
              new NoRecorder(),
              ledger,
              book,
              () -> TARIFF,
              CallSettings.DEFAULT,
              clock);
      var _ =
          await(
              vertx.deployVerticle(
                  calls, new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD)));
      lists = new ContactLists(store, clock);
      HouseRules rules = await(HouseRules.open(store, clock));
      Suppressions suppressions = new Suppressions(store, clock);
      blockImports = new BlockImports(suppressions);
      ContactCards cards = new ContactCards(store, rules, clock);
      callBacks = new CallBacks(store, clock);
      promotions =
          new Promotions(
              store,
              new Outbox(clock),
              () ->
                  Optional.of(
                      new kz.qonyrau.promotions.CentralSeal(SEALING.box(), CENTRAL.sealing())),
              clock);
      inquiries =
          new Inquiries(
              store,
              new Outbox(clock),
              new WhoCalled() {
                @Override
                public Future<Optional<Caller>> last(Msisdn number) {
                  return Future.succeededFuture(Optional.ofNullable(callers.get(number)));
                }

                @Override
                public Future<List<Caller>> between(Msisdn number, Instant from, Instant until) {
                  return last(number).map(caller -> caller.stream().toList());
                }
              },
              () -> Optional.of(new CentralSeal(SEALING.box(), SEALING.central())),
              clock);
      complaints =
          new Complaints(
              store,
              new Outbox(clock),
              suppressions,
              cards,
              () -> Optional.of(SEALING),
              new Bell(notices),
              clock);
      trunks = new Trunks(store, new Keys(vault), 100, List.of(WAY.shown()));
      integrations = new Integrations(vertx, store, new Keys(vault), clock, true);
      var _ = await(integrations.load());
      Campaigns campaigns = new Campaigns(store, clock, rules, new HalfUnderstanding());
      trials =
          new TrialCalls(
              store,
              clock,
              campaigns,
              desk,
              _ -> Future.succeededFuture(funds),
              () -> gate,
              () -> book.live().stream().map(CallProgress::callee).toList());
      ownNumbers = new OwnNumbers(store, clock);
      Staff staff = new Staff(store, clock);
      audio = new AudioShelf(store, directory.resolve("audio"), new Keys(vault), clock);
      if (!staff.makeFirst(directory) || staff.makeFirst(directory)) {
        throw new AssertionError("first passwords are made once");
      }
      console =
          await(
              BoxConsole.open(
                  vertx,
                  new DoorSettings(
                      "127.0.0.1", 0, directory.resolve("uploads"), Optional.empty(), false, true),
                  new BoxConsole.Parts(
                      ledger,
                      new AuditLog(store, clock),
                      () -> TARIFF,
                      new QuietTelephony(),
                      new CarrierLines(
                          trunks,
                          new Diagnoses(
                              vertx,
                              new QuietTelephony(),
                              (_, request) -> {
                                tested.add(request.callee());
                                return Future.succeededFuture(
                                    new Dialled(
                                        new DialOutcome.OperatorFailure(
                                            new HangupCause(34, OptionalInt.of(503))),
                                        Optional.of(WAY)));
                              },
                              clock),
                          100),
                      () -> recognition,
                      models,
                      new HummingVoices(),
                      piper,
                      audioFiles,
                      recordings,
                      transcriptions,
                      book,
                      campaigns,
                      lists,
                      new ListFiles(
                          store, lists, directory.resolve("evidence"), new Keys(vault), clock),
                      cards,
                      suppressions,
                      blockImports,
                      complaints,
                      callBacks,
                      inquiries,
                      promotions,
                      new Prices(),
                      rules,
                      _ ->
                          new Standing(
                              new Idle(IdleReason.NO_FUNDS, Optional.empty()),
                              Optional.of(new Standing.Voiced(500, 2400)),
                              Optional.of(12),
                              Optional.empty(),
                              0),
                      () -> gate,
                      trials,
                      ownNumbers,
                      () -> "TRUSTED",
                      new NoCentral(),
                      notices,
                      () -> Future.succeededFuture(usualDay),
                      staff,
                      new Tickets(store, clock),
                      audio,
                      integrations,
                      directory.resolve("contacts")),
                  new BoxFacts("Test box", "0.1.0", clock.instant(), directory),
                  clock));
      signIn();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  static <T> T await(Future<T> future) {
    try {
      return future.await(20, TimeUnit.SECONDS);
    } catch (java.util.concurrent.TimeoutException late) {
      throw new AssertionError("no answer within 20 s", late);
    }
  }

  void credit(String tenge) {
    TransferResult result =
        await(
            ledger.transfer(
                new Transfer("lease/1", BANK, Calls.PAYER, Tenge.of(tenge), "for the test")));
    if (!(result instanceof TransferResult.Transferred)) {
      throw new AssertionError(result);
    }
  }

  /// Has so much to spend from now on.
  void nowHas(String tenge) {
    Tenge more = Tenge.of(tenge).minus(await(ledger.balance(Calls.PAYER)).available());
    if (more.equals(Tenge.ZERO)) {
      return;
    }
    Transfer transfer =
        more.isNegative()
            ? new Transfer("back/" + CallId.random(), Calls.PAYER, BANK, more.negated(), "test")
            : new Transfer("lease/" + CallId.random(), BANK, Calls.PAYER, more, "for the test");
    if (!(await(ledger.transfer(transfer)) instanceof TransferResult.Transferred)) {
      throw new AssertionError(transfer);
    }
  }

  /// As if nobody had made a list or a campaign.
  void forgetCampaigns() {
    for (String table :
        List.of(
            "campaign_event",
            "campaign_list",
            "tally",
            "campaign",
            "contact",
            "reject",
            "list_file",
            "contact_list")) {
      execute("DELETE FROM campaign." + table);
    }
    execute("DELETE FROM integration.campaign_number");
  }

  /// Calls a number, which is busy.
  CallId call(CampaignId campaign, String number) {
    CallId id = CallId.random();
    var _ =
        await(
            calls.place(
                new CallOrder(
                    id,
                    campaign,
                    new Msisdn(number),
                    new Sound(new byte[1600]),
                    Optional.empty(),
                    MachineRule.CARRY_ON,
                    false,
                    Duration.ofSeconds(20))));
    return id;
  }

  /// Counts calls of this hour, as their ends do.
  void counted(
      CampaignId campaign, CallOutcome outcome, String cause, int count, int seconds, long tiyn) {
    long hour = clock.instant().truncatedTo(ChronoUnit.HOURS).toEpochMilli();
    var _ =
        await(
            database
                .store()
                .write(handle -> {
                  handle.execute(
                      "INSERT INTO calls.hour_of_calls VALUES (?, ?, 't0000000a', ?, ?,"
                          + " 'Beeline', ?, ?, ?)",
                      hour,
                      campaign.value(),
                      outcome.name(),
                      cause,
                      count,
                      seconds * 1000L,
                      tiyn);
                  return true;
                }));
  }

  /// Writes down a call of a campaign that was answered, held for, extended and charged at 6.00 a
  /// second and 1.00 for recording it, as calls do.
  CallId charged(CampaignId campaign, int seconds) {
    CallId id = CallId.random();
    hold(id, seconds * 700L);
    var _ = await(ledger.extend("call/" + id, "call/" + id + "/1", new Tenge(seconds * 100L)));
    var _ =
        await(
            database
                .store()
                .write(handle -> {
                  handle.execute(
                      "INSERT INTO calls.phone_call (id, campaign, callee, state, started_at_ms,"
                          + " ended_at_ms, answered_ms, outcome, cause, tariff_version,"
                          + " amount_tiyn, digits) VALUES (?, ?, '+77010000001', 'ENDED', ?, ?, ?,"
                          + " 'ANSWERED', '', 'test-1', ?, '')",
                      id.value(),
                      campaign.value(),
                      clock.instant().toEpochMilli(),
                      clock.instant().toEpochMilli(),
                      seconds * 1000L - 300,
                      seconds * 700L);
                  for (String line : List.of("CALL_TIME 6.00", "REC_TIME 1.00")) {
                    String[] parts = line.split(" ", 2);
                    handle.execute(
                        "INSERT INTO calls.cost_line (call_id, service, used_ms, billed_ms,"
                            + " unit_ms, unit_price, amount_tiyn) VALUES (?, ?, ?, ?, 1000, ?, ?)",
                        id.value(),
                        parts[0],
                        seconds * 1000L - 300,
                        seconds * 1000L,
                        parts[1],
                        Tenge.of(parts[1]).times(seconds).tiyn());
                  }
                  return true;
                }));
    if (await(book.recover()) != 1) {
      throw new AssertionError("call " + id + " was not charged");
    }
    return id;
  }

  /// Does something to the database that no route does.
  void execute(String statement, Object... values) {
    var _ =
        await(
            database
                .store()
                .write(handle -> {
                  handle.execute(statement, values);
                  return true;
                }));
  }

  /// What stands in the only column of these rows, of which no route tells.
  List<String> rows(String query) {
    return await(
        database.store().read(handle -> handle.createQuery(query).mapTo(String.class).list()));
  }

  /// Holds money for a call that goes on.
  void hold(CallId call, long tiyn) {
    HoldResult held = await(ledger.hold(new Hold("call/" + call, Calls.PAYER, new Tenge(tiyn))));
    if (!(held instanceof HoldResult.Held)) {
      throw new AssertionError(held);
    }
  }

  /// Takes money back, as a correction does.
  void correct(String id, String tenge) {
    TransferResult result =
        await(
            ledger.transfer(
                new Transfer(id, Calls.PAYER, BANK, Tenge.of(tenge), "credited by mistake")));
    if (!(result instanceof TransferResult.Transferred)) {
      throw new AssertionError(result);
    }
  }

  /// Writes down how a call's question went and who the box thinks answered, as calls do at their
  /// end; the line here is always busy.
  void asked(CallId call, String result, String choice, String language, String with) {
    int rows =
        await(
            database
                .store()
                .write(handle ->
                    handle
                        .createUpdate(
                            """
                            UPDATE calls.phone_call SET question_result = :result,
                              choice = NULLIF(:choice, ''), answer_language = NULLIF(:language, ''),
                              answered_with = NULLIF(:with, ''), keys_only = TRUE
                            WHERE id = :id
                            """)
                        .bind("result", result)
                        .bind("choice", choice)
                        .bind("language", language)
                        .bind("with", with)
                        .bind("id", call.value())
                        .execute()));
    if (rows != 1) {
      throw new AssertionError("no call " + call);
    }
  }

  /// The same for who the box thinks answered.
  void judged(CallId call, String who, String rule) {
    int rows =
        await(
            database
                .store()
                .write(handle ->
                    handle
                        .createUpdate(
                            """
                            UPDATE calls.phone_call SET answered_by = :who,
                              answered_by_rule = :rule, answered_by_confidence = 0.75
                            WHERE id = :id
                            """)
                        .bind("who", who)
                        .bind("rule", rule)
                        .bind("id", call.value())
                        .execute()));
    if (rows != 1) {
      throw new AssertionError("no call " + call);
    }
  }

  /// Has a person of each role signed in, which lasts for some hours.
  void signIn() throws IOException {
    for (String line : Files.readAllLines(directory.resolve("first-passwords"))) {
      String[] words = line.split(" ", 3);
      cookies.put(Role.valueOf(words[1]), signIn(words[0], words[2]));
    }
  }

  int port() {
    return console.port();
  }

  String cookie(Role role) {
    String cookie = cookies.get(role);
    if (cookie == null) {
      throw new AssertionError("nobody is " + role);
    }
    return cookie;
  }

  private String signIn(String login, String password) {
    HttpResponse<String> answer =
        send(
            to("/session")
                .header("Content-Type", "application/json")
                .POST(
                    BodyPublishers.ofString(
                        "{\"login\":\"%s\",\"password\":\"%s\"}".formatted(login, password))));
    return answer.headers().firstValue("set-cookie").orElseThrow().split(";", 2)[0];
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + "/api" + path))
        .timeout(Duration.ofSeconds(30))
        .header("X-Requested-With", "qonyrau");
  }

  HttpResponse<String> get(Role role, String path) {
    return send(to(path).header("Cookie", cookie(role)).GET());
  }

  JsonNode read(Role role, String path) {
    HttpResponse<String> answer = get(role, path);
    if (answer.statusCode() != 200) {
      throw new AssertionError(path + ": " + answer.statusCode() + " " + answer.body());
    }
    return JSON.readTree(answer.body());
  }

  HttpResponse<String> send(Role role, String method, String path, String json) {
    return send(
        to(path)
            .header("Cookie", cookie(role))
            .header("Content-Type", "application/json")
            .method(
                method, json.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(json)));
  }

  HttpResponse<String> upload(Role role, String path, byte[] bytes) {
    return send(
        to(path)
            .header("Cookie", cookie(role))
            .header("Content-Type", "application/octet-stream")
            .POST(BodyPublishers.ofByteArray(bytes)));
  }

  HttpResponse<byte[]> bytes(Role role, String path, String range) {
    try {
      return http.send(
          to(path).header("Cookie", cookie(role)).header("Range", range).build(),
          HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException stopped) {
      throw new AssertionError(stopped);
    }
  }

  /// A download as it comes.
  HttpResponse<InputStream> stream(Role role, String path) throws IOException {
    try {
      return http.send(
          to(path).header("Cookie", cookie(role)).build(),
          HttpResponse.BodyHandlers.ofInputStream());
    } catch (InterruptedException stopped) {
      throw new AssertionError(stopped);
    }
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException stopped) {
      throw new AssertionError(stopped);
    }
  }

  @Override
  public void close() {
    http.close();
    console.close();
    ownNumbers.close();
    integrations.close();
    lists.close();
    blockImports.close();
    transcriptions.close();
    models.close();
    piper.close();
    recognizer.close();
    recordings.close();
    audioFiles.close();
    await(vertx.close());
    database.close();
    try (var files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
