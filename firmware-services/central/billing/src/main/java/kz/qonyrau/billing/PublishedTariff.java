package kz.qonyrau.billing;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import kz.qonyrau.tariffs.Tariff;
import kz.qonyrau.vocabulary.OrganisationId;

/// A price list that was published (SH-TAR-02).
///
/// @param number counts publications from 1
/// @param publishedAt the moment of publication, kept as evidence
/// @param publishedBy who approved it
/// @param text the list as it was published, byte for byte
/// @param holder for whom alone it holds, as a benefit; empty for everybody
public record PublishedTariff(
    int number,
    String id,
    Instant publishedAt,
    String publishedBy,
    String text,
    Optional<OrganisationId> holder) {

  /// The list, ready to rate by.
  public Tariff tariff() {
    return Tariff.parse(text.getBytes(StandardCharsets.UTF_8));
  }
}
