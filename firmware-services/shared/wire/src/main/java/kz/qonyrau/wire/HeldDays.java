package kz.qonyrau.wire;

import java.time.LocalDate;

/// The days of Astana of whose calls a legal hold keeps everything (SH-RET-02).
///
/// @param from the first day
/// @param to the last day, not before the first
public record HeldDays(LocalDate from, LocalDate to) {

  /// @throws MalformedMessageException if the last day is before the first
  public HeldDays {
    if (to.isBefore(from)) {
      throw new MalformedMessageException("hold.to", "is before from");
    }
  }

  @Override
  public String toString() {
    return from + ".." + to;
  }
}
