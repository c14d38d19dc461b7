package kz.qonyrau.campaigns;

import java.util.Map;
import kz.qonyrau.vocabulary.CampaignId;

/// How many calls a minute can be begun, as of now (AC-CAL-01).
///
/// It is what limits and channels allow: so many channels carry so many calls a minute, by how long
/// the last ones took from the start to the end. While too few have ended to say how long one
/// takes, only the limits count.
///
/// @param callsPerMinute of the whole box; 0 while nothing may be dialled
/// @param campaigns of those that dial now: their share of it, or less if their own limits allow
///   less
public record Capacity(int callsPerMinute, Map<CampaignId, Integer> campaigns) {

  /// Every campaign that dials is promised so many calls a minute (AC-CAL-01).
  public static final int FLOOR = 20;

  /// Nothing may be dialled, and nothing is.
  public static final Capacity NONE = new Capacity(0, Map.of());

  /// Copies the map.
  public Capacity {
    campaigns = Map.copyOf(campaigns);
  }

  /// Whether a campaign dials and cannot have what it is promised: `BELOW_FLOOR`.
  public boolean isBelowFloor() {
    return campaigns.values().stream().anyMatch(perMinute -> perMinute < FLOOR);
  }
}
