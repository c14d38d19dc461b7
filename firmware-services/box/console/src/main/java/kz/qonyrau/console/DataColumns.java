package kz.qonyrau.console;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import kz.qonyrau.callbacks.CallBack;
import kz.qonyrau.calls.PlacedCall;
import kz.qonyrau.calls.TurnResult;
import kz.qonyrau.calls.UnderstoodLine;
import kz.qonyrau.calls.WhoAnswered;
import kz.qonyrau.campaigns.Asking;
import kz.qonyrau.campaigns.Attestation;
import kz.qonyrau.campaigns.Campaign;
import kz.qonyrau.campaigns.CampaignOrder;
import kz.qonyrau.campaigns.CampaignTemplate;
import kz.qonyrau.campaigns.Campaigns;
import kz.qonyrau.campaigns.ContactList;
import kz.qonyrau.campaigns.ListFile;
import kz.qonyrau.campaigns.ListedContact;
import kz.qonyrau.campaigns.Prompt;
import kz.qonyrau.campaigns.ReachedRecipient;
import kz.qonyrau.campaigns.Suppressions;
import kz.qonyrau.campaigns.Window;
import kz.qonyrau.complaints.Complaint;
import kz.qonyrau.insight.LineOfCall;
import kz.qonyrau.telephony.Way;
import kz.qonyrau.vocabulary.AstanaTime;
import kz.qonyrau.vocabulary.CallOutcome;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.vocabulary.Msisdn;
import kz.qonyrau.wire.ReportedComplaint;

/// The columns of the files that an owner takes away. Titles are English and stay what they are,
/// since programs read them; what each means says `README.txt` beside the files.
final class DataColumns {

  private static final Table.Cell NOTHING = new Table.Cell.Nothing();

  /// A column of a file.
  record Column<T>(String title, Function<T, Table.Cell> cell) {}

  private DataColumns() {}

  static List<Column<ContactList>> lists() {
    List<Column<ContactList>> columns = new ArrayList<>();
    columns.add(text("list_id", list -> list.id().value()));
    columns.add(text("name", ContactList::name));
    columns.add(text("state", list -> list.state().name()));
    addTimes(columns, "created", list -> Optional.of(list.createdAt()));
    columns.add(text("created_by", ContactList::createdBy));
    columns.add(count("contacts", ContactList::contacts));
    columns.add(count("duplicates", ContactList::duplicates));
    columns.add(count("rejected", ContactList::rejected));
    columns.add(count("other_numbers", ContactList::otherNumbers));
    columns.add(count("numbers_left_out", ContactList::numbersLeftOut));
    columns.add(text("fields", list -> String.join(", ", list.variables())));
    columns.add(stated("origin", Attestation::origin));
    columns.add(stated("collected_from", stated -> stated.collectedFrom().toString()));
    columns.add(stated("collected_to", stated -> stated.collectedTo().toString()));
    columns.add(stated("for_calls", stated -> yes(stated.forCalls())));
    columns.add(stated("for_messages", stated -> yes(stated.forMessages())));
    columns.add(stated("stated_by", Attestation::statedBy));
    addTimes(columns, "stated", list -> list.attestation().map(Attestation::statedAt));
    return columns;
  }

  private static Column<ContactList> stated(String title, Function<Attestation, String> what) {
    return perhaps(title, list -> list.attestation().map(what));
  }

  /// A file beside a list.
  ///
  /// @param file where it lies in the archive
  record EvidenceOf(ContactList list, String file, ListFile kept) {}

  static List<Column<EvidenceOf>> evidence() {
    List<Column<EvidenceOf>> columns = new ArrayList<>();
    columns.add(text("file", EvidenceOf::file));
    columns.add(text("list_id", one -> one.list().id().value()));
    columns.add(text("list", one -> one.list().name()));
    columns.add(text("name", one -> one.kept().name()));
    columns.add(text("type", one -> one.kept().kind().name()));
    columns.add(count("bytes", one -> one.kept().bytes()));
    columns.add(text("sha256", one -> one.kept().sha256()));
    addTimes(columns, "added", one -> Optional.of(one.kept().addedAt()));
    columns.add(text("added_by", one -> one.kept().by()));
    return columns;
  }

  /// A contact with the list that he stands in.
  record ContactOf(ContactList list, ListedContact listed) {}

