package kz.qonyrau.appliance;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import kz.qonyrau.audit.Act;
import kz.qonyrau.audit.Actor;
import kz.qonyrau.audit.AuditAction;
import kz.qonyrau.audit.AuditLog;
import kz.qonyrau.calls.Calls;
import kz.qonyrau.calls.OutboundCalls;
import kz.qonyrau.campaigns.Campaigns;
import kz.qonyrau.campaigns.Capacity;
import kz.qonyrau.campaigns.ContactLists;
import kz.qonyrau.campaigns.Dialer;
import kz.qonyrau.campaigns.DialerSettings;
import kz.qonyrau.campaigns.Suppressions;
import kz.qonyrau.console.AudioShelf;
import kz.qonyrau.console.BoxConsole;
import kz.qonyrau.console.BoxFacts;
import kz.qonyrau.console.CentralLine;
import kz.qonyrau.console.Staff;
import kz.qonyrau.insight.BorrowedRecognizer;
import kz.qonyrau.insight.Transcriptions;
import kz.qonyrau.ledger.Ledger;
import kz.qonyrau.notices.Notices;
import kz.qonyrau.recordings.DerivedContent;
import kz.qonyrau.recordings.RecordingSettings;
import kz.qonyrau.recordings.Recordings;
import kz.qonyrau.recordings.Vault;
import kz.qonyrau.speech.AudioFiles;
import kz.qonyrau.speech.InstalledVoices;
import kz.qonyrau.speech.Sealer;
import kz.qonyrau.speech.models.ModelShelf;
import kz.qonyrau.speech.piper.PiperShelf;
import kz.qonyrau.speech.vosk.VoskRecognizer;
import kz.qonyrau.speech.vosk.VoskSettings;
import kz.qonyrau.store.Outbox;
import kz.qonyrau.store.Store;
import kz.qonyrau.store.StoreSettings;
import kz.qonyrau.tariffs.Tariff;
import kz.qonyrau.telephony.asterisk.AsteriskTelephony;
import kz.qonyrau.telephony.asterisk.TelephonySettings;
import kz.qonyrau.telephony.asterisk.TrunkSettings;
import kz.qonyrau.uplink.BoxIdentity;
import kz.qonyrau.uplink.DocumentVerdict;
import kz.qonyrau.uplink.Duties;
import kz.qonyrau.uplink.Enrolment;
import kz.qonyrau.uplink.Retirement;
import kz.qonyrau.uplink.Uplink;
import kz.qonyrau.uplink.UplinkSettings;
import kz.qonyrau.uplink.UplinkStatus;
import kz.qonyrau.vocabulary.AstanaTime;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.web.DoorSettings;
import kz.qonyrau.wire.ClaimTicket;
import kz.qonyrau.wire.DocumentFile;
import kz.qonyrau.wire.LeaseDocument;
import kz.qonyrau.wire.LicenseStanding;
import kz.qonyrau.wire.PinDocument;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Opens the parts of the box in order, introduces them to each other, and closes them in reverse.
final class Assembly {

  static final String VERSION = "0.1.0";

  private static final Logger log = LoggerFactory.getLogger(Assembly.class);
  private static final long PATIENCE_SECONDS = 60;
  private static final Duration LOADING = Duration.ofSeconds(20);
  private static final int CACHED_PROMPTS = 2000;
  private static final Duration SWEEP = Duration.ofMinutes(1);
  private static final Duration CLOCK = Duration.ofSeconds(1);
  private static final Duration PURGE = Duration.ofHours(6);
  private static final Duration BALANCE = Duration.ofMinutes(1);

  /// A box that stays on its own never asks there.
  private static final String NOWHERE = "https://central.invalid:8443";

  private static final List<String> SCHEMAS =
      List.of(
          "OUTBOX",
          "AUDIT",
          "LEDGER",
          "CALLS",
          "CAMPAIGN",
          "RECORDING",
          "INSIGHT",
          "UPLINK",
          "NOTICE",
          "CONSOLE");

  /// What closes a part; newest first.
  private final Deque<Closing> closings = new ArrayDeque<>();

  private int httpPort;

