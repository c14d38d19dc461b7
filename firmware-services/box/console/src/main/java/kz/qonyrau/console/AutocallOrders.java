package kz.qonyrau.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kz.qonyrau.calls.Calls;
import kz.qonyrau.campaigns.Attestation;
import kz.qonyrau.campaigns.Blocker;
import kz.qonyrau.campaigns.CallPricing;
import kz.qonyrau.campaigns.Campaign;
import kz.qonyrau.campaigns.CampaignOrder;
import kz.qonyrau.campaigns.CampaignResult;
import kz.qonyrau.campaigns.CampaignState;
import kz.qonyrau.campaigns.Campaigns;
import kz.qonyrau.campaigns.Category;
import kz.qonyrau.campaigns.Column;
import kz.qonyrau.campaigns.ColumnRole;
import kz.qonyrau.campaigns.Consent;
import kz.qonyrau.campaigns.ContactList;
import kz.qonyrau.campaigns.ContactLists;
import kz.qonyrau.campaigns.Delimiter;
import kz.qonyrau.campaigns.DialingGate;
import kz.qonyrau.campaigns.Estimate;
import kz.qonyrau.campaigns.ImportOptions;
import kz.qonyrau.campaigns.ImportRequest;
import kz.qonyrau.campaigns.KazakhNumbers;
import kz.qonyrau.campaigns.ListResult;
import kz.qonyrau.campaigns.MachineRule;
import kz.qonyrau.campaigns.Priority;
import kz.qonyrau.campaigns.Prompt;
import kz.qonyrau.campaigns.RetryPolicy;
import kz.qonyrau.campaigns.Schedule;
import kz.qonyrau.campaigns.TextEncoding;
import kz.qonyrau.campaigns.UploadForm;
import kz.qonyrau.campaigns.Window;
import kz.qonyrau.integrations.ApiKey;
import kz.qonyrau.integrations.ApiKeys;
import kz.qonyrau.integrations.Scope;
import kz.qonyrau.integrations.Statement;
import kz.qonyrau.ledger.Ledger;
import kz.qonyrau.vocabulary.AstanaTime;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.vocabulary.ContactListId;
import kz.qonyrau.vocabulary.Tenge;
import kz.qonyrau.web.Asked;
import kz.qonyrau.web.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes a list, a campaign and its start of one order in AutoCall's way, under the statement of
/// the key's owner and with the checks of the pages (SH-API-02).
///
/// The ids follow from the request, and each step may be repeated: an order that is sent again,
/// because we died on the way or its answer got lost, ends as one campaign.
final class AutocallOrders {

  private static final Logger log = LoggerFactory.getLogger(AutocallOrders.class);
  private static final Duration RINGING = Duration.ofSeconds(30);

  private final ApiKeys keys;
  private final Campaigns campaigns;
  private final ContactLists lists;
  private final AudioRoutes audio;
  private final Ledger ledger;
  private final CallPricing pricing;
  private final DialingGate gate;
  private final Path directory;
  private final InstantSource clock;
  private final KazakhNumbers numbers = new KazakhNumbers();

  /// @param directory of its own, for files of contacts while they are imported
  AutocallOrders(
      ApiKeys keys,
      Campaigns campaigns,
      ContactLists lists,
      AudioRoutes audio,
      Ledger ledger,
      CallPricing pricing,
      DialingGate gate,
      Path directory,
      InstantSource clock) {
    this.keys = keys;
    this.campaigns = campaigns;
    this.lists = lists;
    this.audio = audio;
    this.ledger = ledger;
    this.pricing = pricing;
    this.gate = gate;
    this.directory = directory;
    this.clock = clock;
    forgetFiles();
  }

