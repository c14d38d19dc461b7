package kz.qonyrau.tariffs;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// One published state of the price list. Never changes; a new price is a new version (SH-TAR-01).
///
/// @param id a letter, then letters, digits and `._-`, at most 64 characters, never more than 9
///   digits on end even when `._-` are left out, so that it cannot be a telephone number
/// @param publishedAt from when it is public
/// @param lines one per service, at least one
public record TariffVersion(String id, Instant publishedAt, List<TariffLine> lines) {

  private static final Pattern ID =
      Pattern.compile("(?!.*(?:[0-9][._-]*){10})[A-Za-z][A-Za-z0-9._-]{0,63}");

  /// Checks the id and that no service has two prices.
  ///
  /// @throws InvalidTariffException if something is wrong; it names the component
  public TariffVersion {
    if (!ID.matcher(id).matches()) {
      throw new InvalidTariffException("version", "is not the name of a version");
    }
    lines = List.copyOf(lines);
    if (lines.isEmpty()) {
      throw new InvalidTariffException("lines", "must have at least one line");
    }
    Set<ServiceCode> seen = EnumSet.noneOf(ServiceCode.class);
    for (int i = 0; i < lines.size(); i++) {
      ServiceCode service = lines.get(i).service();
      if (!seen.add(service)) {
        throw new InvalidTariffException("lines[" + i + "].service", service + " comes twice");
      }
    }
  }
}