  /// @param fields the keys of all lists; a contact has those of his own
  static List<Column<ContactOf>> contacts(Collection<String> fields) {
    List<Column<ContactOf>> columns = new ArrayList<>();
    columns.add(text("list_id", one -> one.list().id().value()));
    columns.add(text("list", one -> one.list().name()));
    columns.add(count("row", one -> one.listed().row()));
    columns.add(text("number", one -> one.listed().contact().number().digits()));
    columns.add(other("number_2", one -> one.listed().contact().others(), 0));
    columns.add(other("number_3", one -> one.listed().contact().others(), 1));
    columns.add(text("consent_stated", one -> one.listed().stated().name()));
    columns.add(text("consent", one -> one.listed().contact().calls().name()));
    for (String field : fields) {
      columns.add(
          perhaps(
              "field: " + field,
              one -> Optional.ofNullable(one.listed().contact().variables().get(field))));
    }
    return columns;
  }

  static List<Column<Campaign>> campaigns() {
    List<Column<Campaign>> columns = new ArrayList<>();
    columns.add(text("campaign_id", campaign -> campaign.id().value()));
    columns.add(ordered("name", CampaignOrder::name));
    columns.add(text("state", campaign -> campaign.state().name()));
    columns.add(ordered("category", order -> order.category().name()));
    columns.add(ordered("sender_name", CampaignOrder::senderName));
    columns.add(ordered("sender_contact", CampaignOrder::senderContact));
    columns.add(ordered("list_ids", DataColumns::lists));
    columns.add(ordered("message", DataColumns::message));
    columns.add(ordered("language", order -> order.language().getLanguage()));
    columns.add(ordered("answers", order -> order.asking().map(DataColumns::answers).orElse("")));
    columns.add(ordered("windows", DataColumns::windows));
    columns.add(count("channels", campaign -> campaign.order().channels()));
    columns.add(count("calls_per_minute", campaign -> campaign.order().callsPerMinute()));
    columns.add(count("most_attempts", campaign -> campaign.order().retries().mostAttempts()));
    columns.add(ordered("machines", order -> order.machines().name()));
    columns.add(ordered("recording_basis", order -> order.recordingBasis().orElse("")));
    addTimes(columns, "created", campaign -> Optional.of(campaign.createdAt()));
    columns.add(text("created_by", Campaign::createdBy));
    addTimes(columns, "started", Campaign::startedAt);
    addTimes(columns, "ended", Campaign::endedAt);
    columns.add(count("recipients", campaign -> campaign.progress().recipients()));
    columns.add(count("done", campaign -> campaign.progress().done()));
    columns.add(ordered("order_json", Campaigns::json));
    return columns;
  }

  static List<Column<CampaignTemplate>> templates() {
    List<Column<CampaignTemplate>> columns = new ArrayList<>();
    columns.add(text("template_id", CampaignTemplate::id));
    columns.add(text("name", CampaignTemplate::name));
    columns.add(text("message", template -> message(template.order())));
    addTimes(columns, "kept", template -> Optional.of(template.keptAt()));
    columns.add(text("kept_by", CampaignTemplate::keptBy));
    columns.add(text("order_json", template -> Campaigns.json(template.order())));
    return columns;
  }

  private static Column<Campaign> ordered(String title, Function<CampaignOrder, String> what) {
    return text(title, campaign -> what.apply(campaign.order()));
  }

  private static String lists(CampaignOrder order) {
    return order.lists().stream().map(list -> list.value()).collect(Collectors.joining(", "));
  }

  private static String message(CampaignOrder order) {
    return switch (order.prompt()) {
      case Prompt.UploadedAudio(String id, var _) -> "audio " + id;
      case Prompt.SpokenText(String text, var _, var _) -> text;
    };
  }

  private static String answers(Asking asking) {
    return asking.answers().stream()
        .map(answer -> answer.name() + answer.key().map(key -> " (" + key + ")").orElse(""))
        .collect(Collectors.joining(", "));
  }

  private static String windows(CampaignOrder order) {
    return order.schedule().windows().stream()
        .map(DataColumns::window)
        .collect(Collectors.joining("; "));
  }

  private static String window(Window window) {
    String days =
        window.weekdays().stream()
            .sorted()
            .map(day -> day.name().substring(0, 3))
            .collect(Collectors.joining(" "));
    return "%s/%s %s-%s %s"
        .formatted(window.dateFrom(), window.dateTo(), window.start(), window.end(), days);
  }

  /// One of the numbers that somebody has beside his first one.
  private static <T> Column<T> other(String title, Function<T, List<Msisdn>> others, int place) {
    return perhaps(
        title, one -> others.apply(one).stream().skip(place).findFirst().map(Msisdn::digits));
  }

  /// A recipient with the campaign that he is one of.
  record RecipientOf(Campaign campaign, ReachedRecipient reached) {}

