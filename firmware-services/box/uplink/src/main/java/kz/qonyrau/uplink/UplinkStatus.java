package kz.qonyrau.uplink;

import java.time.Instant;
import java.util.Optional;

/// The uplink as pages and lamps show it.
///
/// @param since when the state began
/// @param outboxDepth messages that central has not acknowledged yet, as last counted
/// @param lastReceipt when central last acknowledged something
/// @param fault a code of what is wrong, for example `CENTRAL_UNREACHABLE`, `CERTIFICATE_REFUSED`,
///   `CLAIM_EXPIRED`
public record UplinkStatus(
    UplinkState state,
    Instant since,
    long outboxDepth,
    Optional<Instant> lastReceipt,
    Optional<String> fault) {}
