package kz.qonyrau.integrations;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;

/// What the owner states once for every campaign that is ordered with a key, because a program
/// written for AutoCall says none of it: where its numbers come from (AC-CON-02), when may be
/// called (AC-CMP-02), and who is calling.
///
/// @param origin 3 to 500 characters
/// @param collectedFrom since when numbers are collected; they are collected until each order
/// @param agreed whether the subscribers agreed to such calls, which advertising needs (AC-CON-03)
/// @param category one of the campaigns' categories
/// @param language of the texts, ISO 639
/// @param start a day's first minute for calls in Astana, `end` the first one after; midnight is
///   the end of the day
/// @param days for how many days from the order on may be called, 1 to 30
public record Statement(
    String origin,
    LocalDate collectedFrom,
    boolean agreed,
    String senderName,
    String senderContact,
    String category,
    String language,
    List<DayOfWeek> weekdays,
    LocalTime start,
    LocalTime end,
    int days,
    int channels,
    int callsPerMinute) {

  /// @throws IllegalArgumentException naming what is out of its range
  public Statement {
    weekdays = List.copyOf(weekdays);
    origin = text("origin", origin, 3, 500);
    senderName = text("senderName", senderName, 1, 120);
    senderContact = text("senderContact", senderContact, 1, 120);
    require("weekdays", !weekdays.isEmpty(), "name at least one");
    require("days", days >= 1 && days <= 30, "1 to 30");
    require("channels", channels >= 1 && channels <= 1000, "1 to 1000");
    require("callsPerMinute", callsPerMinute >= 20 && callsPerMinute <= 5000, "20 to 5000");
    require("end", !end.equals(start), "another time than the start");
  }

  private static String text(String field, String text, int least, int most) {
    String stripped = text.strip();
    require(
        field,
        stripped.length() >= least && stripped.length() <= most,
        least + " to " + most + " characters");
    return stripped;
  }

  private static void require(String field, boolean holds, String what) {
    if (!holds) {
      throw new IllegalArgumentException(field + ": " + what);
    }
  }
}