  static List<Column<RecipientOf>> recipients() {
    List<Column<RecipientOf>> columns = new ArrayList<>();
    columns.add(text("campaign_id", one -> one.campaign().id().value()));
    columns.add(text("campaign", one -> one.campaign().order().name()));
    columns.add(count("row", one -> one.reached().row()));
    columns.add(text("number", one -> one.reached().recipient().number().digits()));
    columns.add(other("number_2", one -> one.reached().recipient().others(), 0));
    columns.add(other("number_3", one -> one.reached().recipient().others(), 1));
    columns.add(text("state", one -> one.reached().recipient().state().name()));
    columns.add(perhaps("outcome", one -> one.reached().recipient().outcome().map(Enum::name)));
    columns.add(perhaps("exclusion", one -> one.reached().recipient().exclusion().map(Enum::name)));
    addTimes(columns, "due", one -> one.reached().recipient().due());
    return columns;
  }

  /// @param names of campaigns; they may wait for the store
  static List<Column<PlacedCall>> results(Function<CampaignId, String> names) {
    List<Column<PlacedCall>> columns = new ArrayList<>();
    columns.add(text("call_id", call -> call.id().value()));
    columns.add(text("campaign_id", call -> call.campaign().value()));
    columns.add(text("campaign", call -> names.apply(call.campaign())));
    columns.add(perhaps("number", call -> call.callee().map(Msisdn::digits)));
    addTimes(columns, "started", call -> Optional.of(call.startedAt()));
    addTimes(columns, "answered", PlacedCall::answeredAt);
    addTimes(columns, "ended", PlacedCall::endedAt);
    columns.add(new Column<>("duration_s", call -> seconds(call.answered())));
    columns.add(perhaps("outcome", call -> call.outcome().map(CallOutcome::name)));
    columns.add(
        perhaps("fault", call -> call.outcome().map(outcome -> outcome.faultDomain().name())));
    columns.add(text("cause", PlacedCall::cause));
    columns.add(text("trunk", call -> call.way().map(Way::name).orElse("")));
    columns.add(text("shown_number", call -> call.way().map(way -> way.shown().e164()).orElse("")));
    columns.add(text("keys", PlacedCall::digits));
    columns.add(perhaps("question", call -> call.question().map(DataColumns::question)));
    columns.add(perhaps("answer", call -> answered(call).flatMap(TurnResult.Answered::choice)));
    columns.add(
        perhaps(
            "answer_language",
            call ->
                answered(call)
                    .flatMap(TurnResult.Answered::language)
                    .map(language -> language.getLanguage())));
    columns.add(perhaps("answered_with", call -> answered(call).map(one -> one.by().name())));
    columns.add(perhaps("answered_by", call -> call.who().map(who -> who.by().name())));
    columns.add(
        perhaps(
            "answered_by_corrected",
            call -> call.who().flatMap(WhoAnswered::corrected).map(Enum::name)));
    columns.add(new Column<>("cost_kzt", call -> new Table.Cell.Money(call.amount())));
    columns.add(text("tariff", PlacedCall::tariffVersion));
    return columns;
  }

  private static Optional<TurnResult.Answered> answered(PlacedCall call) {
    return call.question()
        .filter(TurnResult.Answered.class::isInstance)
        .map(TurnResult.Answered.class::cast);
  }

  private static String question(TurnResult result) {
    return switch (result) {
      case TurnResult.Answered _ -> "ANSWERED";
      case TurnResult.Silent _ -> "SILENT";
      case TurnResult.NotUnderstood _ -> "NOT_UNDERSTOOD";
      case TurnResult.Unheard _ -> "UNHEARD";
      case TurnResult.CutOff _ -> "CUT_OFF";
    };
  }

  /// Something that was said.
  ///
  /// @param source `CALL` if it was understood during the call, `RECORDING` if afterwards
  record Said(
      String call,
      String source,
      String side,
      int line,
      Duration from,
      Duration to,
      String language,
      double confidence,
      String text) {

    static Said of(UnderstoodLine one) {
      PlacedCall.SpokenLine line = one.line();
      return new Said(
          one.call().value(),
          "CALL",
          "SUBSCRIBER",
          one.number(),
          line.from(),
          line.to(),
          line.language(),
          line.confidence(),
          line.text());
    }

    static Said of(LineOfCall one) {
      return new Said(
          one.call().value(),
          "RECORDING",
          one.line().side().name(),
          one.number(),
          one.line().from(),
          one.line().to(),
          one.language().getLanguage(),
          one.line().confidence(),
          one.line().text());
    }
  }

  static List<Column<Said>> transcripts() {
    return List.of(
        text("call_id", Said::call),
        text("source", Said::source),
        text("side", Said::side),
        count("line", Said::line),
        new Column<>("from_s", said -> seconds(said.from())),
        new Column<>("to_s", said -> seconds(said.to())),
        text("language", Said::language),
        new Column<>("confidence", said -> share(said.confidence())),
        text("text", Said::text));
  }

