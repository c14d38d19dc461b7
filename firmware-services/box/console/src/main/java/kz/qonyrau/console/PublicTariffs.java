package kz.qonyrau.console;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import kz.qonyrau.tariffs.BillingUnit;
import kz.qonyrau.tariffs.Tariff;
import kz.qonyrau.tariffs.TariffLine;

/// The prices in force, for anybody who asks.
///
/// @param data what is paid by time
record PublicTariffs(String version, List<Line> data) {

  record Line(
      String service,
      String price,
      @JsonProperty("unit_seconds") long unitSeconds,
      @JsonProperty("step_seconds") long stepSeconds) {}

  static PublicTariffs of(Tariff tariff) {
    return new PublicTariffs(
        tariff.versionId(),
        tariff.version().lines().stream().flatMap(PublicTariffs::line).toList());
  }

  private static Stream<Line> line(TariffLine line) {
    return switch (line.billing()) {
      case BillingUnit.Time(Duration unit, Duration step) ->
          Stream.of(
              new Line(
                  line.service().name(),
                  line.price().toPlainString(),
                  unit.toSeconds(),
                  Math.max(1, step.toSeconds())));
      case BillingUnit.Pieces _ -> Stream.empty();
    };
  }
}
