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
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import kz.qonyrau.audit.Act;
import kz.qonyrau.audit.Actor;
import kz.qonyrau.audit.AuditAction;
import kz.qonyrau.audit.AuditLog;
import kz.qonyrau.callbacks.CallBackLine;
import kz.qonyrau.callbacks.CallBacks;
import kz.qonyrau.callbacks.CentralSeal;
import kz.qonyrau.callbacks.Inquiries;
import kz.qonyrau.calls.CallProgress;
import kz.qonyrau.calls.Calls;
import kz.qonyrau.calls.OutboundCalls;
import kz.qonyrau.campaigns.BlockImports;
import kz.qonyrau.campaigns.Campaigns;
import kz.qonyrau.campaigns.Capacity;
import kz.qonyrau.campaigns.ContactCards;
import kz.qonyrau.campaigns.ContactLists;
import kz.qonyrau.campaigns.Dialer;
import kz.qonyrau.campaigns.DialerSettings;
import kz.qonyrau.campaigns.HouseRules;
import kz.qonyrau.campaigns.ListFiles;
import kz.qonyrau.campaigns.Suppressions;
import kz.qonyrau.campaigns.TrialCalls;
import kz.qonyrau.complaints.CaseSealing;
import kz.qonyrau.complaints.Complaints;
import kz.qonyrau.console.AudioShelf;
import kz.qonyrau.console.BoxConsole;
import kz.qonyrau.console.BoxFacts;
import kz.qonyrau.console.CarrierLines;
import kz.qonyrau.console.OwnNumbers;
import kz.qonyrau.console.Staff;
import kz.qonyrau.console.Tickets;
import kz.qonyrau.insight.Transcriptions;
import kz.qonyrau.integrations.Integrations;
import kz.qonyrau.ledger.Ledger;
import kz.qonyrau.notices.Notices;
import kz.qonyrau.promotions.Promotions;
import kz.qonyrau.recordings.RecordingSettings;
import kz.qonyrau.recordings.Recordings;
import kz.qonyrau.recordings.Vault;
import kz.qonyrau.speech.AudioFiles;
import kz.qonyrau.speech.vosk.VoskRecognizer;
import kz.qonyrau.store.Outbox;
import kz.qonyrau.store.Store;
import kz.qonyrau.store.StoreSettings;
import kz.qonyrau.tariffs.Tariff;
import kz.qonyrau.telephony.asterisk.AsteriskTelephony;
import kz.qonyrau.telephony.asterisk.TelephonySettings;
import kz.qonyrau.telephony.trunks.Diagnoses;
import kz.qonyrau.telephony.trunks.Trunks;
import kz.qonyrau.uplink.Duties;
import kz.qonyrau.uplink.Enrolment;
import kz.qonyrau.uplink.LegalHolds;
import kz.qonyrau.uplink.Uplink;
import kz.qonyrau.uplink.UplinkSettings;
import kz.qonyrau.vocabulary.AstanaTime;
import kz.qonyrau.web.DoorSettings;
import kz.qonyrau.wire.ClaimTicket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Opens the parts of the box in order, introduces them to each other, and closes them in reverse.
final class Assembly {

  static final String VERSION = "0.1.0";

  private static final Logger log = LoggerFactory.getLogger(Assembly.class);
  private static final long PATIENCE_SECONDS = 60;

  /// A box that stays on its own never asks there.
  private static final String NOWHERE = "https://central.invalid:8443";

  private static final List<String> SCHEMAS =
      List.of(
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
          "UPLINK",
          "NOTICE",
          "TELEPHONY",
          "INTEGRATION",
          "CONSOLE");

  private final Parts parts = new Parts();
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
      AsteriskTelephony.endLeftOver(telephony(settings));
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

    Vertx vertx = parts.keep("vertx", Vertx.vertx(new VertxOptions()), one -> done(one.close()));
    Store store = parts.keep("store", store(settings, keys), Store::close);
    Outbox outbox = new Outbox(clock);
    Ledger ledger = new Ledger(store, clock);
    AuditLog audit = new AuditLog(store, clock);
    done(audit.begin(started()));
    Calls calls = new Calls(store, ledger, outbox, clock);
    Credits credits = new Credits(ledger, calls);
    done(credits.openWallets());

    Vault vault = Vault.open(keys.directory());
    Recordings recordings =
        parts.keep(
            "recordings",
            new Recordings(store, vault, recordingSettings(data), clock, LegalHolds::periods),
            Recordings::close);
    VaultSealer sealer = new VaultSealer(vault);
    Speech speech = Speech.open(settings, sealer, parts, clock);
    VoskRecognizer recognizer = speech.recognizer();
    Transcriptions transcriptions =
        parts.keep(
            "transcriptions",
            new Transcriptions(store, new RecordedAudio(recordings), speech::background, clock),
            Transcriptions::close);

