package kz.qonyrau.audit;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// Which lines are asked for.
///
/// @param areas what the reader may see
/// @param own the login whose lines the reader may see, whatever they are about
/// @param area only lines about this
/// @param login only lines of this login
/// @param from not before
/// @param until before
public record AuditFilter(
    Set<AuditArea> areas,
    Optional<String> own,
    Optional<AuditArea> area,
    Optional<String> login,
    Optional<Instant> from,
    Optional<Instant> until) {

  public AuditFilter {
    areas = Set.copyOf(areas);
  }

  /// All lines.
  public static AuditFilter everything() {
    return new AuditFilter(
        EnumSet.allOf(AuditArea.class),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
