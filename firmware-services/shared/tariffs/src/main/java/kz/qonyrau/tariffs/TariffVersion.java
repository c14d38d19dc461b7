package kz.qonyrau.tariffs;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// One published state of a system's price list. Never changes; a new price is a new version
/// (SH-TAR-01). All prices are in tenge.
///
/// @param id a letter, then letters, digits and `._-`, at most 64 characters, never more than 9
///   digits on end even when `._-` are left out, so that it cannot be a telephone number
/// @param publishedAt from when it is public and in force; years 2000 to 2099, whole milliseconds
/// @param conditions promotional conditions as customers read them: 1 to 4000 characters, not
///   blank, without control characters but line feeds
/// @param lines one per service, at least one
public record TariffVersion(
    String id, Instant publishedAt, Optional<String> conditions, List<TariffLine> lines) {

  /// The only currency that prices may be in.
  static final String CURRENCY = "KZT";

  private static final Pattern ID =
      Pattern.compile("(?!.*(?:[0-9][._-]*){10})[A-Za-z][A-Za-z0-9._-]{0,63}");
  private static final int LONGEST_CONDITIONS = 4000;
  private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
  private static final Instant TOO_LATE = Instant.parse("2100-01-01T00:00:00Z");

  /// Checks each component, and that no service has two prices.
  ///
  /// @throws InvalidTariffException if something is wrong; it names the component
  public TariffVersion {
    requireName("version", id);
    InvalidTariffException.unless(
        !publishedAt.isBefore(EARLIEST) && publishedAt.isBefore(TOO_LATE),
        "publishedAt",
        "must be in the years 2000 to 2099");
    InvalidTariffException.unless(
        publishedAt.equals(publishedAt.truncatedTo(ChronoUnit.MILLIS)),
        "publishedAt",
        "must be in whole milliseconds");
    conditions.ifPresent(TariffVersion::requireReadable);
    lines = List.copyOf(lines);
    InvalidTariffException.unless(!lines.isEmpty(), "lines", "must have at least one line");
    Set<ServiceCode> seen = EnumSet.noneOf(ServiceCode.class);
    for (int i = 0; i < lines.size(); i++) {
      ServiceCode service = lines.get(i).service();
      InvalidTariffException.unless(
          seen.add(service), "lines[" + i + "].service", service + " comes twice");
    }
  }

  /// A version without promotional conditions.
  ///
  /// @throws InvalidTariffException if something is wrong; it names the component
  public TariffVersion(String id, Instant publishedAt, List<TariffLine> lines) {
    this(id, publishedAt, Optional.empty(), lines);
  }

  /// The price of the service, if it has one.
  public Optional<TariffLine> line(ServiceCode service) {
    return lines.stream().filter(line -> line.service() == service).findFirst();
  }

  /// Charges name versions and benefit tariffs in the same place, so both have the same form.
  static void requireName(String field, String id) {
    InvalidTariffException.unless(ID.matcher(id).matches(), field, "is not the name of a version");
  }

  private static void requireReadable(String conditions) {
    InvalidTariffException.unless(
        !conditions.isBlank() && conditions.length() <= LONGEST_CONDITIONS,
        "conditions",
        "must be a text of 1 to " + LONGEST_CONDITIONS + " characters");
    InvalidTariffException.unless(
        conditions.codePoints().allMatch(character -> character == '\n' || isReadable(character)),
        "conditions",
        "has characters that nobody can read");
  }

  private static boolean isReadable(int character) {
    int type = Character.getType(character);
    return type != Character.CONTROL && type != Character.SURROGATE && type != Character.UNASSIGNED;
  }
}
