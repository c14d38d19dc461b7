package kz.qonyrau.uplink;

import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.wire.SealingKey;

/// With what this box seals what it reports of complaints (PLT-24).
///
/// @param box this box, for which alone a report is good
/// @param central the key that central gave it
public record CaseSeal(BoxId box, SealingKey central) {}