  static List<Column<Suppressions.Entry>> suppressions() {
    List<Column<Suppressions.Entry>> columns = new ArrayList<>();
    columns.add(text("number", entry -> entry.number().digits()));
    columns.add(text("list", entry -> entry.list().name()));
    columns.add(text("reason", Suppressions.Entry::reason));
    columns.add(text("by", Suppressions.Entry::by));
    addTimes(columns, "since", entry -> Optional.of(entry.since()));
    return columns;
  }

  /// @param names of campaigns; they may wait for the store
  static List<Column<Complaint>> complaints(Function<CampaignId, String> names) {
    List<Column<Complaint>> columns = new ArrayList<>();
    columns.add(text("complaint_id", Complaint::id));
    columns.add(text("number", complaint -> complaint.number().digits()));
    columns.add(text("channel", complaint -> complaint.channel().name()));
    columns.add(text("source", complaint -> complaint.source().name()));
    addTimes(columns, "contact", complaint -> Optional.of(complaint.contactAt()));
    addTimes(columns, "received", complaint -> Optional.of(complaint.receivedAt()));
    columns.add(perhaps("entered_by", Complaint::enteredBy));
    columns.add(perhaps("campaign_id", one -> one.campaign().map(ReportedComplaint.Campaign::id)));
    columns.add(
        perhaps(
            "campaign", one -> one.campaign().map(each -> names.apply(new CampaignId(each.id())))));
    columns.add(text("text", Complaint::text));
    columns.add(text("standing", complaint -> complaint.standing().name()));
    addTimes(columns, "since", complaint -> Optional.of(complaint.since()));
    addTimes(columns, "evidence_due", Complaint::evidenceDue);
    columns.add(text("evidence_received", complaint -> yes(complaint.evidenceReceived())));
    columns.add(count("answers", Complaint::answers));
    return columns;
  }

  /// @param names of campaigns; they may wait for the store
  static List<Column<CallBack>> callBacks(Function<CampaignId, String> names) {
    List<Column<CallBack>> columns = new ArrayList<>();
    columns.add(text("call_back_id", one -> one.id().value()));
    addTimes(columns, "at", one -> Optional.of(one.at()));
    columns.add(perhaps("number", one -> one.caller().map(Msisdn::digits)));
    columns.add(perhaps("called", CallBack::called));
    columns.add(perhaps("told", one -> one.told().map(CallBack.Told::name)));
    columns.add(perhaps("call_id", one -> one.contact().map(each -> each.call().value())));
    columns.add(perhaps("campaign_id", one -> one.contact().map(each -> each.campaign().value())));
    columns.add(
        perhaps("campaign", one -> one.contact().map(each -> names.apply(each.campaign()))));
    addTimes(columns, "contact", one -> one.contact().map(CallBack.Contact::at));
    columns.add(count("heard_seconds", one -> one.heard().toSeconds()));
    columns.add(perhaps("wish", one -> one.wish().map(CallBack.Wish::name)));
    columns.add(count("refused", CallBack::refused));
    return columns;
  }

  /// How many rows a file has, so that it can be checked.
  record Content(String file, long rows) {}

  static List<Column<Content>> contents() {
    return List.of(text("file", Content::file), count("rows", Content::rows));
  }

  private static <T> Column<T> text(String title, Function<T, String> what) {
    return new Column<>(title, row -> new Table.Cell.Text(what.apply(row)));
  }

  private static <T> Column<T> perhaps(String title, Function<T, Optional<String>> what) {
    return new Column<>(
        title, row -> what.apply(row).<Table.Cell>map(Table.Cell.Text::new).orElse(NOTHING));
  }

  private static <T> Column<T> count(String title, Function<T, ? extends Number> what) {
    return new Column<>(
        title, row -> new Table.Cell.Count(BigDecimal.valueOf(what.apply(row).longValue())));
  }

  private static <T> void addTimes(
      List<Column<T>> columns, String what, Function<T, Optional<Instant>> when) {
    columns.add(
        new Column<>(
            what + "_astana",
            row ->
                when.apply(row)
                    .<Table.Cell>map(
                        at -> new Table.Cell.Moment(AstanaTime.at(at).toLocalDateTime()))
                    .orElse(NOTHING)));
    columns.add(perhaps(what + "_utc", row -> when.apply(row).map(Instant::toString)));
  }

  private static Table.Cell seconds(Duration time) {
    return new Table.Cell.Count(BigDecimal.valueOf(time.toMillis(), 3));
  }

  private static Table.Cell share(double value) {
    return new Table.Cell.Count(BigDecimal.valueOf(Math.round(value * 1000), 3));
  }

  private static String yes(boolean value) {
    return value ? "YES" : "NO";
  }
}
