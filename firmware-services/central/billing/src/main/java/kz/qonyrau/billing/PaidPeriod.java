package kz.qonyrau.billing;

import java.time.Instant;
import java.time.LocalDate;
import kz.qonyrau.vocabulary.Tenge;

/// A period of a plan that was paid for.
///
/// @param months how many were bought
/// @param firstDay in Astana; the day of activation is the first (SH-TAR-09)
/// @param lastDay in Astana; the plan ends when it does
/// @param fee what it cost, whatever use is made of it (SH-TAR-16)
/// @param version the price list at whose price it was bought, and whose conditions stay for the
///   whole period (SH-TAR-08)
public record PaidPeriod(
    Plan plan,
    int months,
    LocalDate firstDay,
    LocalDate lastDay,
    Tenge fee,
    String version,
    Instant boughtAt,
    String boughtBy) {}
