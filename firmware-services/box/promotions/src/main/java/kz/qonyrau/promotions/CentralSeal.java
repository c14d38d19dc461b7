package kz.qonyrau.promotions;

import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.wire.SealingKey;

/// With what withdrawals are sealed (PLT-24).
///
/// @param box this box, for which alone a report is good
/// @param central the key that central gave it
public record CentralSeal(BoxId box, SealingKey central) {}
