package kz.qonyrau.console;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import kz.qonyrau.calls.CallReports;
import kz.qonyrau.vocabulary.AstanaTime;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.web.Asked;
import kz.qonyrau.web.Problem;

/// What a report is asked for.
///
/// @param from the first day in Astana
/// @param to the last day in Astana
/// @param campaign that one only
record ReportQuery(LocalDate from, LocalDate to, Optional<CampaignId> campaign) {

  /// @throws Problem naming the field if a day is missing or does not exist, or if the period is
  ///   backwards or longer than a report is
  static ReportQuery of(Asked asked) {
    LocalDate from = Days.of(asked, "from").orElseThrow(() -> missing("from"));
    LocalDate to = Days.of(asked, "to").orElseThrow(() -> missing("to"));
    Days.requireForward(from, to);
    ReportQuery query =
        new ReportQuery(
            from, to, asked.text("campaignId").map(_ -> asked.id("campaignId", CampaignId::new)));
    if (from.plusDays(CallReports.LONGEST.toDays() - 1).isBefore(to)) {
      throw Days.refused(
          "from",
          "PERIOD_TOO_LONG",
          "A report has at most " + CallReports.LONGEST.toDays() + " days. Set `from` later.");
    }
    return query;
  }

  private static Problem missing(String field) {
    return Problem.invalid(
        List.of(new Problem.Field(field, "MISSING", "Must be a day of the calendar.")));
  }

  Instant begin() {
    return AstanaTime.instantOf(from.atStartOfDay());
  }

  Instant end() {
    return AstanaTime.instantOf(to.plusDays(1).atStartOfDay());
  }
}
