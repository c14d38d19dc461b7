package kz.qonyrau.complaints;

import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.wire.SealingKey;

/// With what reports on complaints are sealed (PLT-24).
///
/// @param box this box, for which alone a report is good
/// @param central the key that central gave it
public record CaseSealing(BoxId box, SealingKey central) {}
