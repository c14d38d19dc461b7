package kz.qonyrau.vocabulary;

import java.util.UUID;

/// Names a customer of the provider: whose boxes, money and tariff something is.
///
/// @param value a UUID in its canonical lower-case form
public record OrganisationId(String value) implements Comparable<OrganisationId> {

  /// @throws IllegalArgumentException if the text is not a canonical UUID
  public OrganisationId {
    value = CanonicalUuid.require("organisation id", value);
  }

  /// A new id that no other process will choose.
  public static OrganisationId random() {
    return new OrganisationId(UUID.randomUUID().toString());
  }

  @Override
  public int compareTo(OrganisationId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
