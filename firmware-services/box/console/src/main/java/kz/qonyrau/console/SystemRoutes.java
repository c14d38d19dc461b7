package kz.qonyrau.console;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import kz.qonyrau.calls.Calls;
import kz.qonyrau.calls.HourOfCalls;
import kz.qonyrau.speech.RecognitionState;
import kz.qonyrau.speech.VoiceProfile;
import kz.qonyrau.speech.Voices;
import kz.qonyrau.speech.models.ModelShelf;
import kz.qonyrau.speech.models.ShelvedModel;
import kz.qonyrau.telephony.AsteriskPhase;
import kz.qonyrau.telephony.Telephony;
import kz.qonyrau.telephony.TelephonyState;
import kz.qonyrau.telephony.TrunkStanding;
import kz.qonyrau.uplink.DocumentVerdict;
import kz.qonyrau.uplink.Retirement;
import kz.qonyrau.uplink.UplinkState;
import kz.qonyrau.uplink.UplinkStatus;
import kz.qonyrau.vocabulary.AstanaTime;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.CallOutcome;
import kz.qonyrau.vocabulary.Tenge;
import kz.qonyrau.web.Answer;
import kz.qonyrau.web.Asked;
import kz.qonyrau.web.Desk;
import kz.qonyrau.web.Problem;
import kz.qonyrau.wire.DocumentFile;
import kz.qonyrau.wire.LicenseDocument;
import kz.qonyrau.wire.LicenseStanding;
import kz.qonyrau.wire.MalformedMessageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The dashboard and the state of every part.
final class SystemRoutes {

  private static final Logger log = LoggerFactory.getLogger(SystemRoutes.class);

  private static final int HOURS = 24;

  /// The module of the license that a box cannot do without.
  private static final String CALLS = "calls";

  private record TelephonyView(
      String asterisk,
      Instant since,
      int restarts,
      boolean trunkReachable,
      Optional<Long> trunkRoundTripMillis,
      int activeCalls,
      int channelLimit,
      List<LineView> trunks,
      Optional<String> lastFault) {}

  private record LineView(
      String id,
      String name,
      TrunkStanding.Condition condition,
      int activeCalls,
      int channelLimit) {}

  private record UplinkView(
      UplinkState state,
      Instant since,
      long outboxDepth,
      Optional<Instant> lastReceiptAt,
      Optional<String> fault) {}

  private record LicenseView(
      String state,
      Optional<String> organisation,
      Optional<Instant> expires,
      Optional<Instant> graceUntil,
      Optional<List<String>> modules,
      Optional<Integer> channels,
      Optional<SuspensionView> suspension) {}

  /// Why the box may not call for now, although it is licensed (SH-SUS-01).
  private record SuspensionView(String ground, Instant since, String note) {}

  /// Until when what central granted may be spent.
  private record LeaseView(Instant expires, boolean expired) {}

  /// The end of this box, where central has ordered it (PLT-22).
  private record RetirementView(
      Retirement.Stage stage,
      Instant begunAt,
      Instant ownerUntil,
      String reason,
      Optional<String> confirmedBy) {}

  private record ConfirmationForm(String boxId) {}

  private record DocumentView(String schema, DocumentVerdict.Outcome outcome) {}

  private record HourView(
      Instant hour,
      long attempts,
      long answered,
      long answeredSeconds,
      long amountTiyn,
      Map<String, Long> outcomes) {}

  private record TodayView(long attempts, long answered, long answeredSeconds, long amountTiyn) {}

  private record RecognizedView(
      String code,
      RecognitionState.Condition state,
      int listenings,
      int busyPercent,
      long behindMillis,
      int restarts,
      Optional<String> lastFault,
      long memoryBytes) {}

  private record RecognitionView(
      boolean overloaded, long deafened, List<RecognizedView> languages) {}

  private record DashboardView(
      String boxName,
      LedgerRoutes.BalanceView balance,
      TelephonyView telephony,
      RecognitionView recognition,
      UplinkView uplink,
      LicenseView license,
      List<CallRoutes.LiveView> liveCalls,
      List<HourView> hours,
      List<Object> campaigns,
      TodayView today) {}

