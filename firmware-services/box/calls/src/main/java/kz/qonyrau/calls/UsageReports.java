package kz.qonyrau.calls;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import kz.qonyrau.calls.PlacedCall.CostLine;
import kz.qonyrau.store.OutboxMessage;
import kz.qonyrau.vocabulary.CallOutcome;
import kz.qonyrau.wire.RatedLine;
import kz.qonyrau.wire.UsageReport;

/// Turns a finished call into what central is told of it: counts, durations, amounts, codes and ids
/// (PLT-24).
final class UsageReports {

  private UsageReports() {}

  static OutboxMessage of(PlacedCall call, CallEnd end) {
    String item = UsageReport.itemIdOf(end.id());
    UsageReport report =
        new UsageReport(
            item,
            end.id(),
            call.campaign(),
            end.outcome(),
            call.startedAt(),
            end.outcome() == CallOutcome.ANSWERED ? end.answered() : Duration.ZERO,
            lines(call, end),
            end.amount());
    return new OutboxMessage(UsageReport.messageIdOf(item), "usage", report.body());
  }

  private static List<RatedLine> lines(PlacedCall call, CallEnd end) {
    return end.lines().stream().map(line -> rated(line, call.tariffVersion())).toList();
  }

  private static RatedLine rated(CostLine line, String tariffVersion) {
    long seconds = line.billed().plusMillis(999).toSeconds();
    return new RatedLine(
        line.service(),
        seconds,
        "SECOND",
        new BigDecimal(line.unitPrice()),
        line.amount(),
        tariffVersion);
  }
}
