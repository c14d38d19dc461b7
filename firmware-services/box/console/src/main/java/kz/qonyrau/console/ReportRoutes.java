package kz.qonyrau.console;

import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import kz.qonyrau.calls.CallReport;
import kz.qonyrau.calls.CallReports;
import kz.qonyrau.calls.CallSums;
import kz.qonyrau.telephony.TrunkId;
import kz.qonyrau.vocabulary.CallOutcome;
import kz.qonyrau.web.Answer;
import kz.qonyrau.web.Asked;
import kz.qonyrau.web.Desk;

/// What calls came to, by period: one answer for the page, one file for each side.
final class ReportRoutes {

  private record SumsView(
      long attempts,
      long answered,
      long answeredSeconds,
      long amountTiyn,
      Map<String, Long> outcomes) {

    static SumsView of(CallSums sums) {
      Map<String, Long> outcomes = new TreeMap<>();
      sums.outcomes().forEach((outcome, count) -> outcomes.put(outcome.name(), count));
      return new SumsView(
          sums.calls(), sums.answered(), sums.talk().toSeconds(), sums.amount().tiyn(), outcomes);
    }
  }

  private record DayView(LocalDate day, SumsView sums) {}

  private record HourOfDayView(int hour, SumsView sums) {}

  private record CampaignView(String campaignId, String name, SumsView sums) {}

  private record TrunkView(Optional<String> trunkId, Optional<String> name, SumsView sums) {}

  private record ReasonView(CallOutcome outcome, String cause, SumsView sums) {}

  private record ReportView(
      LocalDate from,
      LocalDate to,
      SumsView whole,
      SumsView before,
      List<DayView> days,
      List<HourOfDayView> hoursOfDay,
      List<CampaignView> campaigns,
      List<TrunkView> trunks,
      List<ReasonView> reasons) {}

  private final CallReports reports;
  private final CampaignNames names;
  private final ReportFiles files;

  ReportRoutes(CallReports reports, CampaignNames names, ReportFiles files) {
    this.reports = reports;
    this.names = names;
    this.files = files;
  }

  Desk on(Desk desk) {
    return desk.on("report", this::report).on("reportFile", this::file);
  }

  private Answer report(Asked asked) {
    ReportQuery query = ReportQuery.of(asked);
    CallReport report = of(query);
    return Answer.ok(
        new ReportView(
            query.from(),
            query.to(),
            SumsView.of(report.whole()),
            SumsView.of(report.before()),
            report.days().stream()
                .map(day -> new DayView(day.day(), SumsView.of(day.sums())))
                .toList(),
            IntStream.range(0, report.hoursOfDay().size())
                .mapToObj(
                    hour -> new HourOfDayView(hour, SumsView.of(report.hoursOfDay().get(hour))))
                .toList(),
            report.campaigns().stream()
                .map(one ->
                    new CampaignView(
                        one.campaign().value(), names.of(one.campaign()), SumsView.of(one.sums())))
                .toList(),
            report.trunks().stream()
                .map(one ->
                    new TrunkView(
                        one.trunk().map(TrunkId::value), one.name(), SumsView.of(one.sums())))
                .toList(),
            report.reasons().stream()
                .map(one -> new ReasonView(one.outcome(), one.cause(), SumsView.of(one.sums())))
                .toList()));
  }

  private Answer file(Asked asked) throws IOException {
    ReportQuery query = ReportQuery.of(asked);
    return files.answer(asked, query, of(query));
  }

  private CallReport of(ReportQuery query) {
    return reports.report(query.begin(), query.end(), query.campaign()).await();
  }
}
