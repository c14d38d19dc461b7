package kz.qonyrau.vocabulary;

import java.util.UUID;

/// Names a campaign on a box.
///
/// @param value a UUID in its canonical lower-case form
public record CampaignId(String value) implements Comparable<CampaignId> {

  /// @throws IllegalArgumentException if the text is not a canonical UUID
  public CampaignId {
    value = CanonicalUuid.require("campaign id", value);
  }

  /// A new id that no other box or process will choose.
  public static CampaignId random() {
    return new CampaignId(UUID.randomUUID().toString());
  }

  @Override
  public int compareTo(CampaignId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
