package kz.qonyrau.console;

import java.util.List;
import kz.qonyrau.telephony.trunks.Diagnoses;
import kz.qonyrau.telephony.trunks.Trunks;
import kz.qonyrau.vocabulary.Msisdn;

/// What technicians work on when they set up the lines to carriers.
///
/// @param pool the numbers of the provider's pool that this box may show (AC-CAL-03)
/// @param mostChannels how many calls at once the box has ports for
public record CarrierLines(
    Trunks trunks, Diagnoses diagnoses, List<Msisdn> pool, int mostChannels) {

  public CarrierLines {
    pool = List.copyOf(pool);
  }
}
