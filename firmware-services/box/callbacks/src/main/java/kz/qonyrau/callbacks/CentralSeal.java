package kz.qonyrau.callbacks;

import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.wire.SealingKey;

/// With what this box seals what it says of those who ask who called them (PLT-24).
///
/// @param box this box, for which alone a report is good
/// @param central the key that central gave it
public record CentralSeal(BoxId box, SealingKey central) {}
