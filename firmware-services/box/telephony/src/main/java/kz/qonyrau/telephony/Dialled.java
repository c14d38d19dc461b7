package kz.qonyrau.telephony;

import java.util.Optional;

/// What an attempt came to, and by which way.
///
/// @param way empty if no trunk was asked at all
public record Dialled(DialOutcome outcome, Optional<Way> way) {}
