package kz.qonyrau.tariffs;

import java.time.Instant;
import kz.qonyrau.vocabulary.Tenge;

/// One item that was rendered and charged under a benefit tariff.
///
/// @param id whose line of the annex it will be
/// @param used as it was used; where only what was charged is kept, that
/// @param renderedAt decides by which base version it is rated again
/// @param charged what it cost under the benefit
public record BenefitItem(
    String id, ServiceCode service, Quantity used, Instant renderedAt, Tenge charged) {}
