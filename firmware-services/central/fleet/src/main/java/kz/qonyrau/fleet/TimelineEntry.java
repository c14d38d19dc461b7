package kz.qonyrau.fleet;

import java.time.Instant;
import java.util.Optional;
import kz.qonyrau.vocabulary.BoxId;

/// Something that happened to a box.
///
/// @param kind a code: `ENROLLED`, `ONLINE`, `OFFLINE`, `LICENSE_ISSUED`, `SUSPENDED`, `RESTORED`,
///   `LEASE_TARGET`, `LEASE_RENEWED`, `LEASE_REVOKED`, `TARIFF_PINNED`, `COMMAND_GIVEN`,
///   `COMMAND_ANSWERED`, `CERTIFICATE_RENEWED`, `REVOKED`, `RETIRED`, `PROMOTION_WITHDRAWN`, or the
///   code of an alarm
/// @param detail for people, in English
/// @param by who did it, where a person did
public record TimelineEntry(
    BoxId box, Instant at, String kind, String detail, Optional<String> by) {}