  private record SpeechView(
      String model, int words, List<String> experimental, List<String> voices) {}

  private record StorageView(long usedBytes, long totalBytes) {}

  private record SystemView(
      String version,
      Optional<String> boxId,
      Instant startedAt,
      TelephonyView telephony,
      RecognitionView recognition,
      UplinkView uplink,
      LicenseView license,
      Optional<LeaseView> lease,
      Optional<RetirementView> retirement,
      String clock,
      SpeechView speech,
      Optional<StorageView> storage) {}

  private final BoxFacts facts;
  private final Telephony telephony;
  private final Supplier<RecognitionState> recognition;
  private final ModelShelf models;
  private final Voices voices;
  private final CentralLine central;
  private final Calls calls;
  private final LedgerRoutes money;
  private final CallRoutes callRoutes;
  private final CampaignRoutes campaignRoutes;
  private final Supplier<String> trust;
  private final InstantSource clock;

  SystemRoutes(
      BoxFacts facts,
      Telephony telephony,
      Supplier<RecognitionState> recognition,
      ModelShelf models,
      Voices voices,
      CentralLine central,
      Calls calls,
      LedgerRoutes money,
      CallRoutes callRoutes,
      CampaignRoutes campaignRoutes,
      Supplier<String> trust,
      InstantSource clock) {
    this.facts = facts;
    this.telephony = telephony;
    this.recognition = recognition;
    this.models = models;
    this.voices = voices;
    this.central = central;
    this.calls = calls;
    this.money = money;
    this.callRoutes = callRoutes;
    this.campaignRoutes = campaignRoutes;
    this.trust = trust;
    this.clock = clock;
  }

  Desk on(Desk desk) {
    return desk.on("dashboard", this::dashboard)
        .on("system", this::system)
        .on("confirmRetirement", this::confirmRetirement)
        .onUpload("takeDocuments", DocumentFile.LIMIT_BYTES, this::takeDocuments);
  }

  /// Documents of central in a file, for a box that is not connected. What the file says of itself
  /// counts for nothing; each document's own signature does.
  private Answer takeDocuments(Asked asked) throws IOException {
    DocumentFile file;
    try {
      file = DocumentFile.parse(Files.readAllBytes(asked.upload()));
    } catch (MalformedMessageException malformed) {
      throw Problem.unprocessable("NOT_A_DOCUMENT_FILE", String.valueOf(malformed.getMessage()));
    }
    if (central.boxId().isEmpty()) {
      throw Problem.conflict(
          "NOT_ENROLLED", "The box is not enrolled, so it knows no provider to believe.");
    }
    return Answer.ok(
        central.take(file).await().stream()
            .map(verdict -> new DocumentView(verdict.schema(), verdict.outcome()))
            .toList());
  }

  /// The owner has what he wants. He types the box's id, so that nobody does it by mistake.
  private Answer confirmRetirement(Asked asked) {
    ConfirmationForm form = asked.body(ConfirmationForm.class);
    if (central.retirement().isEmpty()) {
      throw notRetiring();
    }
    if (!central.boxId().map(BoxId::value).equals(Optional.of(form.boxId().strip()))) {
      throw Problem.unprocessable(
          "WRONG_BOX_ID",
          "This is not the id of this box.",
          List.of(new Problem.Field("boxId", "WRONG_BOX_ID", "The id on the system page.")));
    }
    return switch (central.confirmRetirement(asked.person().login()).await()) {
      case DONE -> {
        log.atWarn()
            .addKeyValue("person", asked.person().loggable())
            .log("the owner confirmed that everything may be erased");
        yield Answer.ok(central.retirement().map(SystemRoutes::view).orElseThrow());
      }
      case OVER ->
          throw Problem.conflict(
              "RETIREMENT_CONFIRMED", "The owner's time is over; there is nothing to confirm.");
      case NOT_RETIRING -> throw notRetiring();
      case ON_HOLD ->
          throw Problem.conflict(
              "LEGAL_HOLD", "Nothing on this box may be erased until its legal hold is lifted.");
    };
  }