  /// What a death left here is imported by nobody.
  private void forgetFiles() {
    try {
      Files.createDirectories(directory);
      try (Stream<Path> left = Files.list(directory)) {
        left.forEach(UploadShelf::delete);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// The campaign, started.
  ///
  /// @throws Problem if it cannot be; then nothing is left of it
  Campaign place(Asked asked) {
    AutocallForm form = asked.body(AutocallForm.class);
    Statement statement = statement(asked);
    CampaignId id = new CampaignId(derived(asked.seed(), "campaign"));
    Optional<Campaign> before = campaigns.find(id).await();
    if (before.filter(campaign -> campaign.startedAt().isPresent()).isPresent()) {
      return before.get();
    }
    String by = asked.person().login();
    Prompt prompt = prompt(form, statement);
    Schedule schedule = schedule(form, statement);
    Optional<AutocallForm.Contacts> contacts =
        form.bringsContacts() ? Optional.of(form.contacts(numbers)) : Optional.empty();
    contacts.ifPresent(brought -> requireVariables(form, brought));
    ContactListId list =
        contacts
            .map(_ -> new ContactListId(derived(asked.seed(), "list")))
            .orElseGet(() -> listOfOurs(form));
    String name = form.name().map(String::strip).filter(text -> !text.isEmpty()).orElse(name());
    try {
      contacts.ifPresent(brought -> bring(list, name, brought, statement, by));
      CampaignOrder order = order(name, statement, list, prompt, schedule);
      return start(campaigns.create(id, order, by).await(), by);
    } catch (Problem refused) {
      leaveNothing(id, contacts.map(_ -> list));
      throw refused;
    }
  }

  private static String derived(UUID seed, String what) {
    return UUID.nameUUIDFromBytes((seed + "/" + what).getBytes(StandardCharsets.UTF_8)).toString();
  }

  private String name() {
    return "API " + AutocallRoutes.moment(clock.instant());
  }

  private Statement statement(Asked asked) {
    ApiKey key =
        asked
            .program()
            .flatMap(program -> keys.inForce(program.key()))
            .orElseThrow(() -> new Problem(401, "KEY_UNKNOWN", "This API key was revoked."));
    if (!key.scopes().contains(Scope.CONTACTS_WRITE)) {
      throw new Problem(
          403,
          "SCOPE_MISSING",
          "This API key lacks the scope " + Scope.CONTACTS_WRITE.words() + ". Make another.");
    }
    return key.statement()
        .orElseThrow(() ->
            Problem.unprocessable(
                "STATEMENT_MISSING",
                "This API key carries no statement of where numbers come from, when may be called"
                    + " and who calls. Make a key with such a statement on the page of programs."));
  }

  private Prompt prompt(AutocallForm form, Statement statement) {
    Optional<String> text = form.text();
    if (text.isEmpty()) {
      return audio
          .prompt(form.audioId().asString())
          .orElseThrow(() ->
              CampaignRoutes.refused(
                  "audio_id", "NO_SUCH_AUDIO", "There is no recording of this id on the box."));
    }
    Locale language = Locale.of(statement.language());
    if (!audio.speaks(language)) {
      throw CampaignRoutes.refused(
          "audio_id", "NO_SUCH_VOICE", "No voice on the box speaks " + statement.language() + ".");
    }
    try {
      return new Prompt.SpokenText(text.get(), language, Optional.empty());
    } catch (IllegalArgumentException blank) {
      throw CampaignRoutes.refused("audio_id.0.data.text", "MISSING", "Write the text.");
    }
  }

  private static void requireVariables(AutocallForm form, AutocallForm.Contacts contacts) {
    Set<String> missing =
        form.text().map(text -> AutocallForm.missing(text, contacts)).orElse(Set.of());
    if (!missing.isEmpty()) {
      throw CampaignRoutes.refused(
          "audio_id.0.data.text",
          Blocker.UNKNOWN_VARIABLE.name(),
          "The text names a variable that no contact has.");
    }
  }

  private Schedule schedule(AutocallForm form, Statement statement) {
    LocalDate today = AstanaTime.dateOf(clock.instant());
    LocalDate first = form.dateFrom().map(AutocallOrders::date).orElse(today);
    if (first.isBefore(today) || first.isAfter(today.plusYears(1))) {
      throw CampaignRoutes.refused(
          "date_from", "OUT_OF_RANGE", "Is today or a day of the next year.");
    }
    LocalTime from = form.timeFrom().map(LocalTime::parse).orElse(statement.start());
    boolean fits =
        !from.isBefore(statement.start())
            && (statement.end().isBefore(statement.start())
                || from.isBefore(statement.end())
                || statement.end().equals(LocalTime.MIDNIGHT));
    if (!fits) {
      throw CampaignRoutes.refused(
          "time_from",
          "OUT_OF_RANGE",
          "Is within the hours that the key's owner stated: "
              + statement.start()
              + " to "
              + statement.end()
              + ".");
    }
    LocalDate last = first.plusDays(statement.days() - 1L);
    EnumSet<java.time.DayOfWeek> weekdays = EnumSet.copyOf(statement.weekdays());
    List<Window> windows =
        new ArrayList<>(List.of(new Window(first, first, weekdays, from, statement.end())));
    if (last.isAfter(first)) {
      windows.add(
          new Window(first.plusDays(1), last, weekdays, statement.start(), statement.end()));
    }
    return new Schedule(windows);
  }

  private static LocalDate date(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException noDay) {
      throw CampaignRoutes.refused("date_from", "WRONG_FORM", "Is a day of the calendar, Y-m-d.");
    }
  }

  private ContactListId listOfOurs(AutocallForm form) {
    Optional<ContactListId> id;
    try {
      id = Optional.of(new ContactListId(form.listId().asString()));
    } catch (IllegalArgumentException notAnId) {
      id = Optional.empty();
    }
    return id.filter(one -> lists.find(one).await().isPresent())
        .orElseThrow(() ->
            CampaignRoutes.refused(
                "list_id", "NO_SUCH_LIST", "There is no list of this id on the box."));
  }

  private void bring(
      ContactListId id,
      String name,
      AutocallForm.Contacts contacts,
      Statement statement,
      String by) {
    Path file = directory.resolve(id + ".csv");
    try {
      Files.write(file, AutocallForm.csv(contacts));
      ListResult begun =
          lists
              .importFile(new ImportRequest(id, name, file, options(contacts, statement), by))
              .await();
      ContactList list = lists.whenImported(id).await().orElseThrow();
      if (!(begun instanceof ListResult.Done) || list.state() != ContactList.State.READY) {
        throw new IllegalStateException("the contacts were not imported: " + list.failure());
      }
      if (list.rejected() > 0) {
        throw CampaignRoutes.refused(
            "list_id", "INVALID_CONTACTS", "The values of a contact are too long; shorten them.");
      }
      if (list.attestation().isEmpty()) {
        var _ = lists.attest(id, attestation(statement, by)).await();
      }
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    } finally {
      UploadShelf.delete(file);
    }
  }

  private static ImportOptions options(AutocallForm.Contacts contacts, Statement statement) {
    List<Column> columns =
        new ArrayList<>(List.of(new Column(0, "", ColumnRole.NUMBER, Optional.empty())));
    IntStream.range(0, contacts.keys().size())
        .forEach(place ->
            columns.add(
                new Column(
                    place + 1, "", ColumnRole.VARIABLE, Optional.of(contacts.keys().get(place)))));
    return new ImportOptions(
        new UploadForm.Text(TextEncoding.UTF_8, Delimiter.COMMA),
        false,
        columns,
        statement.agreed() ? Consent.GRANTED : Consent.UNKNOWN);
  }

  private Attestation attestation(Statement statement, String by) {
    return new Attestation(
        statement.origin(),
        statement.collectedFrom(),
        AstanaTime.dateOf(clock.instant()),
        true,
        false,
        by,
        clock.instant());
  }

  private static CampaignOrder order(
      String name, Statement statement, ContactListId list, Prompt prompt, Schedule schedule) {
    try {
      return new CampaignOrder(
          name,
          Category.valueOf(statement.category()),
          statement.senderName(),
          statement.senderContact(),
          List.of(list),
          prompt,
          schedule,
          statement.channels(),
          statement.callsPerMinute(),
          Priority.NORMAL,
          RINGING,
          Optional.empty(),
          Optional.empty(),
          MachineRule.CARRY_ON,
          RetryPolicy.NONE);
    } catch (IllegalArgumentException impossible) {
      throw Problem.unprocessable(
          "INVALID_ORDER", Optional.ofNullable(impossible.getMessage()).orElse("Impossible."));
    }
  }

  private Campaign start(Campaign draft, String by) {
    Duration message = message(draft.order().prompt());
    Tenge available = ledger.balance(Calls.PAYER).await().available();
    Estimate estimate =
        campaigns
            .estimate(draft.id(), message, pricing, available, gate.state())
            .await()
            .orElseThrow();
    if (!estimate.blockers().isEmpty()) {
      throw blocked(estimate.blockers());
    }
    if (available.compareTo(estimate.cost()) < 0) {
      throw new Problem(
          402,
          "NO_FUNDS",
          "The campaign may cost up to %s KZT, and %s KZT are available. Top up, or order less."
              .formatted(AutocallRoutes.tenge(estimate.cost()), AutocallRoutes.tenge(available)));
    }
    return switch (campaigns.start(draft.id(), by, message).await()) {
      case CampaignResult.Done(Campaign started) -> {
        log.atInfo().addKeyValue("campaign", started.id()).log("campaign ordered by a program");
        yield started;
      }
      case CampaignResult.Blocked(List<Blocker> blockers) -> throw blocked(blockers);
      case CampaignResult.WrongState(CampaignState state) ->
          throw Problem.conflict("CAMPAIGN_" + state, "The campaign is " + state + " already.");
      case CampaignResult.NoSuchCampaign _ -> throw Problem.notFound("campaign");
    };
  }

  private Duration message(Prompt prompt) {
    try {
      return audio.messageLength(prompt);
    } catch (Problem unspeakable) {
      throw unspeakable.status() == 422
          ? CampaignRoutes.refused(
              "audio_id", unspeakable.code(), "Cannot be spoken, or is gone; change it.")
          : unspeakable;
    }
  }

  private static Problem blocked(List<Blocker> blockers) {
    return Problem.unprocessable(
        blockers.getFirst().name(),
        "The campaign cannot start: " + blockers + ".",
        blockers.stream()
            .map(blocker ->
                new Problem.Field(field(blocker), blocker.name(), "Stops the start: " + blocker))
            .toList());
  }

  private static String field(Blocker blocker) {
    return switch (blocker) {
      case NO_SUCH_LIST, LIST_NOT_READY, LIST_NOT_ATTESTED, LIST_NOT_FOR_CALLS, NO_RECIPIENTS ->
          "list_id";
      case NO_WINDOW -> "date_from";
      case MESSAGE_TOO_SHORT, UNKNOWN_VARIABLE, NO_SPEECH_MODEL -> "audio_id";
    };
  }

  /// An order that was refused leaves neither a draft nor a list.
  private void leaveNothing(CampaignId campaign, Optional<ContactListId> list) {
    var _ = campaigns.delete(campaign).await();
    list.ifPresent(one -> {
      var _ = lists.delete(one).await();
    });
  }

  /// What a campaign costs if everyone answers and hears everything.
  Tenge mostCost(Campaign campaign) {
    try {
      return campaigns
          .estimate(
              campaign.id(), message(campaign.order().prompt()), pricing, Tenge.ZERO, gate.state())
          .await()
          .map(Estimate::cost)
          .orElse(Tenge.ZERO);
    } catch (Problem gone) {
      log.atInfo()
          .addKeyValue("campaign", campaign.id())
          .addKeyValue("code", gone.code())
          .log("what a campaign costs at most is not known any more");
      return Tenge.ZERO;
    }
  }
}
