package kz.qonyrau.console;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import kz.qonyrau.calls.Calls;
import kz.qonyrau.campaigns.Blocker;
import kz.qonyrau.campaigns.CallPricing;
import kz.qonyrau.campaigns.Campaign;
import kz.qonyrau.campaigns.CampaignEvent;
import kz.qonyrau.campaigns.CampaignOrder;
import kz.qonyrau.campaigns.CampaignResult;
import kz.qonyrau.campaigns.CampaignState;
import kz.qonyrau.campaigns.Campaigns;
import kz.qonyrau.campaigns.Category;
import kz.qonyrau.campaigns.DialingGate;
import kz.qonyrau.campaigns.Estimate;
import kz.qonyrau.campaigns.Idle;
import kz.qonyrau.campaigns.IdleReason;
import kz.qonyrau.campaigns.InvalidFieldException;
import kz.qonyrau.campaigns.MachineRule;
import kz.qonyrau.campaigns.Priority;
import kz.qonyrau.campaigns.Prompt;
import kz.qonyrau.campaigns.RetryPolicy;
import kz.qonyrau.campaigns.Schedule;
import kz.qonyrau.campaigns.Standing;
import kz.qonyrau.campaigns.Window;
import kz.qonyrau.ledger.Ledger;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.vocabulary.ContactListId;
import kz.qonyrau.vocabulary.Tenge;
import kz.qonyrau.web.Answer;
import kz.qonyrau.web.Asked;
import kz.qonyrau.web.Desk;
import kz.qonyrau.web.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The campaigns: drafts, estimate, start, pause, resume, cancel, log (AC-CMP-06, AC-CMP-10).
final class CampaignRoutes {

  private static final Logger log = LoggerFactory.getLogger(CampaignRoutes.class);
  private static final DateTimeFormatter TO_MINUTES = DateTimeFormatter.ofPattern("HH:mm");
  private static final DateTimeFormatter TO_SECONDS = DateTimeFormatter.ofPattern("HH:mm:ss");
  private static final Duration USUAL_RINGING = Duration.ofSeconds(30);

  private record PromptForm(
      String kind,
      Optional<String> audioId,
      Optional<String> text,
      Optional<String> language,
      Optional<String> voice) {}

  private record WindowForm(
      LocalDate dateFrom, LocalDate dateTo, List<DayOfWeek> weekdays, String start, String end) {}

  private record OrderForm(
      String name,
      Category category,
      String senderName,
      String senderContact,
      List<String> listIds,
      PromptForm prompt,
      List<WindowForm> windows,
      Optional<Boolean> onDaysOff,
      int channels,
      int callsPerMinute,
      Optional<Priority> priority,
      Optional<Integer> ringingSeconds,
      boolean record,
      Optional<String> recordingBasis,
      Optional<MachineRule> machines,
      Optional<RetriesForm> retries,
      Optional<QuestionForm> question) {}

  private record ProgressView(
      long recipients,
      long pending,
      long waiting,
      long capped,
      long active,
      long done,
      Map<String, Long> outcomes,
      Map<String, Long> excluded) {}

  private record SuspensionView(String ground, Instant since, String note) {}

  private record CampaignView(
      String id,
      OrderForm order,
      CampaignState state,
      Optional<String> stateReason,
      Optional<Instant> stateUntil,
      Optional<SuspensionView> suspension,
      Instant createdAt,
      String createdBy,
      Optional<Instant> startedAt,
      Optional<Instant> endedAt,
      long costTiyn,
      ProgressView progress,
      Optional<Integer> callsPerMinute,
      Optional<Integer> slowedTo,
      Optional<Standing.Voiced> voiced) {}

  private record EventView(Instant at, CampaignState state, String by, String why) {}

  private record EstimateView(
      long recipients,
      Map<String, Long> excluded,
      double secondsPerCall,
      long durationSeconds,
      Optional<Instant> endsAt,
      long costTiyn,
      long availableTiyn,
      String tariffVersion,
      List<Blocker> blockers,
      List<String> languagesWithoutModel,
      BreakdownView dryRun) {}

  private final Campaigns campaigns;
  private final Function<CampaignId, Standing> standing;
  private final DialingGate gate;
  private final Calls calls;
  private final Ledger ledger;
  private final CallPricing pricing;
  private final CentralLine central;
  private final AudioRoutes audio;
  private final QuestionCheck questions;

