package kz.qonyrau.billing;

import java.time.Instant;

/// By which published price list a customer is rated (SH-TAR-03).
///
/// @param since the moment at which the top-up was credited that pinned it
/// @param version the list
public record Pinned(Instant since, PublishedTariff version) {}
