package kz.qonyrau.fleet;

import java.util.List;

/// The whole fleet in a few figures.
///
/// @param today usage since midnight in Astana, as one sum whose `hour` is that midnight
/// @param hours the last 24 hours, oldest first; hours without usage are absent
/// @param alarms the newest 20
public record FleetAtAGlance(
    int boxes,
    int online,
    int offline,
    int neverSeen,
    int activeCalls,
    HourOfUsage today,
    List<HourOfUsage> hours,
    List<TimelineEntry> alarms) {

  public FleetAtAGlance {
    hours = List.copyOf(hours);
    alarms = List.copyOf(alarms);
  }
}
