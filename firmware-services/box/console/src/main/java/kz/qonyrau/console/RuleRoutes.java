package kz.qonyrau.console;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import kz.qonyrau.campaigns.ContactRules;
import kz.qonyrau.campaigns.DayOff;
import kz.qonyrau.campaigns.HouseRules;
import kz.qonyrau.campaigns.InvalidFieldException;
import kz.qonyrau.web.Answer;
import kz.qonyrau.web.Asked;
import kz.qonyrau.web.Desk;
import kz.qonyrau.web.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What holds for all campaigns: how often one number is called, and the calendar's days off.
final class RuleRoutes {

  private static final Logger log = LoggerFactory.getLogger(RuleRoutes.class);

  private record ContactsForm(
      int gapMinutes,
      Optional<Integer> perDay,
      Optional<Integer> perWeek,
      Optional<Integer> perMonth) {

    static ContactsForm of(ContactRules rules) {
      return new ContactsForm(
          Math.toIntExact(rules.gap().toMinutes()),
          boxed(rules.perDay()),
          boxed(rules.perWeek()),
          boxed(rules.perMonth()));
    }

    private static Optional<Integer> boxed(OptionalInt value) {
      return value.isPresent() ? Optional.of(value.getAsInt()) : Optional.empty();
    }

    ContactRules rules() {
      return new ContactRules(
          Duration.ofMinutes(gapMinutes), unboxed(perDay), unboxed(perWeek), unboxed(perMonth));
    }

    private static OptionalInt unboxed(Optional<Integer> value) {
      return value.map(OptionalInt::of).orElseGet(OptionalInt::empty);
    }
  }

  private record DayForm(String name) {}

  private record YearForm(int year) {}

  private record DayView(LocalDate date, String name) {}

  private record RulesView(ContactsForm contacts, List<DayView> daysOff) {}

  private final HouseRules rules;

  RuleRoutes(HouseRules rules) {
    this.rules = rules;
  }

  Desk on(Desk desk) {
    return desk.on("rules", _ -> Answer.ok(view()))
        .on("setContactRules", this::setContacts)
        .on("putDayOff", this::put)
        .on("removeDayOff", this::remove)
        .on("addPublicHolidays", this::addHolidays);
  }

  private Answer setContacts(Asked asked) {
    ContactsForm form = asked.body(ContactsForm.class);
    return changed(asked, () -> rules.setContacts(form.rules()));
  }

  private Answer put(Asked asked) {
    String name = asked.body(DayForm.class).name().strip();
    LocalDate date = date(asked);
    return changed(asked, () -> rules.put(new DayOff(date, name)));
  }

  private Answer remove(Asked asked) {
    if (!rules.remove(date(asked)).await()) {
      throw Problem.notFound("day off");
    }
    tell(asked);
    return Answer.done();
  }

  private Answer addHolidays(Asked asked) {
    int year = asked.body(YearForm.class).year();
    return changed(asked, () -> rules.addPublicHolidays(year));
  }

  private static LocalDate date(Asked asked) {
    return LocalDate.parse(asked.text("date").orElseThrow());
  }

  private Answer changed(Asked asked, Supplier<Future<?>> change) {
    try {
      var _ = change.get().await();
    } catch (InvalidFieldException wrong) {
      throw CampaignRoutes.refused(form(wrong.field()), "INVALID_RULE", wrong.what());
    }
    tell(asked);
    return Answer.ok(view());
  }

  /// What the form calls the field.
  private static String form(String field) {
    return field.equals("gap") ? "gapMinutes" : field;
  }

  private static void tell(Asked asked) {
    log.atInfo()
        .addKeyValue("operation", asked.operationId())
        .addKeyValue("person", asked.person().loggable())
        .log("rules for all campaigns changed");
  }

  private RulesView view() {
    return new RulesView(
        ContactsForm.of(rules.contacts()),
        rules.days().await().stream().map(day -> new DayView(day.date(), day.name())).toList());
  }
}
