package kz.qonyrau.calls;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import kz.qonyrau.telephony.TrunkId;
import kz.qonyrau.vocabulary.CallOutcome;
import kz.qonyrau.vocabulary.CampaignId;

/// What the calls of a period came to, seen from several sides. Each side adds up to the whole.
///
/// @param whole all calls of the period
/// @param before all calls of the period of the same length before it
/// @param days by the day in Astana on which they began, oldest first; days without calls are left
///   out
/// @param hoursOfDay by the hour of the day in Astana, 24 of them from midnight on
/// @param campaigns the one with the most calls first
/// @param trunks the one with the most calls first; calls that came to no trunk last
/// @param reasons by outcome and what the network or the box said, the most frequent first
public record CallReport(
    CallSums whole,
    CallSums before,
    List<Day> days,
    List<CallSums> hoursOfDay,
    List<OfCampaign> campaigns,
    List<OfTrunk> trunks,
    List<OfReason> reasons) {

  public CallReport {
    days = List.copyOf(days);
    hoursOfDay = List.copyOf(hoursOfDay);
    campaigns = List.copyOf(campaigns);
    trunks = List.copyOf(trunks);
    reasons = List.copyOf(reasons);
  }

  /// Calls that began on a day in Astana.
  public record Day(LocalDate day, CallSums sums) {}

  /// Calls of one campaign.
  public record OfCampaign(CampaignId campaign, CallSums sums) {}

  /// Calls that one trunk took at last.
  ///
  /// @param trunk empty for calls that came to none
  /// @param name as it was called last; empty where nobody knows
  public record OfTrunk(Optional<TrunkId> trunk, Optional<String> name, CallSums sums) {}

  /// Calls that ended alike.
  ///
  /// @param cause the network's or our reason, for technicians, for example `Q.850 17, SIP 486`
  public record OfReason(CallOutcome outcome, String cause, CallSums sums) {}
}