  private Assembly() {}

  /// Opens the whole box.
  ///
  /// @param restart ends the program, to be started again; returns at once
  /// @throws Exception if a part cannot be opened; what was opened before is closed again
  static Assembly open(Settings settings, Runnable restart) throws Exception {
    Assembly assembly = new Assembly();
    try {
      assembly.openAll(settings, restart);
      return assembly;
    } catch (Throwable failure) {
      assembly.close();
      throw failure;
    }
  }

  /// Erases everything if an earlier run ended with that order, before anything is opened. What the
  /// box is made of stays, wherever it lies.
  ///
  /// @param configuration the file of the settings
  static void eraseIfOrdered(Settings settings, Path configuration) throws IOException {
    Path data = settings.data();
    Set<Path> kept = new HashSet<>(settings.models().values());
    kept.addAll(List.of(configuration, settings.tariff(), settings.telephony().bundle()));
    settings.voices().ifPresent(kept::add);
    settings.http().pages().ifPresent(kept::add);
    Erasure erasure = new Erasure(data, settings.telephony().instance(), kept);
    if (erasure.isOrdered()) {
      // Nobody would find it any more after that.
      AsteriskTelephony.endLeftOver(telephony(settings, data));
      erasure.carryOut();
    }
  }

  private void openAll(Settings settings, Runnable restart) throws Exception {
    ErrorCount errors = ErrorCount.begin();
    AstanaTime.requireFreshZoneData(AstanaTime.ZONE);
    InstantSource clock = Clock.systemUTC();
    Path data = settings.data();
    Files.createDirectories(data);
    Keys keys = Keys.in(data.resolve("keys"));
    Tariff tariffOfFile = Tariff.parse(Files.readAllBytes(settings.tariff()));

    Vertx vertx = Vertx.vertx(new VertxOptions());
    closings.push(new Closing("vertx", () -> done(vertx.close())));
    Store store =
        Store.open(
            new StoreSettings(
                "jdbc:derby:" + data.resolve("database"),
                settings.store().readers(),
                settings.store().busyTimeout(),
                settings.store().encrypted()
                    ? Optional.of(keys.secret("database"))
                    : Optional.empty()),
            SCHEMAS);
    closings.push(new Closing("store", store::close));
    Outbox outbox = new Outbox(clock);
    Ledger ledger = new Ledger(store, clock);
    AuditLog audit = new AuditLog(store, clock);
    done(audit.begin(started()));
    Calls calls = new Calls(store, ledger, outbox, clock);
    Credits credits = new Credits(ledger, calls);
    done(credits.openWallets());

    Vault vault = Vault.open(keys.directory());
    Recordings recordings =
        new Recordings(store, vault, RecordingSettings.below(data.resolve("recordings")), clock);
    closings.push(new Closing("recordings", recordings::close));
    VoskRecognizer recognizer =
        new VoskRecognizer(Map.of(), VoskSettings.usual(), data.resolve("recognition"));
    closings.push(new Closing("recogniser", recognizer::close));
    ModelShelf models = ModelShelf.open(data.resolve("speech-models"), settings.models(), clock);
    closings.push(new Closing("speech models", models::close));
    startListening(models, recognizer);
    PiperShelf piper = PiperShelf.open(data.resolve("voices"), clock);
    closings.push(new Closing("installed voices", piper::close));
    InstalledVoices voices =
        InstalledVoices.open(
            settings.voices(), piper, data.resolve("prompts"), sealer(vault), CACHED_PROMPTS);
    closings.push(new Closing("voices", voices::close));

    Transcriptions transcriptions =
        new Transcriptions(
            store, new RecordedAudio(recordings), () -> backgroundRecognizer(models, data), clock);
    closings.push(new Closing("transcriptions", transcriptions::close));

    AsteriskTelephony telephony = new AsteriskTelephony(vertx, telephony(settings, data), clock);
    closings.push(new Closing("telephony", () -> done(telephony.close())));

    Campaigns campaigns = new Campaigns(store, clock, new ModelUnderstanding(recognizer));
    SystemClock machine = new SystemClock(data);
    machine.ask();
    AtomicReference<Supplier<Instant>> lastWord = new AtomicReference<>(() -> Instant.EPOCH);
    ClockWatch clockWatch = new ClockWatch(clock, ledger, machine, () -> lastWord.get().get());
    done(clockWatch.look());
    AtomicReference<LongSupplier> depth = new AtomicReference<>(() -> 0);
    AtomicReference<Supplier<Capacity>> capacity = new AtomicReference<>(() -> Capacity.NONE);
    DocumentsInForce documents = new DocumentsInForce();
    Duties duties =
        new Duties(
            new BoxVitals(
                VERSION,
                data,
                telephony::state,
                () -> capacity.get().get(),
                () -> depth.get().getAsLong(),
                clockWatch,
                ledger,
                clock),
            documents,
            credits,
            new BoxOrders(
                campaigns,
                new Diagnostics(
                    data,
                    settings.telephony().bundle(),
                    ledger,
                    telephony::state,
                    recognizer::state,
                    clockWatch,
                    () -> depth.get().getAsLong(),
                    errors),
                data,
                restart));
    Uplink uplink = uplink(settings, store, outbox, duties, clock);
    done(uplink.retirement().load());
    depth.set(() -> uplink.status().outboxDepth());
    lastWord.set(uplink::lastWord);
    PinnedTariff tariff = new PinnedTariff(uplink::pin, tariffOfFile);
    SuspensionWatch suspension = new SuspensionWatch(uplink::license, campaigns);
    documents.onLicense(suspension::look);
    Notices notices = new Notices(store, clock);
    documents.onNotices(document -> notices.take(document.notices()).mapEmpty());
    UsualSpend usualSpend = new UsualSpend(ledger, clock);
    BalanceWatch balance =
        new BalanceWatch(
            notices,
            ledger,
            usualSpend,
            uplink::lease,
            uplink::leaseHasExpired,
            uplink.retirement()::isUnderWay);
    documents.onLease(() -> look(balance));
    notices.onWarnings(() -> look(balance));
    campaigns.onChange(_ -> suspension.onCampaign());
    OutboundCalls outbound =
        new OutboundCalls(
            telephony,
            recognizer,
            new RecordedCalls(recordings),
            ledger,
            calls,
            tariff,
            settings.calls(),
            clock);
    done(
        vertx.deployVerticle(
            outbound, new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD)));

