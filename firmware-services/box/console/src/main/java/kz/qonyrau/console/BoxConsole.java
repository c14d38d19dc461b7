package kz.qonyrau.console;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import kz.qonyrau.audit.AuditLog;
import kz.qonyrau.callbacks.CallBacks;
import kz.qonyrau.callbacks.Inquiries;
import kz.qonyrau.calls.CallProgress;
import kz.qonyrau.calls.Calls;
import kz.qonyrau.campaigns.BlockImports;
import kz.qonyrau.campaigns.CallPricing;
import kz.qonyrau.campaigns.Campaigns;
import kz.qonyrau.campaigns.ContactCards;
import kz.qonyrau.campaigns.ContactLists;
import kz.qonyrau.campaigns.DialingGate;
import kz.qonyrau.campaigns.HouseRules;
import kz.qonyrau.campaigns.ListFiles;
import kz.qonyrau.campaigns.Standing;
import kz.qonyrau.campaigns.Suppressions;
import kz.qonyrau.campaigns.TrialCalls;
import kz.qonyrau.complaints.Complaints;
import kz.qonyrau.insight.Transcriptions;
import kz.qonyrau.integrations.Integrations;
import kz.qonyrau.ledger.Ledger;
import kz.qonyrau.notices.Notices;
import kz.qonyrau.promotions.Promotions;
import kz.qonyrau.recordings.Recordings;
import kz.qonyrau.speech.AudioFiles;
import kz.qonyrau.speech.RecognitionState;
import kz.qonyrau.speech.Voices;
import kz.qonyrau.speech.models.ModelShelf;
import kz.qonyrau.speech.models.ShelvedModel;
import kz.qonyrau.speech.piper.PiperShelf;
import kz.qonyrau.tariffs.Tariff;
import kz.qonyrau.telephony.Telephony;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.vocabulary.Tenge;
import kz.qonyrau.web.Answer;
import kz.qonyrau.web.AuditRoutes;
import kz.qonyrau.web.Desk;
import kz.qonyrau.web.Door;
import kz.qonyrau.web.DoorSettings;
import kz.qonyrau.web.ErrorForm;
import kz.qonyrau.web.LiveUpdates;
import kz.qonyrau.wire.LegalHold;
import kz.qonyrau.wire.LicenseDocument;
import kz.qonyrau.wire.LicenseStanding;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The pages and the API of a box: a door with every operation of its contract behind it, and the
/// events that keep open pages up to date.
public final class BoxConsole implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(BoxConsole.class);
  private static final long TOGETHER_MILLIS = 400;
  private static final long COMPARE_MILLIS = 1000;
  private static final int NEWS_WAITING_MAX = 4096;

  /// The parts of the box that the console shows and works.
  ///
  /// @param voices all that speak
  /// @param installedVoices those of them that technicians install
  /// @param recognition how recognition does right now
  /// @param standing why a campaign dials nothing right now and how far its messages are spoken, as
  ///   its dialer knows it
  /// @param gate whether the box may dial at all
  /// @param clockTrust `TRUSTED`, or a code of why the clock is not believed
  /// @param usualDay what is spent on a usual day; empty while nothing is known of that
  /// @param uploads a directory of the console's own for files of contacts between upload and
  ///   import
  public record Parts(
      Ledger ledger,
      AuditLog audit,
      Supplier<Tariff> tariff,
      Telephony telephony,
      CarrierLines lines,
      Supplier<RecognitionState> recognition,
      ModelShelf models,
      Voices voices,
      PiperShelf installedVoices,
      AudioFiles audioFiles,
      Recordings recordings,
      Transcriptions transcriptions,
      Calls calls,
      Campaigns campaigns,
      ContactLists lists,
      ListFiles listFiles,
      ContactCards cards,
      Suppressions suppressions,
      BlockImports blockImports,
      Complaints complaints,
      CallBacks callBacks,
      Inquiries inquiries,
      Promotions promotions,
      CallPricing pricing,
      HouseRules rules,
      Function<CampaignId, Standing> standing,
      DialingGate gate,
      TrialCalls trials,
      OwnNumbers ownNumbers,
      Supplier<String> clockTrust,
      CentralLine central,
      Notices notices,
      Supplier<Future<Optional<Tenge>>> usualDay,
      Staff staff,
      Tickets tickets,
      AudioShelf audio,
      Integrations integrations,
      Path uploads) {}

  private final Vertx vertx;
  private final LiveUpdates live;
  private final ExecutorService threads;
  private final CallRoutes calls;
  private final CampaignRoutes campaigns;
  private final ListRoutes lists;
  private final LedgerRoutes money;
  private final NoticeRoutes notices;
  private final ComplaintRoutes complaints;
  private final Door door;
  private volatile Object recognitionTold = List.of();
  private volatile Object licenseTold = List.of();
  private volatile List<LegalHold> holdsTold = List.of();
  private volatile long compareTimer = -1;
  private final Set<String> due = ConcurrentHashMap.newKeySet();

  private BoxConsole(
      Vertx vertx,
      LiveUpdates live,
      ExecutorService threads,
      CallRoutes calls,
      CampaignRoutes campaigns,
      ListRoutes lists,
      LedgerRoutes money,
      NoticeRoutes notices,
      ComplaintRoutes complaints,
      Door door) {
    this.vertx = vertx;
    this.live = live;
    this.threads = threads;
    this.calls = calls;
    this.campaigns = campaigns;
    this.lists = lists;
    this.money = money;
    this.notices = notices;
    this.complaints = complaints;
    this.door = door;
  }

  /// Opens the console and completes when it listens.
  public static Future<BoxConsole> open(
      Vertx vertx, DoorSettings settings, Parts parts, BoxFacts facts, InstantSource clock) {
    AudioRoutes audio = new AudioRoutes(parts.audio(), parts.audioFiles(), parts.voices(), clock);
    CampaignRoutes campaigns =
        new CampaignRoutes(
            parts.campaigns(),
            parts.standing(),
            parts.gate(),
            parts.calls(),
            parts.ledger(),
            parts.pricing(),
            parts.central(),
            audio);
    HoldRoutes holds = new HoldRoutes(parts.central());
    CallRoutes calls =
        new CallRoutes(
            parts.calls(), parts.campaigns(), parts.recordings(), parts.transcriptions(), holds);
    LedgerRoutes money = new LedgerRoutes(parts.ledger(), parts.tariff(), parts.central());
    NoticeRoutes notices = new NoticeRoutes(parts.notices(), parts.usualDay());
    UploadShelf uploads = new UploadShelf(parts.uploads(), clock);
    ListRoutes lists = new ListRoutes(parts.lists(), uploads, clock);
    SystemRoutes system =
        new SystemRoutes(
            facts,
            parts.telephony(),
            parts.recognition(),
            parts.models(),
            parts.voices(),
            parts.central(),
            parts.calls(),
            money,
            calls,
            campaigns,
            parts.clockTrust(),
            clock);
    Installations<ShelvedModel> installations = new Installations<>(ShelvedModel::id);
    ModelRoutes models =
        new ModelRoutes(
            parts.models(), installations, new Archives(parts.uploads().resolveSibling("models")));
    VoiceRoutes voices =
        new VoiceRoutes(
            parts.installedVoices(),
            parts.campaigns(),
            new Archives(parts.uploads().resolveSibling("voices")));
    OwnWordRoutes words = new OwnWordRoutes(parts.models(), installations);
    Desk desk = new Desk("openapi/box.yaml", BoxAccess.table(), BoxAudit.table());
    desk = new AuditRoutes(parts.audit(), BoxAudit::seenBy).on(desk);
    desk = voices.on(words.on(desk));
    CampaignNames names = new CampaignNames(parts.campaigns());
    Statements statements = new Statements(parts.ledger(), parts.calls(), names);
    StatementFiles files =
        new StatementFiles(
            statements,
            names,
            facts.name(),
            parts.central()::boxId,
            parts.uploads().resolveSibling("statements"),
            clock);
    desk = new StatementRoutes(statements, files).on(desk);
    desk =
        new ReportRoutes(
                parts.calls().reports(),
                names,
                new ReportFiles(
                    names, facts.name(), parts.uploads().resolveSibling("statements"), clock))
            .on(desk);
    DataArchive.Sources everything =
        new DataArchive.Sources(
            parts.lists(),
            parts.listFiles(),
            parts.campaigns(),
            parts.calls(),
            parts.transcriptions(),
            parts.suppressions(),
            parts.complaints(),
            parts.callBacks());
    desk = new DataRoutes(everything, facts.name(), parts.central()::boxId, clock).on(desk);
    desk = new EvidenceRoutes(parts.listFiles()).on(desk);
    desk = new BlockRoutes(parts.suppressions(), parts.blockImports(), uploads).on(desk);
    desk = new ContactRoutes(parts.cards(), names).on(desk);
    ComplaintRoutes complaints =
        new ComplaintRoutes(parts.complaints(), parts.campaigns(), parts.listFiles(), names, clock);
    desk = complaints.on(desk);
    desk = new CallBackRoutes(parts.callBacks(), parts.inquiries(), names).on(desk);
    desk = new PromotionRoutes(parts.promotions()).on(desk);
    desk = notices.on(desk);
    desk = new TrunkRoutes(parts.lines(), parts.telephony(), clock).on(desk);
    desk = new TrialRoutes(parts.ownNumbers(), parts.trials(), parts.calls(), clock).on(desk);
    desk = new RecipientRoutes(parts.campaigns(), parts.standing()).on(desk);
    desk = new TemplateRoutes(parts.campaigns().templates()).on(desk);
    desk = new RuleRoutes(parts.rules()).on(desk);
    desk = new AnsweringRoutes(parts.calls(), parts.campaigns()).on(desk);
    desk = models.on(lists.on(audio.on(campaigns.on(calls.on(money.on(system.on(desk)))))));
    desk = holds.guarding(holds.on(desk));
    desk =
        new TicketRoutes(parts.tickets(), parts.calls(), parts.recordings(), parts.transcriptions())
            .on(desk);
    Integrations programs = parts.integrations();
    desk = new ProgramRoutes(programs, new ApiDescription(), clock).on(desk);
    desk =
        desk.on("publicTariffs", _ -> Answer.ok(PublicTariffs.of(parts.tariff().get())))
            .openTo(programs.keys(), BoxScopes.own(), programs.answers())
            .beside(compatible(parts, audio, clock));
    EventFeed.begin(programs, parts.calls(), parts.campaigns(), parts.lists(), parts.trials());
    LiveUpdates live = new LiveUpdates(vertx);
    return Door.open(vertx, settings, desk, parts.staff(), live, parts.audit(), clock)
        .onFailure(_ -> live.close())
        .map(door -> {
          BoxConsole console =
              new BoxConsole(
                  vertx,
                  live,
                  oneAfterTheOther(),
                  calls,
                  campaigns,
                  lists,
                  money,
                  notices,
                  complaints,
                  door);
          console.listen(parts);
          return console;
        });
  }

  /// What programs find here that were written for AutoCall.
  private static Desk compatible(Parts parts, AudioRoutes audio, InstantSource clock) {
    Integrations programs = parts.integrations();
    Desk desk =
        Desk.forPrograms(
            "openapi/compatible.yaml",
            BoxAccess.compatible(),
            BoxAudit.compatible(),
            ErrorForm.MESSAGES);
    AutocallOrders orders =
        new AutocallOrders(
            programs.keys(),
            parts.campaigns(),
            parts.lists(),
            audio,
            parts.ledger(),
            parts.pricing(),
            parts.gate(),
            parts.uploads().resolveSibling("orders"),
            clock);
    return new AutocallRoutes(
            parts.campaigns(), parts.calls(), programs.numbers(), orders, parts.tariff())
        .on(desk)
        .openTo(programs.keys(), BoxScopes.compatible(), programs.answers());
  }

  private static ExecutorService oneAfterTheOther() {
    return new ThreadPoolExecutor(
        1,
        1,
        0,
        TimeUnit.SECONDS,
        new ArrayBlockingQueue<>(NEWS_WAITING_MAX),
        Thread.ofVirtual().name("console-news").factory());
  }

  /// Where it listens.
  public int port() {
    return door.port();
  }

  private void listen(Parts parts) {
    parts.calls().onChange(this::tell);
    parts
        .campaigns()
        .onChange(id -> soon("campaign/" + id, () -> toBusiness("campaign", campaigns.news(id))));
    parts.lists().onChange(id -> soon("list/" + id, () -> toBusiness("list", lists.news(id))));
    parts
        .telephony()
        .onChange(state -> now(() -> live.publish("telephony", SystemRoutes.news(state))));
    parts
        .central()
        .onChange(status -> now(() -> live.publish("uplink", SystemRoutes.news(status))));
    parts
        .central()
        .onRetirement(state -> now(() -> live.publish("retirement", SystemRoutes.news(state))));
    parts.notices().onChange(() -> soon("notices", this::tellOfNotices));
    parts
        .complaints()
        .onChange(() ->
            soon("complaints", () -> toBusiness("complaint", Optional.of(complaints.count()))));
    parts.inquiries().onChange(() -> soon("callBacks", () -> toOwner("callBack", Map.of())));
    parts.promotions().onChange(() -> soon("promotions", () -> toOwner("promotion", Map.of())));
    parts.callBacks().onChange(() -> soon("callBacks", () -> toOwner("callBack", Map.of())));
    compareTimer =
        vertx.setPeriodic(
            COMPARE_MILLIS,
            _ ->
                now(() -> {
                  compare(parts.recognition().get());
                  compare(parts.central().license());
                }));
  }

  /// Tells pages what the box may do when it is something else: a license comes, is suspended, or
  /// is over, which nothing announces; and its owner that what may not be deleted is something
  /// else.
  private void compare(LicenseStanding standing) {
    Object news = SystemRoutes.news(standing);
    if (!news.equals(licenseTold)) {
      licenseTold = news;
      live.publish("license", news);
    }
    List<LegalHold> holds = standing.inForce().map(LicenseDocument::holds).orElse(holdsTold);
    if (!holds.equals(holdsTold)) {
      holdsTold = holds;
      toOwner("legalHold", Map.of());
    }
  }

  /// Tells pages of recognition when its state is another one; how busy it is does not count.
  private void compare(RecognitionState state) {
    Object kind =
        List.of(
            state.overloaded(),
            state.deafened(),
            state.languages().stream()
                .map(each -> each.condition() + "/" + each.deaths())
                .toList());
    if (!kind.equals(recognitionTold)) {
      recognitionTold = kind;
      live.publish("recognition", SystemRoutes.news(state));
    }
  }

  private void tell(CallProgress call) {
    if (!live.isWatched()) {
      return;
    }
    boolean heard = call.stage() == CallProgress.Stage.LISTENING && !call.heard().isEmpty();
    now(() -> toBusiness(heard ? "transcript" : "call", Optional.of(calls.live(call))));
    if (call.stage() != CallProgress.Stage.PLAYING && !heard) {
      soon("balance", () -> toBusiness("balance", Optional.of(money.balance())));
    }
  }

  private void tellOfNotices() {
    toOwner("notice", notices.count());
  }

  /// The owner alone: it speaks of his money, or of what only he sees.
  private void toOwner(String event, Object news) {
    live.publish(
        event, role -> Role.valueOf(role) == Role.OWNER ? Optional.of(news) : Optional.empty());
  }

  private void toBusiness(String event, Optional<?> news) {
    news.ifPresent(value ->
        live.publish(
            event,
            role -> Role.valueOf(role).seesBusiness() ? Optional.of(value) : Optional.empty()));
  }

  /// Does it once within the next moment, however often it is asked for.
  private void soon(String key, Runnable work) {
    if (live.isWatched() && due.add(key)) {
      vertx.setTimer(
          TOGETHER_MILLIS,
          _ -> {
            due.remove(key);
            now(work);
          });
    }
  }

  /// One after the other, in the order of what happened, and not on the thread that it happened on.
  private void now(Runnable work) {
    if (!live.isWatched()) {
      return;
    }
    try {
      threads.execute(() -> {
        try {
          work.run();
        } catch (RuntimeException failure) {
          // The page asks again when it needs to; nothing is lost.
          log.atWarn().setCause(failure).log("open pages could not be told");
        }
      });
    } catch (RejectedExecutionException tooMuch) {
      // Closing, or pages that lag far behind; they fetch anew what they missed.
      log.atDebug().log("open pages are not told");
    }
  }

  /// Cuts open pages off and stops listening.
  @Override
  public void close() {
    vertx.cancelTimer(compareTimer);
    live.close();
    door.close();
    threads.shutdownNow();
  }
}
