package kz.qonyrau.fleet;

import kz.qonyrau.wire.ClaimTicket;

/// A new claim together with its ticket, which is shown this once and kept nowhere.
public record IssuedClaim(Claim claim, ClaimTicket ticket) {}
