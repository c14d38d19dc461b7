package kz.qonyrau.campaigns;

import java.time.LocalDate;

/// A day on which campaigns rest whose schedule does not say otherwise.
///
/// @param date of Astana
/// @param name what the day is called, 1 to 120 characters: what a person wrote, or the stable code
///   of a public holiday, which pages translate
public record DayOff(LocalDate date, String name) {

  /// @throws InvalidFieldException naming the field whose value is out of its range
  public DayOff {
    if (name.isBlank() || name.length() > 120) {
      throw new InvalidFieldException("name", "The day's name needs 1 to 120 characters.");
    }
    if (date.getYear() < 2000 || date.getYear() > 2199) {
      throw new InvalidFieldException("date", "The date must lie between 2000 and 2199.");
    }
  }
}
