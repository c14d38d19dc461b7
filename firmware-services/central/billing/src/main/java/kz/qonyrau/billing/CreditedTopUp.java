package kz.qonyrau.billing;

import java.time.Instant;

/// A payment as it was credited.
public record CreditedTopUp(TopUp topUp, Instant at) {}
