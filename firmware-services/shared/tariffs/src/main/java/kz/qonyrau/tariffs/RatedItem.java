package kz.qonyrau.tariffs;

import java.math.BigDecimal;
import java.time.Duration;
import kz.qonyrau.vocabulary.Tenge;

/// One priced use of a service. It keeps the version and the unit price, so that the amount can be
/// recomputed by anyone (SH-TAR-04).
///
/// @param quantity the time that is charged: the time used, rounded up to the tariff's step
/// @param unit what the price is for
/// @param unitPrice KZT per unit
/// @param amount rounded half-up once (SH-BAL-01)
public record RatedItem(
    ServiceCode service,
    Duration quantity,
    Duration unit,
    BigDecimal unitPrice,
    Tenge amount,
    String tariffVersion) {}
