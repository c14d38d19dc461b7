package kz.qonyrau.campaigns;

import java.time.Instant;

/// When the next recipient of a campaign is due who waits to be called.
///
/// @param capped whether he waits because he has been called often enough, and not for another call
record NextDue(Instant at, boolean capped) {}
