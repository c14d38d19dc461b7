package kz.qonyrau.campaigns;

import java.util.List;

/// When a campaign may begin calls, as it was ordered. What that means on the calendar of this box
/// says [Timetable].
///
/// @param windows 1 to 50; they may overlap
/// @param onDaysOff whether windows open on the calendar's days off, too
public record Schedule(List<Window> windows, boolean onDaysOff) {

  /// @throws IllegalArgumentException if there is no window or more than 50
  public Schedule {
    windows = List.copyOf(windows);
    if (windows.isEmpty() || windows.size() > 50) {
      throw new IllegalArgumentException("a schedule has 1 to 50 windows, not " + windows.size());
    }
  }

  /// A schedule that rests on days off.
  public Schedule(List<Window> windows) {
    this(windows, false);
  }
}