    done(recordings.recover());
    int lost = await(calls.recover());
    if (lost > 0) {
      log.atWarn().addKeyValue("count", lost).log("closed what the last run left open");
    }

    ContactLists lists = new ContactLists(store, clock);
    closings.push(new Closing("contact lists", lists::close));
    done(lists.recover());
    AudioShelf shelf = new AudioShelf(store, data.resolve("audio"), sealer(vault), clock);
    Prompts prompts = new Prompts(voices, audio -> shelf.sound(audio.id()));
    BoxMoney money = new BoxMoney(ledger, campaigns, tariff, settings.calls());
    Dialer dialer =
        new Dialer(
            store,
            clock,
            campaigns,
            new CampaignDesk(outbound, calls, new SpokenOrders(prompts::sound), clock),
            money,
            new BoxGate(
                uplink.retirement()::isUnderWay,
                clockWatch,
                uplink::license,
                () -> lease(uplink),
                telephony::state),
            DialerSettings.USUAL);
    capacity.set(dialer::capacity);
    if (settings.uplink().enrolment().isPresent()) {
      uplink.start();
    }

    AudioFiles audioFiles = new AudioFiles();
    closings.push(new Closing("audio files", audioFiles::close));
    Staff staff = new Staff(store, clock);
    if (staff.makeFirst(data)) {
      log.atInfo().addKeyValue("file", data.resolve("first-passwords")).log("made first logins");
    }
    BoxConsole console =
        await(
            BoxConsole.open(
                vertx,
                new DoorSettings(
                    settings.http().host(),
                    settings.http().port(),
                    data.resolve("uploads/requests"),
                    settings.http().pages(),
                    false,
                    settings.http().firstPasswordMayStay()),
                new BoxConsole.Parts(
                    ledger,
                    audit,
                    tariff,
                    telephony,
                    recognizer::state,
                    models,
                    voices,
                    piper,
                    audioFiles,
                    recordings,
                    transcriptions,
                    calls,
                    campaigns,
                    lists,
                    new Suppressions(store, clock),
                    money,
                    dialer::standing,
                    () -> clockWatch.get().name(),
                    line(uplink),
                    notices,
                    usualSpend::ofADay,
                    staff,
                    shelf,
                    data.resolve("uploads/lists")),
                facts(settings, clock),
                clock));
    closings.push(new Closing("console", console::close));
    httpPort = console.port();

