/// Tariff versions and rating: usage in, amount out. Pure.
///
/// [kz.qonyrau.tariffs.Catalogue] holds what was published, [kz.qonyrau.tariffs.PinHistory] and
/// [kz.qonyrau.tariffs.PaidPlan] say which version rates whom, [kz.qonyrau.tariffs.Tariff] rates,
/// [kz.qonyrau.tariffs.Rerating] checks what a box has rated, and
/// [kz.qonyrau.tariffs.BenefitTariff] is what one account may get instead, until
/// [kz.qonyrau.tariffs.EarlyExit].
@NullMarked
package kz.qonyrau.tariffs;

import org.jspecify.annotations.NullMarked;
