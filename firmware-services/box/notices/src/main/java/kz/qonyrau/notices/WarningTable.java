package kz.qonyrau.notices;

import java.util.HashMap;
import java.util.Map;
import kz.qonyrau.vocabulary.Tenge;
import org.jdbi.v3.core.Handle;

/// The rows of NOTICE.threshold and NOTICE.usual_day.
final class WarningTable {

  private record Day(boolean wanted, boolean told) {}

  private WarningTable() {}

  static Alertness find(Handle handle) {
    Map<Tenge, Boolean> told = new HashMap<>();
    handle
        .createQuery("SELECT amount_tiyn, told FROM notice.threshold")
        .map((row, _) -> Map.entry(new Tenge(row.getLong("amount_tiyn")), row.getBoolean("told")))
        .forEach(each -> told.put(each.getKey(), each.getValue()));
    Day day =
        handle
            .createQuery("SELECT wanted, told FROM notice.usual_day WHERE only_one = 1")
            .map((row, _) -> new Day(row.getBoolean("wanted"), row.getBoolean("told")))
            .one();
    return new Alertness(told, day.wanted(), day.told());
  }

  /// Writes what differs; mostly nothing.
  static void change(Handle handle, Alertness before, Alertness next) {
    before.told().keySet().stream()
        .filter(threshold -> !next.told().containsKey(threshold))
        .forEach(threshold ->
            handle
                .createUpdate("DELETE FROM notice.threshold WHERE amount_tiyn = :amount")
                .bind("amount", threshold.tiyn())
                .execute());
    next.told()
        .forEach((threshold, told) -> {
          Boolean known = before.told().get(threshold);
          if (known == null) {
            put(
                handle,
                "INSERT INTO notice.threshold (amount_tiyn, told) VALUES (:amount, :told)",
                threshold,
                told);
          } else if (!known.equals(told)) {
            put(
                handle,
                "UPDATE notice.threshold SET told = :told WHERE amount_tiyn = :amount",
                threshold,
                told);
          }
        });
    if (before.usualDay() != next.usualDay() || before.usualDayTold() != next.usualDayTold()) {
      handle
          .createUpdate(
              "UPDATE notice.usual_day SET wanted = :wanted, told = :told WHERE only_one = 1")
          .bind("wanted", next.usualDay())
          .bind("told", next.usualDayTold())
          .execute();
    }
  }

  private static void put(Handle handle, String sql, Tenge threshold, boolean told) {
    handle.createUpdate(sql).bind("amount", threshold.tiyn()).bind("told", told).execute();
  }
}