    TelephonySettings lines = telephony(settings);
    Trunks trunks = new Trunks(store, sealer, lines.mostChannels(), settings.telephony().pool());
    done(trunks.takeOver(settings.telephony().firstTrunk()));
    AsteriskTelephony telephony =
        parts.keep(
            "telephony",
            new AsteriskTelephony(vertx, lines, await(trunks.all()), clock),
            one -> done(one.close()));
    trunks.onChange(all -> {
      var _ = telephony.use(all);
    });

    HouseRules rules = await(HouseRules.open(store, clock));
    Campaigns campaigns = new Campaigns(store, clock, rules, new ModelUnderstanding(recognizer));
    StorageWatch storage = new StorageWatch(settings.storage(), () -> StorageWatch.Usage.of(data));
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
                storage,
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
    LicensedTrunks licensedTrunks = new LicensedTrunks(uplink::license, trunks);
    documents.onLicense(() -> suspension.look().compose(_ -> licensedTrunks.look()));
    Notices notices = new Notices(store, clock);
    documents.onNotices(document -> notices.take(document.notices()).mapEmpty());
    Suppressions suppressions = new Suppressions(store, clock);
    ContactCards cards = new ContactCards(store, rules, clock);
    Complaints complaints =
        new Complaints(
            store,
            outbox,
            suppressions,
            cards,
            () -> uplink.caseSeal().map(seal -> new CaseSealing(seal.box(), seal.central())),
            new OwnersComplaints(notices),
            clock);
    Promotions promotions =
        new Promotions(
            store,
            outbox,
            () ->
                uplink
                    .caseSeal()
                    .map(seal -> new kz.qonyrau.promotions.CentralSeal(seal.box(), seal.central())),
            clock);
    documents.onPromotions(told -> promotions.take(told).compose(_ -> promotions.tellWhatWaits()));
    documents.onBlocks(said ->
        complaints
            .obey(said)
            .compose(_ -> complaints.tellWhatWaits())
            .compose(_ -> promotions.tellWhatWaits()));
    CallBacks callBacks = new CallBacks(store, clock);
    int broken = await(callBacks.recover());
    if (broken > 0) {
      log.atInfo().addKeyValue("count", broken).log("closed who was calling back at the end");
    }
    LastCallers lastCallers = new LastCallers(calls, campaigns);
    Inquiries inquiries =
        new Inquiries(
            store,
            outbox,
            lastCallers,
            () -> uplink.caseSeal().map(seal -> new CentralSeal(seal.box(), seal.central())),
            clock);
    documents.onQuestions(inquiries::answer);
    telephony.onIncoming(
        new CallBackLine(
            callBacks,
            lastCallers,
            new CallBackWishes(suppressions, complaints, campaigns, clock),
            inquiries,
            speech.voices(),
            () -> !uplink.retirement().isUnderWay(),
            clock));
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

    ContactLists lists =
        parts.keep("contact lists", new ContactLists(store, clock), ContactLists::close);
    done(lists.recover());
    BlockImports blockImports =
        parts.keep("block imports", new BlockImports(suppressions), BlockImports::close);
    ListFiles listFiles = new ListFiles(store, lists, data.resolve("evidence"), sealer, clock);
    int unpaired = listFiles.recover();
    if (unpaired > 0) {
      log.atWarn().addKeyValue("count", unpaired).log("files of lists were half kept or half gone");
    }
    AudioShelf shelf = new AudioShelf(store, data.resolve("audio"), sealer, clock);
    Prompts prompts = new Prompts(speech.voices(), audio -> shelf.sound(audio.id()));
    BoxMoney money = new BoxMoney(ledger, campaigns, tariff, settings.calls());
    BoxGate gate =
        new BoxGate(
            uplink.retirement()::isUnderWay,
            clockWatch,
            uplink::license,
            () -> LeaseStanding.of(uplink),
            telephony::state,
            storage::mayRecord);
    CampaignDesk desk = new CampaignDesk(outbound, calls, new SpokenOrders(prompts::sound), clock);
    TrialCalls trials =
        new TrialCalls(
            store,
            clock,
            campaigns,
            desk,
            money,
            gate,
            () -> calls.live().stream().map(CallProgress::callee).toList());
    Dialer dialer =
        new Dialer(
            store,
            clock,
            campaigns,
            rules,
            desk,
            money,
            trials.besideTrials(),
            DialerSettings.USUAL);
    capacity.set(dialer::capacity);
    if (settings.uplink().enrolment().isPresent()) {
      uplink.start();
    }

