package kz.qonyrau.campaigns;

import java.time.Instant;

/// That somebody answers for a list in which a number stands (AC-CON-02).
///
/// @param list its name
/// @param importedAt when it was imported
public record ConsentStatement(String list, Instant importedAt, Attestation attestation) {}
