package kz.qonyrau.tariffs;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// The published versions of one system's price list, in the order of their publication
/// (SH-TAR-01). Never changes; publishing makes another catalogue. A version is in force from the
/// moment of its publication to that of the next.
///
/// Which version an account is rated by differs between the systems (D-29): see [PinHistory] and
/// [PaidPlan]; where neither holds, use is rated by the version in force when it is charged
/// (SH-TAR-07).
public final class Catalogue {

  /// Nothing was published yet.
  public static final Catalogue EMPTY = new Catalogue(List.of());

  private final List<TariffVersion> versions;
  private final Map<String, Tariff> byId = new HashMap<>();
  private final NavigableMap<Instant, Tariff> byPublication = new TreeMap<>();

  private Catalogue(List<TariffVersion> versions) {
    this.versions = versions;
    for (TariffVersion version : versions) {
      Tariff tariff = new Tariff(version);
      byId.put(version.id(), tariff);
      byPublication.put(version.publishedAt(), tariff);
    }
  }

  /// The catalogue of these versions, in the order of their publication.
  ///
  /// @throws InvalidTariffException as [#publish]; it names the version's place as well
  public static Catalogue of(List<TariffVersion> versions) {
    List<TariffVersion> published = new ArrayList<>();
    Map<String, TariffVersion> known = new HashMap<>();
    for (int i = 0; i < versions.size(); i++) {
      TariffVersion version = versions.get(i);
      try {
        requireNewer(version, published);
        InvalidTariffException.unless(
            known.putIfAbsent(version.id(), version) == null,
            "version",
            version.id() + " comes twice");
      } catch (InvalidTariffException fault) {
        throw fault.within("versions[" + i + "]");
      }
      published.add(version);
    }
    return new Catalogue(List.copyOf(published));
  }

  /// The catalogue with one more version. Publishing what was published before changes nothing, so
  /// that it may be repeated.
  ///
  /// @throws InvalidTariffException if the id was used for another content, or the publication is
  ///   not after the last one; it names the field
  public Catalogue publish(TariffVersion version) {
    Optional<Tariff> known = find(version.id());
    if (known.isPresent()) {
      InvalidTariffException.unless(
          known.get().version().equals(version),
          "version",
          version.id() + " was published before with another content");
      return this;
    }
    requireNewer(version, versions);
    List<TariffVersion> more = new ArrayList<>(versions);
    more.add(version);
    return new Catalogue(List.copyOf(more));
  }

  /// All versions, the oldest first.
  public List<TariffVersion> versions() {
    return versions;
  }

  /// The version of that id.
  public Optional<Tariff> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /// The version that was in force at that moment; empty before the first publication.
  public Optional<Tariff> at(Instant moment) {
    return Optional.ofNullable(byPublication.floorEntry(moment)).map(Map.Entry::getValue);
  }

  /// As [#at], where there must be one.
  ///
  /// @throws IllegalArgumentException if nothing was published by then
  Tariff inForce(Instant moment) {
    return at(moment)
        .orElseThrow(() -> new IllegalArgumentException("no tariff was in force at " + moment));
  }

  private static void requireNewer(TariffVersion version, List<TariffVersion> published) {
    InvalidTariffException.unless(
        published.isEmpty() || version.publishedAt().isAfter(published.getLast().publishedAt()),
        "publishedAt",
        "must be after the publication of the version before");
  }
}
