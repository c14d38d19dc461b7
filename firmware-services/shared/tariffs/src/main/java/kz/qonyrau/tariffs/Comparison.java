package kz.qonyrau.tariffs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// "Your tariff" beside "published tariff": what a top-up would change (SH-TAR-06).
///
/// @param yours the version that the account is pinned to
/// @param published the version in force
/// @param rows one per service that either has a price for, in the order of [ServiceCode]
public record Comparison(TariffVersion yours, TariffVersion published, List<Row> rows) {

  public Comparison {
    rows = List.copyOf(rows);
  }

  /// One service in both versions.
  public record Row(
      ServiceCode service,
      Optional<TariffLine> yours,
      Optional<TariffLine> published,
      PriceChange change) {}

  /// Compares two versions.
  public static Comparison of(Tariff yours, Tariff published) {
    List<Row> rows = new ArrayList<>();
    for (ServiceCode service : ServiceCode.values()) {
      Optional<TariffLine> before = yours.line(service);
      Optional<TariffLine> after = published.line(service);
      if (before.isPresent() || after.isPresent()) {
        rows.add(new Row(service, before, after, change(before, after)));
      }
    }
    return new Comparison(yours.version(), published.version(), rows);
  }

  /// Whether a top-up moves the account to another version.
  public boolean switchesVersion() {
    return !yours.id().equals(published.id());
  }

  /// The services whose cost differs.
  public List<Row> differences() {
    return rows.stream().filter(row -> row.change() != PriceChange.SAME).toList();
  }

  private static PriceChange change(Optional<TariffLine> before, Optional<TariffLine> after) {
    if (before.isEmpty()) {
      return PriceChange.ADDED;
    }
    return after.map(line -> PriceChange.between(before.get(), line)).orElse(PriceChange.REMOVED);
  }
}