  CampaignRoutes(
      Campaigns campaigns,
      Function<CampaignId, Standing> standing,
      DialingGate gate,
      Calls calls,
      Ledger ledger,
      CallPricing pricing,
      CentralLine central,
      AudioRoutes audio) {
    this.campaigns = campaigns;
    this.standing = standing;
    this.gate = gate;
    this.calls = calls;
    this.ledger = ledger;
    this.pricing = pricing;
    this.central = central;
    this.audio = audio;
    this.questions = new QuestionCheck(campaigns, audio);
  }

  Desk on(Desk desk) {
    return desk.on(
            "campaigns", _ -> Answer.ok(campaigns.all().await().stream().map(this::view).toList()))
        .on("createCampaign", this::create)
        .on("campaign", asked -> Answer.ok(view(found(campaigns.find(id(asked)).await()))))
        .on(
            "changeCampaign",
            asked -> done(campaigns.change(id(asked), order(asked.body(OrderForm.class))).await()))
        .on(
            "deleteCampaign",
            asked -> {
              var _ = campaign(campaigns.delete(id(asked)).await());
              return Answer.done();
            })
        .on("estimate", this::estimate)
        .on("startCampaign", this::start)
        .on(
            "pauseCampaign",
            asked -> act(asked, campaigns.pause(id(asked), by(asked), "by hand").await()))
        .on(
            "resumeCampaign",
            asked -> act(asked, campaigns.resume(id(asked), by(asked), "by hand").await()))
        .on(
            "cancelCampaign",
            asked -> act(asked, campaigns.cancel(id(asked), by(asked), "by hand").await()))
        .on("campaignLog", this::log);
  }

  private Answer create(Asked asked) {
    CampaignOrder order = order(asked.body(OrderForm.class));
    return Answer.created(view(campaigns.create(CampaignId.random(), order, by(asked)).await()));
  }

  private Answer estimate(Asked asked) {
    Campaign campaign = found(campaigns.find(id(asked)).await());
    Duration message = audio.messageLength(campaign.order().prompt());
    Tenge available = ledger.balance(Calls.PAYER).await().available();
    Estimate estimate =
        found(campaigns.estimate(campaign.id(), message, pricing, available, gate.state()).await());
    Map<String, Long> excluded = new TreeMap<>();
    estimate.excluded().forEach((exclusion, count) -> excluded.put(exclusion.name(), count));
    return Answer.ok(
        new EstimateView(
            estimate.recipients(),
            excluded,
            estimate.perCall().toMillis() / 1000.0,
            estimate.dialing().toSeconds(),
            estimate.end(),
            estimate.cost().tiyn(),
            available.tiyn(),
            estimate.tariffVersion(),
            estimate.blockers(),
            campaigns.unheard(campaign.order()).stream().map(Locale::getLanguage).toList(),
            BreakdownView.of(estimate.dryRun())));
  }

  private Answer start(Asked asked) {
    Campaign campaign = found(campaigns.find(id(asked)).await());
    Duration message = audio.messageLength(campaign.order().prompt());
    CampaignResult result = campaigns.start(campaign.id(), by(asked), message).await();
    if (result instanceof CampaignResult.Blocked(List<Blocker> blockers)) {
      throw blocked(blockers, campaigns.unheard(campaign.order()));
    }
    return act(asked, result);
  }

  private Answer act(Asked asked, CampaignResult result) {
    Campaign campaign = campaign(result);
    log.atInfo()
        .addKeyValue("campaign", campaign.id())
        .addKeyValue("operation", asked.operationId())
        .addKeyValue("state", campaign.state())
        .addKeyValue("person", asked.person().loggable())
        .log("campaign");
    return Answer.ok(view(campaign));
  }

  private Answer log(Asked asked) {
    List<CampaignEvent> events = found(campaigns.log(id(asked)).await());
    return Answer.ok(
        events.stream()
            .map(event -> new EventView(event.at(), event.state(), event.by(), event.why()))
            .toList());
  }

  /// The campaigns that are running or waiting, as pages show them.
  List<Object> underWay() {
    return campaigns.all().await().stream()
        .filter(campaign -> campaign.state().isUnderWay())
        .map(campaign -> (Object) view(campaign))
        .toList();
  }

  /// What a page is told of a campaign that has changed.
  Optional<Object> news(CampaignId id) {
    return campaigns.find(id).await().map(this::view);
  }

