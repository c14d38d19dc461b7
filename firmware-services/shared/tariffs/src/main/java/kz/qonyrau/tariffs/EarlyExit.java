package kz.qonyrau.tariffs;

import java.time.Instant;
import java.util.Iterator;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kz.qonyrau.vocabulary.AstanaTime;
import kz.qonyrau.vocabulary.Tenge;

/// Leaving a benefit tariff before its end: every item is rated again by the base version that was
/// in force when it was rendered (SH-TAR-12). Reads items one by one and keeps none of them, so
/// their number is not limited by memory.
///
/// ```java
/// Recalculation preview = exit.recalculate(exit.annex(items).peek(page::write), balance);
/// ```
public final class EarlyExit {

  private final Set<ServiceCode> covered;
  private final Catalogue catalogue;
  private final Instant from;
  private final Instant to;

  /// @param catalogue the published base versions
  /// @param at when the customer leaves
  /// @throws IllegalArgumentException if the benefit does not run on that day: then it has ended or
  ///   never begun, and there is nothing to recalculate
  public EarlyExit(BenefitTariff benefit, Catalogue catalogue, Instant at) {
    if (!benefit.includes(at)) {
      throw new IllegalArgumentException(
          "benefit tariff "
              + benefit.id()
              + " runs from "
              + benefit.firstDay()
              + " to "
              + benefit.lastDay()
              + " and cannot be left early at "
              + at);
    }
    this.covered = benefit.lines().stream().map(BenefitLine::service).collect(Collectors.toSet());
    this.catalogue = catalogue;
    this.from = AstanaTime.instantOf(benefit.firstDay().atStartOfDay());
    this.to = at;
  }

  /// The annex, line by line as the items come. It fails with an [IllegalArgumentException] at an
  /// item that the benefit does not cover or that was not rendered within it, and at one that the
  /// base version of its moment has no price for: then a person must say what it costs.
  public Stream<AnnexLine> annex(Stream<BenefitItem> items) {
    return items.map(this::line);
  }

  /// Adds an annex up, once, from beginning to end.
  ///
  /// @param balance what is on the account's wallet before the recalculation
  public Recalculation recalculate(Stream<AnnexLine> annex, Tenge balance) {
    long items = 0;
    Tenge benefitCost = Tenge.ZERO;
    Tenge baseCost = Tenge.ZERO;
    for (Iterator<AnnexLine> lines = annex.iterator(); lines.hasNext(); items++) {
      AnnexLine line = lines.next();
      benefitCost = benefitCost.plus(line.item().charged());
      baseCost = baseCost.plus(line.base().amount());
    }
    return new Recalculation(items, benefitCost, baseCost, balance);
  }

  private AnnexLine line(BenefitItem item) {
    if (!covered.contains(item.service())) {
      throw new IllegalArgumentException(
          "item " + item.id() + ": the benefit does not cover " + item.service());
    }
    if (item.renderedAt().isBefore(from) || item.renderedAt().isAfter(to)) {
      throw new IllegalArgumentException(
          "item " + item.id() + " was not rendered under the benefit: " + item.renderedAt());
    }
    try {
      Tariff base = catalogue.inForce(item.renderedAt());
      return new AnnexLine(item, base.rate(item.service(), item.used()));
    } catch (IllegalArgumentException fault) {
      throw new IllegalArgumentException("item " + item.id() + ": " + fault.getMessage(), fault);
    }
  }
}
