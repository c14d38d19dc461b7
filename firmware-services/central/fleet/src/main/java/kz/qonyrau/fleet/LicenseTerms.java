package kz.qonyrau.fleet;

import java.time.Instant;
import java.util.Set;
import kz.qonyrau.wire.LicenseLimits;

/// What an admin grants with a license.
///
/// @param expires until when; the offline grace comes on top
/// @param modules for example `calls`, `recording`, `recognition`
public record LicenseTerms(Instant expires, Set<String> modules, LicenseLimits limits) {

  public LicenseTerms {
    modules = Set.copyOf(modules);
  }
}