  private static CampaignId id(Asked asked) {
    return asked.id("campaignId", CampaignId::new);
  }

  private static String by(Asked asked) {
    return asked.person().login();
  }

  private static <T> T found(Optional<T> value) {
    return value.orElseThrow(() -> Problem.notFound("campaign"));
  }

  private Answer done(CampaignResult result) {
    return Answer.ok(view(campaign(result)));
  }

  private static Campaign campaign(CampaignResult result) {
    return switch (result) {
      case CampaignResult.Done(Campaign campaign) -> campaign;
      case CampaignResult.NoSuchCampaign _ -> throw Problem.notFound("campaign");
      case CampaignResult.WrongState(CampaignState state) ->
          throw Problem.conflict(
              "CAMPAIGN_" + state, "The campaign is " + state + "; this cannot be done now.");
      case CampaignResult.Blocked(List<Blocker> blockers) -> throw blocked(blockers, List.of());
    };
  }

  /// @param unheard the languages without a speech model
  private static Problem blocked(List<Blocker> blockers, List<Locale> unheard) {
    String languages = unheard.stream().map(Locale::getLanguage).collect(Collectors.joining(", "));
    return Problem.unprocessable(
        blockers.getFirst().name(),
        "The campaign cannot start: "
            + blockers
            + (languages.isEmpty() ? "." : "; there is no speech model for: " + languages + "."),
        blockers.stream()
            .map(blocker ->
                blocker == Blocker.NO_SPEECH_MODEL
                    ? new Problem.Field(
                        "question.languages",
                        blocker.name(),
                        "No speech model is installed for: " + languages + ".")
                    : new Problem.Field("", blocker.name(), "Stops the start."))
            .toList());
  }

  // ---- orders in and out

  private CampaignOrder order(OrderForm form) {
    if (form.record() && form.recordingBasis().filter(basis -> !basis.isBlank()).isEmpty()) {
      throw refused(
          "recordingBasis",
          "RECORDING_BASIS_MISSING",
          "State the lawful basis on which the calls are recorded.");
    }
    Prompt prompt = prompt(form.prompt());
    MachineRule machines = form.machines().orElse(MachineRule.CARRY_ON);
    RetryPolicy retries = form.retries().map(one -> one.policy(machines)).orElse(RetryPolicy.NONE);
    CampaignOrder order = orderOf(form, prompt, machines, retries);
    questions.require(order);
    return order;
  }

  private static CampaignOrder orderOf(
      OrderForm form, Prompt prompt, MachineRule machines, RetryPolicy retries) {
    try {
      return new CampaignOrder(
          form.name().strip(),
          form.category(),
          form.senderName().strip(),
          form.senderContact().strip(),
          form.listIds().stream().map(ContactListId::new).toList(),
          prompt,
          new Schedule(
              form.windows().stream().map(CampaignRoutes::window).toList(),
              form.onDaysOff().orElse(false)),
          form.channels(),
          form.callsPerMinute(),
          form.priority().orElse(Priority.NORMAL),
          form.ringingSeconds().map(Duration::ofSeconds).orElse(USUAL_RINGING),
          form.record() ? form.recordingBasis().map(String::strip) : Optional.empty(),
          form.question().map(QuestionForm::asking),
          machines,
          retries);
    } catch (InvalidFieldException wrong) {
      throw refused("question." + wrong.field(), "INVALID_QUESTION", wrong.what());
    } catch (IllegalArgumentException impossible) {
      throw Problem.unprocessable(
          "INVALID_ORDER", Optional.ofNullable(impossible.getMessage()).orElse("Impossible."));
    }
  }

  private Prompt prompt(PromptForm form) {
    if (form.kind().equals("AUDIO")) {
      String id =
          form.audioId()
              .orElseThrow(
                  () -> refused("prompt.audioId", "MISSING", "Choose an uploaded recording."));
      return audio
          .prompt(id)
          .orElseThrow(
              () -> refused("prompt.audioId", "NO_SUCH_AUDIO", "There is no such recording."));
    }
    String text =
        form.text().orElseThrow(() -> refused("prompt.text", "MISSING", "Write the text."));
    String language =
        form.language()
            .orElseThrow(() -> refused("prompt.language", "MISSING", "Choose the language."));
    try {
      Locale locale = Locale.forLanguageTag(language);
      form.voice().ifPresent(voice -> audio.requireVoice("prompt.voice", voice, locale));
      return new Prompt.SpokenText(text, locale, form.voice());
    } catch (IllegalArgumentException blank) {
      throw refused("prompt.text", "MISSING", "Write the text.");
    }
  }