  private static Problem notRetiring() {
    return Problem.conflict("NOT_RETIRING", "Central has not ordered this box to end its work.");
  }

  private Answer dashboard(Asked asked) {
    Instant now = clock.instant();
    Instant midnight = AstanaTime.at(now).truncatedTo(ChronoUnit.DAYS).toInstant();
    Instant first = now.truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(HOURS - 1));
    Instant from = midnight.isBefore(first) ? midnight : first;
    List<HourOfCalls> past = calls.hours(from).await();
    return Answer.ok(
        new DashboardView(
            facts.name(),
            money.balance(),
            view(telephony.state()),
            view(recognition.get()),
            view(central.status()),
            view(central.license()),
            callRoutes.live(),
            hours(past, first),
            campaignRoutes.underWay(),
            today(past, midnight)));
  }

  private static List<HourView> hours(List<HourOfCalls> past, Instant first) {
    Map<Instant, HourOfCalls> byHour = new HashMap<>();
    past.forEach(hour -> byHour.put(hour.hour(), hour));
    List<HourView> hours = new ArrayList<>();
    for (int each = 0; each < HOURS; each++) {
      Instant hour = first.plus(Duration.ofHours(each));
      hours.add(
          view(
              byHour.getOrDefault(
                  hour, new HourOfCalls(hour, Map.of(), Duration.ZERO, Tenge.ZERO))));
    }
    return hours;
  }

  private static HourView view(HourOfCalls hour) {
    Map<String, Long> outcomes = new TreeMap<>();
    hour.outcomes().forEach((outcome, count) -> outcomes.put(outcome.name(), count));
    return new HourView(
        hour.hour(),
        hour.attempts(),
        hour.outcomes().getOrDefault(CallOutcome.ANSWERED, 0L),
        hour.answered().toSeconds(),
        hour.amount().tiyn(),
        outcomes);
  }

  private static TodayView today(List<HourOfCalls> past, Instant midnight) {
    long attempts = 0;
    long answered = 0;
    Duration talked = Duration.ZERO;
    Tenge amount = Tenge.ZERO;
    for (HourOfCalls hour : past) {
      if (!hour.hour().isBefore(midnight)) {
        attempts += hour.attempts();
        answered += hour.outcomes().getOrDefault(CallOutcome.ANSWERED, 0L);
        talked = talked.plus(hour.answered());
        amount = amount.plus(hour.amount());
      }
    }
    return new TodayView(attempts, answered, talked.toSeconds(), amount.tiyn());
  }

  private Answer system(Asked asked) {
    return Answer.ok(
        new SystemView(
            facts.version(),
            central.boxId().map(id -> id.value()),
            facts.startedAt(),
            view(telephony.state()),
            view(recognition.get()),
            view(central.status()),
            view(central.license()),
            central.lease().map(lease -> new LeaseView(lease.expires(), central.leaseHasExpired())),
            central.retirement().map(SystemRoutes::view),
            trust.get(),
            speech(),
            storage()));
  }

  /// Empty where the disk does not tell.
  private Optional<StorageView> storage() {
    // Not a FileStore, which there is none of where no mount point is known, as below a chroot.
    File disk = facts.data().toFile();
    long total = disk.getTotalSpace();
    return total == 0
        ? Optional.empty()
        : Optional.of(new StorageView(total - disk.getUsableSpace(), total));
  }

  private SpeechView speech() {
    List<ShelvedModel> running =
        models.languages().stream()
            .flatMap(language ->
                language.models().stream()
                    .filter(model -> language.running().equals(Optional.of(model.id()))))
            .toList();
    return new SpeechView(
        running.stream().map(ShelvedModel::name).sorted().collect(Collectors.joining(", ")),
        running.stream().mapToInt(ShelvedModel::words).sum(),
        running.stream()
            .filter(model -> model.onPeople().isExperimental())
            .map(model -> model.language().getLanguage())
            .sorted()
            .toList(),
        voices.all().stream()
            .collect(
                Collectors.groupingBy(
                    VoiceProfile::engine, LinkedHashMap::new, Collectors.toList()))
            .entrySet()
            .stream()
            .map(engine -> byName(engine.getKey(), engine.getValue()))
            .toList());
  }

  /// What a technician looks for: which program speaks, and with which voices.
  private static String byName(String engine, List<VoiceProfile> voices) {
    String names =
        voices.stream()
            .map(VoiceProfile::name)
            .filter(name -> !name.equals(engine))
            .distinct()
            .collect(Collectors.joining(", "));
    return names.isEmpty() ? engine : engine + ": " + names;
  }

  /// The state of telephony, as the page's event.
  static Object news(TelephonyState state) {
    return view(state);
  }

  /// The state of recognition, as the page's event.
  static Object news(RecognitionState state) {
    return view(state);
  }

  /// The state of the uplink, as the page's event.
  static Object news(UplinkStatus status) {
    return view(status);
  }

  /// What the box may do, as the page's event.
  static Object news(LicenseStanding standing) {
    return view(standing);
  }

  /// The end of this box, as the page's event.
  static Object news(Retirement.State state) {
    return view(state);
  }

  private static RetirementView view(Retirement.State state) {
    return new RetirementView(
        state.stage(), state.begunAt(), state.ownerUntil(), state.reason(), state.confirmedBy());
  }

  private static TelephonyView view(TelephonyState state) {
    return new TelephonyView(
        // To a page, a telephony that was shut down is one that does not work.
        (state.asterisk() == AsteriskPhase.STOPPED ? AsteriskPhase.FAILED : state.asterisk())
            .name(),
        state.since(),
        state.restarts(),
        state.trunk().reachable(),
        state.trunk().roundTrip().map(Duration::toMillis),
        state.trunk().activeCalls(),
        state.trunk().channelLimit(),
        state.trunks().stream()
            .map(one ->
                new LineView(
                    one.id().value(),
                    one.name(),
                    one.condition(),
                    one.activeCalls(),
                    one.channelLimit()))
            .toList(),
        state.fault());
  }

  private static RecognitionView view(RecognitionState state) {
    return new RecognitionView(
        state.overloaded(),
        state.deafened(),
        state.languages().stream()
            .map(language ->
                new RecognizedView(
                    language.code(),
                    language.condition(),
                    language.listenings(),
                    (int) Math.round(100 * language.busy()),
                    language.behind().toMillis(),
                    language.deaths(),
                    Optional.of(language.lastDeath()).filter(why -> !why.isEmpty()),
                    language.residentBytes()))
            .toList());
  }

  private static UplinkView view(UplinkStatus status) {
    return new UplinkView(
        status.state(), status.since(), status.outboxDepth(), status.lastReceipt(), status.fault());
  }

  private static LicenseView view(LicenseStanding standing) {
    return switch (standing) {
      case LicenseStanding.Valid(var license) -> view("VALID", license, Optional.empty());
      case LicenseStanding.InGrace(var license, Instant until) ->
          view("IN_GRACE", license, Optional.of(until));
      case LicenseStanding.Expired(var license, Instant _) ->
          view("EXPIRED", license, Optional.empty());
      case LicenseStanding.NotYet(var license, Instant _) ->
          view("NOT_YET", license, Optional.empty());
      case LicenseStanding.WrongBox _ -> without("WRONG_BOX");
      case LicenseStanding.BadSignature _ -> without("BAD_SIGNATURE");
      case LicenseStanding.None _ -> without("NONE");
    };
  }

  private static LicenseView view(
      String state, LicenseDocument license, Optional<Instant> graceUntil) {
    return new LicenseView(
        state,
        Optional.of(license.organisation()),
        Optional.of(license.expires()),
        graceUntil,
        Optional.of(license.modules().stream().sorted().toList()),
        Optional.of(license.limits().channels()),
        license
            .suspension(CALLS)
            .map(suspension ->
                new SuspensionView(suspension.ground(), suspension.since(), suspension.note())));
  }

  private static LicenseView without(String state) {
    return new LicenseView(
        state,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
