package kz.qonyrau.calls;

import java.util.List;
import kz.qonyrau.calls.PlacedCall.CostLine;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.vocabulary.Tenge;

/// What a call came to and why, as it was written down when it was rated (SH-TAR-04).
///
/// @param tariffVersion that priced it
/// @param amount the sum of the lines
public record Bill(
    CallId call, CampaignId campaign, String tariffVersion, Tenge amount, List<CostLine> lines) {

  public Bill {
    lines = List.copyOf(lines);
  }
}
