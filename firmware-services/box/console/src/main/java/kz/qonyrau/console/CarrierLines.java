package kz.qonyrau.console;

import kz.qonyrau.telephony.trunks.Diagnoses;
import kz.qonyrau.telephony.trunks.Trunks;

/// What technicians work on when they set up the lines to carriers.
///
/// @param mostChannels how many calls at once the box has ports for
public record CarrierLines(Trunks trunks, Diagnoses diagnoses, int mostChannels) {}