    AudioFiles audioFiles = parts.keep("audio files", new AudioFiles(), AudioFiles::close);
    Staff staff = new Staff(store, clock);
    if (staff.makeFirst(data)) {
      log.atInfo().addKeyValue("file", data.resolve("first-passwords")).log("made first logins");
    }
    Integrations integrations =
        parts.keep(
            "integrations",
            new Integrations(vertx, store, sealer, clock, settings.webhooksMayBeLocal()),
            Integrations::close);
    integrations.keys().alongFrozen(new FrozenKeys(notices, audit));
    done(integrations.load());
    OwnNumbers ownNumbers =
        parts.keep("own numbers", new OwnNumbers(store, clock), OwnNumbers::close);
    BoxConsole console =
        parts.keep(
            "console",
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
                        new CarrierLines(
                            trunks,
                            new Diagnoses(
                                vertx,
                                telephony,
                                (trunk, request) ->
                                    telephony.dialBy(trunk, request, Optional.empty()),
                                clock),
                            lines.mostChannels()),
                        recognizer::state,
                        speech.models(),
                        speech.voices(),
                        speech.installedVoices(),
                        audioFiles,
                        recordings,
                        transcriptions,
                        calls,
                        campaigns,
                        lists,
                        listFiles,
                        cards,
                        suppressions,
                        blockImports,
                        complaints,
                        callBacks,
                        inquiries,
                        promotions,
                        money,
                        rules,
                        dialer::standing,
                        gate,
                        trials,
                        ownNumbers,
                        () -> clockWatch.get().name(),
                        new UplinkLine(uplink),
                        notices,
                        usualSpend::ofADay,
                        staff,
                        new Tickets(store, clock),
                        shelf,
                        integrations,
                        data.resolve("uploads/lists")),
                    facts(settings, clock),
                    clock)),
            BoxConsole::close);
    httpPort = console.port();

    done(telephony.start());
    int resolved = await(dialer.start());
    var _ = parts.keep("dialer", dialer, Dialer::close);
    if (resolved > 0) {
      log.atWarn().addKeyValue("count", resolved).log("attempts of the last run were resolved");
    }
    Rounds.begin(
        vertx,
        calls,
        clockWatch,
        machine,
        storage,
        balance,
        complaints,
        new Retention(
            calls,
            campaigns,
            callBacks,
            recordings,
            new DerivedTranscripts(calls, transcriptions),
            audit,
            LegalHolds::periods,
            () -> clockWatch.get().isTrusted(),
            clock),
        new ForgottenHolds(ledger, uplink::lastWord),
        integrations);
  }

  private static Store store(Settings settings, Keys keys) {
    Settings.Database chosen = settings.store();
    return Store.open(
        new StoreSettings(
            "jdbc:derby:" + settings.data().resolve("database"),
            chosen.readers(),
            chosen.busyTimeout(),
            chosen.encrypted() ? Optional.of(keys.secret("database")) : Optional.empty()),
        SCHEMAS);
  }

  private static RecordingSettings recordingSettings(Path data) {
    return RecordingSettings.below(data.resolve("recordings"));
  }

  private static TelephonySettings telephony(Settings settings) {
    return settings.telephony().asterisk(recordingSettings(settings.data()).spool());
  }

  private static Act started() {
    return new Act(Actor.program("box"), AuditAction.PROGRAM_STARTED, "", "", VERSION);
  }

  private static BoxFacts facts(Settings settings, InstantSource clock) {
    return new BoxFacts(settings.name(), VERSION, clock.instant(), settings.data());
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
    Enrolment enrolment =
        new Enrolment(settings.data().resolve("identity"), central, settings.serial(), VERSION);
    return parts.keep(
        "uplink", new Uplink(store, outbox, enrolment, chosen, duties, clock), Uplink::close);
  }

  private static Optional<ClaimTicket> ticket(Settings settings) throws IOException {
    Optional<Path> file = settings.uplink().claimTicketFile();
    return file.isPresent() && Files.isReadable(file.get())
        ? Optional.of(ClaimTicket.parse(Files.readString(file.get()).strip()))
        : Optional.empty();
  }

  /// What fails is logged there, and comes again in a minute.
  private static void look(BalanceWatch balance) {
    var _ = balance.look();
  }

  int httpPort() {
    return httpPort;
  }

  /// Closes everything, newest first. A part that fails to close does not keep the others open.
  void close() {
    parts.close();
  }

  private static void done(Future<?> future) throws TimeoutException {
    future.await(PATIENCE_SECONDS, SECONDS);
  }

  private static <T> T await(Future<T> future) throws TimeoutException {
    return future.await(PATIENCE_SECONDS, SECONDS);
  }
}
