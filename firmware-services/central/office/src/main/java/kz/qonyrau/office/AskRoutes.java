package kz.qonyrau.office;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import kz.qonyrau.cases.Inquiries;
import kz.qonyrau.cases.Inquiry;
import kz.qonyrau.cases.InquiryOrder;
import kz.qonyrau.cases.OpeningResult;
import kz.qonyrau.vocabulary.AstanaTime;
import kz.qonyrau.vocabulary.Msisdn;
import kz.qonyrau.web.Answer;
import kz.qonyrau.web.Asked;
import kz.qonyrau.web.Desk;
import kz.qonyrau.web.Problem;
import kz.qonyrau.web.Throttle;

/// Subscribers who ask who called them or complain, by themselves or by staff whom they called
/// (AC-WHO-01 to 05, AC-SPM-01).
final class AskRoutes {

  private static final Duration HOUR = Duration.ofHours(1);

  /// Many subscribers share an address of their operator.
  private static final int PER_ADDRESS_AND_HOUR = 60;

  private static final int PER_MINUTE = 120;

  private final Inquiries inquiries;
  private final InstantSource clock;
  private final Throttle ofAddresses;
  private final Throttle ofAll;

  AskRoutes(Inquiries inquiries, InstantSource clock) {
    this.inquiries = inquiries;
    this.clock = clock;
    this.ofAddresses = new Throttle(clock, PER_ADDRESS_AND_HOUR, HOUR);
    this.ofAll = new Throttle(clock, PER_MINUTE, Duration.ofMinutes(1));
  }

  void putOn(Desk desk) {
    var _ =
        desk.on("ask", this::ask)
            .on("askStanding", this::standing)
            .on("forgetAsk", this::forget)
            .on("inquiries", this::page)
            .on("enterInquiry", this::enter)
            .on("inquiry", this::inquiry);
  }

  // ---- what is asked and answered

  private record AskForm(
      String number,
      Optional<String> shownNumber,
      Instant contactAt,
      String reason,
      Optional<String> text) {

    InquiryOrder order() {
      InquiryOrder.Reason why = InquiryOrder.Reason.valueOf(reason);
      boolean complains = why == InquiryOrder.Reason.COMPLAINS;
      if (complains != text.isPresent() || (complains && shownNumber.isEmpty())) {
        throw Problem.unprocessable(
            "WHAT_HAPPENED",
            "text, shownNumber: whoever complains says what happened and which number called;"
                + " nobody else says a text.");
      }
      return new InquiryOrder(
          new Msisdn(number), shownNumber.map(Msisdn::new), contactAt, why, text.orElse(""));
    }
  }

  private record OpenedJson(String token, String code, String call, Instant until) {}

  private record SenderJson(String name, String contact, List<Instant> times) {}

  private record StandingJson(
      String purpose,
      String state,
      Instant askedAt,
      boolean found,
      int asked,
      int answered,
      List<SenderJson> senders) {}

  private record InquiryJson(
      String id,
      String purpose,
      String reason,
      Optional<String> enteredBy,
      Instant askedAt,
      String state,
      Instant stateSince,
      boolean found,
      int asked,
      int answered) {}

  private record PageJson(long total, List<InquiryJson> items) {}

  private record DetailJson(InquiryJson inquiry, List<SenderJson> senders) {}

  // ---- subscribers

  private Answer ask(Asked asked) {
    ofAddresses
        .take(asked.address())
        .or(() -> ofAll.take(""))
        .ifPresent(wait -> {
          throw Problem.tooMany("TOO_FAST", "Too many requests at once. Try again later.", wait);
        });
    return switch (inquiries.open(asked.body(AskForm.class).order()).await()) {
      case OpeningResult.Opened(String token, String code, Msisdn call, Instant until) ->
          Answer.created(new OpenedJson(token, code, call.e164(), until));
      case OpeningResult other -> throw refusal(other);
    };
  }

  private Answer standing(Asked asked) {
    Inquiry.Answered found =
        inquiries.look(token(asked)).await().orElseThrow(() -> Problem.notFound("request"));
    Inquiry inquiry = found.inquiry();
    return Answer.ok(
        new StandingJson(
            inquiry.purpose().name(),
            inquiry.state().name(),
            inquiry.askedAt(),
            inquiry.found(),
            inquiry.asked(),
            inquiry.answered(),
            senders(found)));
  }

  private Answer forget(Asked asked) {
    if (!inquiries.forget(token(asked)).await()) {
      throw Problem.notFound("request");
    }
    return Answer.done();
  }

  private static String token(Asked asked) {
    return asked.text("token").orElseThrow();
  }

  private Problem refusal(OpeningResult result) {
    return switch (result) {
      case OpeningResult.NotOurs _ ->
          Problem.unprocessable(
              "NUMBER_NOT_OURS", "shownNumber: was not one of this provider's numbers then.");
      case OpeningResult.InTheFuture _ ->
          Problem.unprocessable("IN_THE_FUTURE", "contactAt: is later than now.");
      case OpeningResult.TooLongAgo _ ->
          Problem.unprocessable("TOO_LONG_AGO", "contactAt: is more than a year ago.");
      case OpeningResult.NoLine _ ->
          Problem.conflict("NO_LINE", "No number takes calls right now. Call the provider.");
      case OpeningResult.TooMany _ ->
          Problem.tooMany(
              "TOO_OFTEN",
              "number: there were too many requests for it today. Try again tomorrow.",
              untilTomorrow());
      case OpeningResult.Opened _, OpeningResult.Entered _ ->
          throw new IllegalStateException("is no refusal");
    };
  }

  private Duration untilTomorrow() {
    Instant now = clock.instant();
    return Duration.between(
        now, AstanaTime.instantOf(AstanaTime.dateOf(now).plusDays(1).atStartOfDay()));
  }

  // ---- staff

  private Answer page(Asked asked) {
    Inquiries.Page page = inquiries.page(asked.whole("page", 0), asked.whole("size", 50)).await();
    return Answer.ok(
        new PageJson(page.total(), page.inquiries().stream().map(AskRoutes::json).toList()));
  }

  private Answer enter(Asked asked) {
    InquiryOrder order = asked.body(AskForm.class).order();
    return switch (inquiries.enter(order, asked.person().login()).await()) {
      case OpeningResult.Entered(String id) -> Answer.created(detail(id));
      case OpeningResult other -> throw refusal(other);
    };
  }

  private Answer inquiry(Asked asked) {
    return Answer.ok(detail(asked.id("inquiryId", text -> UUID.fromString(text).toString())));
  }

  private DetailJson detail(String id) {
    Inquiry.Answered found =
        inquiries.find(id).await().orElseThrow(() -> Problem.notFound("request"));
    return new DetailJson(json(found.inquiry()), senders(found));
  }

  private static InquiryJson json(Inquiry inquiry) {
    return new InquiryJson(
        inquiry.id(),
        inquiry.purpose().name(),
        inquiry.reason().name(),
        Optional.of(inquiry.enteredBy()).filter(login -> !login.isEmpty()),
        inquiry.askedAt(),
        inquiry.state().name(),
        inquiry.stateSince(),
        inquiry.found(),
        inquiry.asked(),
        inquiry.answered());
  }

  private static List<SenderJson> senders(Inquiry.Answered found) {
    return found.senders().stream()
        .map(sender -> new SenderJson(sender.name(), sender.contact(), sender.times()))
        .toList();
  }
}
