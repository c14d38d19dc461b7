package kz.qonyrau.campaigns;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import kz.qonyrau.vocabulary.ContactListId;

/// An order of a test, complete as it is; the test says only what matters to it.
///
/// Calls are made from 2026-11-24 to 2026-12-24, from 9:00 to 21:00 in Astana, 04:00 to 16:00 UTC.
final class OrderDraft {

  private static final Schedule BY_DAY =
      new Schedule(
          List.of(
              new Window(
                  LocalDate.parse("2026-11-24"),
                  LocalDate.parse("2026-12-24"),
                  EnumSet.allOf(DayOfWeek.class),
                  LocalTime.of(9, 0),
                  LocalTime.of(21, 0))));

  private final List<ContactListId> lists;
  private Category category = Category.SERVICE;
  private Prompt prompt = spoken("Привет");
  private int channels = 10;
  private int callsPerMinute = 600;
  private Optional<String> recordingBasis = Optional.empty();
  private Optional<Asking> asking = Optional.empty();
  private MachineRule machines = MachineRule.CARRY_ON;
  private RetryPolicy retries = RetryPolicy.NONE;
  private Schedule schedule = BY_DAY;
  private Priority priority = Priority.NORMAL;

  private OrderDraft(List<ContactListId> lists) {
    this.lists = lists;
  }

  /// An order to call everybody of these lists once.
  static OrderDraft to(ContactListId... lists) {
    return new OrderDraft(List.of(lists));
  }

  private static Prompt spoken(String text) {
    return new Prompt.SpokenText(text, Locale.of("ru"), Optional.empty());
  }

  OrderDraft category(Category value) {
    category = value;
    return this;
  }

  /// @param text in Russian
  OrderDraft saying(String text) {
    return prompt(spoken(text));
  }

  OrderDraft prompt(Prompt value) {
    prompt = value;
    return this;
  }

  OrderDraft channels(int value) {
    channels = value;
    return this;
  }

  OrderDraft priority(Priority value) {
    priority = value;
    return this;
  }

  OrderDraft callsPerMinute(int value) {
    callsPerMinute = value;
    return this;
  }

  OrderDraft recorded(String basis) {
    recordingBasis = Optional.of(basis);
    return this;
  }

  OrderDraft asking(Asking value) {
    asking = Optional.of(value);
    return this;
  }

  OrderDraft machines(MachineRule value) {
    machines = value;
    return this;
  }

  /// On the calendar's days off, too.
  OrderDraft onDaysOff() {
    schedule = new Schedule(BY_DAY.windows(), true);
    return this;
  }

  OrderDraft retries(RetryPolicy value) {
    retries = value;
    return this;
  }

  /// Everybody whose call ends for this reason is called again, always after the same pause.
  /// Machines are hung up on, without which nobody is called again because of one.
  OrderDraft again(RetryReason reason, int times, Duration pause) {
    return machines(MachineRule.HANG_UP)
        .retries(
            new RetryPolicy(
                RetryPolicy.MOST_ATTEMPTS,
                Map.of(reason, new Retry(times, pause, false, NextNumber.SAME))));
  }

  CampaignOrder order() {
    return new CampaignOrder(
        "Напоминание",
        category,
        "ТОО Пример",
        "+7 727 250 00 00",
        lists,
        prompt,
        schedule,
        channels,
        callsPerMinute,
        priority,
        Duration.ofSeconds(30),
        recordingBasis,
        asking,
        machines,
        retries);
  }
}