    done(telephony.start());
    int resolved = await(dialer.start());
    closings.push(new Closing("dialer", dialer::close));
    if (resolved > 0) {
      log.atWarn().addKeyValue("count", resolved).log("attempts of the last run were resolved");
    }
    vertx.setPeriodic(SWEEP.toMillis(), _ -> sweep(calls));
    vertx.setPeriodic(CLOCK.toMillis(), _ -> look(clockWatch));
    vertx.setPeriodic(
        SWEEP.toMillis(), _ -> Thread.ofVirtual().name("system-clock").start(machine::ask));
    vertx.setPeriodic(BALANCE.toMillis(), _ -> look(balance));
    DerivedContent derived = new DerivedTranscripts(calls, transcriptions);
    vertx.setPeriodic(PURGE.toMillis(), _ -> purge(recordings, derived));
    ForgottenHolds forgotten = new ForgottenHolds(ledger, uplink::lastWord);
    vertx.setPeriodic(
        PURGE.toMillis(),
        _ -> {
          var _ = forgotten.look();
        });
  }

  private static Act started() {
    return new Act(Actor.program("box"), AuditAction.PROGRAM_STARTED, "", "", VERSION);
  }

  private static BoxFacts facts(Settings settings, InstantSource clock) {
    return new BoxFacts(settings.name(), VERSION, clock.instant(), settings.data());
  }

  /// A model that takes longer is loaded while the rest starts; until then nobody is listened to in
  /// its language, and the page says so.
  private static void startListening(ModelShelf models, VoskRecognizer recognizer) {
    try {
      var _ = models.start(recognizer).await(LOADING.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException _) {
      log.atWarn().log("speech models are still being loaded");
    }
  }

  private static BorrowedRecognizer backgroundRecognizer(ModelShelf models, Path data) {
    VoskRecognizer recognizer =
        new VoskRecognizer(
            models.running(), VoskSettings.background(), data.resolve("recognition-of-recordings"));
    return new BorrowedRecognizer(recognizer, recognizer::close);
  }

  private static CentralLine line(Uplink uplink) {
    return new CentralLine() {
      @Override
      public UplinkStatus status() {
        return uplink.status();
      }

      @Override
      public LicenseStanding license() {
        return uplink.license();
      }

      @Override
      public Optional<BoxId> boxId() {
        return uplink.identity().map(BoxIdentity::id);
      }

      @Override
      public Optional<PinDocument> pin() {
        return uplink.pin();
      }

      @Override
      public Optional<LeaseDocument> lease() {
        return uplink.lease();
      }

      @Override
      public boolean leaseHasExpired() {
        return uplink.leaseHasExpired();
      }

      @Override
      public Future<List<DocumentVerdict>> take(DocumentFile file) {
        return uplink.take(file);
      }

      @Override
      public Optional<Retirement.State> retirement() {
        return uplink.retirement().state();
      }

      @Override
      public Future<Retirement.Confirmation> confirmRetirement(String login) {
        return uplink.retirement().confirm(login);
      }

      @Override
      public void onRetirement(Consumer<Retirement.State> listener) {
        uplink.retirement().onChange(listener);
      }

      @Override
      public void onChange(Consumer<UplinkStatus> listener) {
        uplink.onChange(listener);
      }
    };
  }

  private static LeaseStanding lease(Uplink uplink) {
    if (uplink.leaseHasExpired()) {
      return LeaseStanding.EXPIRED;
    }
    return uplink.owesCredit() ? LeaseStanding.OWING : LeaseStanding.GOOD;
  }

  private Uplink uplink(
      Settings settings, Store store, Outbox outbox, Duties duties, InstantSource clock)
      throws IOException {
    URI central = URI.create(settings.uplink().enrolment().orElse(NOWHERE));
    UplinkSettings usual = UplinkSettings.of(central);
    UplinkSettings chosen =
        new UplinkSettings(
            central,
            ticket(settings),
            settings.uplink().broker(),
            settings.uplink().heartbeat(),
            usual.resendAfter(),
            usual.window(),
            usual.shortestPause(),
            usual.longestPause(),
            settings.ownersTime());
    Uplink uplink =
        new Uplink(
            store,
            outbox,
            new Enrolment(settings.data().resolve("identity"), central, settings.serial(), VERSION),
            chosen,
            duties,
            clock);
    closings.push(new Closing("uplink", uplink::close));
    return uplink;
  }

  private static Optional<ClaimTicket> ticket(Settings settings) throws IOException {
    Optional<Path> file = settings.uplink().claimTicketFile();
    return file.isPresent() && Files.isReadable(file.get())
        ? Optional.of(ClaimTicket.parse(Files.readString(file.get()).strip()))
        : Optional.empty();
  }

  private static TelephonySettings telephony(Settings settings, Path data) {
    Settings.Phones phones = settings.telephony();
    return new TelephonySettings(
        phones.bundle(),
        phones.instance(),
        phones.amiPort(),
        phones.sipPort(),
        phones.rtpFrom(),
        phones.rtpTo(),
        phones.mediaPort(),
        new TrunkSettings(
            phones.trunkHost(),
            phones.trunkPort(),
            phones
                .trunkUser()
                .map(user -> new TrunkSettings.Login(user, phones.trunkPassword().orElse(""))),
            phones.channelLimit()),
        phones.callerNumber(),
        phones.user(),
        Optional.of(RecordingSettings.below(data.resolve("recordings")).spool()));
  }

  private static Sealer sealer(Vault vault) {
    return new Sealer() {
      @Override
      public byte[] seal(byte[] plain, String context) {
        return vault.seal(plain, context);
      }

      @Override
      public byte[] open(byte[] sealed, String context) {
        return vault.open(sealed, context);
      }
    };
  }

  /// Money of calls whose end could not be written down comes free without a restart.
  private static void sweep(Calls calls) {
    calls
        .recover()
        .onSuccess(count -> {
          if (count > 0) {
            log.atWarn().addKeyValue("count", count).log("closed calls that were left open");
          }
        })
        .onFailure(failure -> log.atError().setCause(failure).log("could not look for lost calls"));
  }

  private static void look(ClockWatch clock) {
    clock
        .look()
        .onSuccess(_ -> {
          // Asking is what notices a change and logs it.
          var _ = clock.get();
        })
        .onFailure(failure ->
            log.atError().setCause(failure).log("the book does not say when its last row was"));
  }

  /// What fails is logged there, and comes again in a minute.
  private static void look(BalanceWatch balance) {
    var _ = balance.look();
  }

  private static void purge(Recordings recordings, DerivedContent derived) {
    recordings
        .purgeOverdue(derived)
        .onFailure(failure -> log.atError().setCause(failure).log("overdue recordings stay"));
  }

  int httpPort() {
    return httpPort;
  }

  /// Closes everything, newest first. A part that fails to close does not keep the others open.
  void close() {
    while (!closings.isEmpty()) {
      Closing closing = closings.pop();
      try {
        closing.how().run();
      } catch (Exception failure) {
        log.atError()
            .addKeyValue("part", closing.part())
            .setCause(failure)
            .log("did not close in good order");
      }
    }
  }

  private static void done(Future<?> future) throws TimeoutException {
    future.await(PATIENCE_SECONDS, SECONDS);
  }

  private static <T> T await(Future<T> future) throws TimeoutException {
    return future.await(PATIENCE_SECONDS, SECONDS);
  }

  private record Closing(String part, Action how) {}

  @FunctionalInterface
  private interface Action {
    void run() throws Exception;
  }
}