  static Problem refused(String field, String code, String detail) {
    return Problem.unprocessable(code, detail, List.of(new Problem.Field(field, code, detail)));
  }

  private static Window window(WindowForm form) {
    return new Window(
        form.dateFrom(),
        form.dateTo(),
        EnumSet.copyOf(form.weekdays()),
        LocalTime.parse(form.start()),
        form.end().equals("24:00") ? LocalTime.MIDNIGHT : LocalTime.parse(form.end()));
  }

  /// An order as pages and programs are shown it, and as they send it.
  static Object orderView(CampaignOrder order) {
    return form(order);
  }

  private static OrderForm form(CampaignOrder order) {
    return new OrderForm(
        order.name(),
        order.category(),
        order.senderName(),
        order.senderContact(),
        order.lists().stream().map(ContactListId::value).toList(),
        switch (order.prompt()) {
          case Prompt.UploadedAudio(String id, var _) ->
              new PromptForm(
                  "AUDIO", Optional.of(id), Optional.empty(), Optional.empty(), Optional.empty());
          case Prompt.SpokenText(String text, Locale language, Optional<String> voice) ->
              new PromptForm(
                  "TEXT",
                  Optional.empty(),
                  Optional.of(text),
                  Optional.of(language.getLanguage()),
                  voice);
        },
        order.schedule().windows().stream()
            .map(window ->
                new WindowForm(
                    window.dateFrom(),
                    window.dateTo(),
                    window.weekdays().stream().sorted().toList(),
                    time(window.start()),
                    window.end().equals(LocalTime.MIDNIGHT) ? "24:00" : time(window.end())))
            .toList(),
        Optional.of(order.schedule().onDaysOff()),
        order.channels(),
        order.callsPerMinute(),
        Optional.of(order.priority()),
        Optional.of(Math.toIntExact(order.ringing().toSeconds())),
        order.record(),
        order.recordingBasis(),
        Optional.of(order.machines()),
        Optional.of(RetriesForm.of(order.retries())),
        order.asking().map(QuestionForm::of));
  }

  private static String time(LocalTime time) {
    return time.format(time.getSecond() == 0 ? TO_MINUTES : TO_SECONDS);
  }

  private Optional<SuspensionView> suspended() {
    return central
        .license()
        .suspension("calls")
        .map(suspension ->
            new SuspensionView(suspension.ground(), suspension.since(), suspension.note()));
  }

  private CampaignView view(Campaign campaign) {
    Optional<Standing> now =
        campaign.state().isUnderWay()
            ? Optional.of(standing.apply(campaign.id()))
            : Optional.empty();
    Optional<Idle> why = now.map(Standing::idle);
    Map<String, Long> outcomes = new TreeMap<>();
    campaign.progress().outcomes().forEach((outcome, count) -> outcomes.put(outcome.name(), count));
    Map<String, Long> excluded = new TreeMap<>();
    campaign
        .progress()
        .excluded()
        .forEach((exclusion, count) -> excluded.put(exclusion.name(), count));
    boolean called = campaign.startedAt().isPresent();
    return new CampaignView(
        campaign.id().value(),
        form(campaign.order()),
        campaign.state(),
        why.map(Idle::reason).filter(reason -> reason != IdleReason.DIALING).map(IdleReason::name),
        why.flatMap(Idle::until),
        why.filter(idle -> idle.reason() == IdleReason.SUSPENDED).flatMap(_ -> suspended()),
        campaign.createdAt(),
        campaign.createdBy(),
        campaign.startedAt(),
        campaign.endedAt(),
        (called ? calls.costOf(campaign.id()).await() : Tenge.ZERO).tiyn(),
        new ProgressView(
            campaign.progress().recipients(),
            campaign.progress().pending(),
            campaign.progress().waiting(),
            campaign.progress().capped(),
            campaign.progress().active(),
            campaign.progress().done(),
            outcomes,
            excluded),
        now.flatMap(Standing::callsPerMinute),
        now.flatMap(Standing::slowedTo),
        now.flatMap(Standing::voiced));
  }
}
