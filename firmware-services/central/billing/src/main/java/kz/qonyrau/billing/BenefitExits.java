package kz.qonyrau.billing;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import kz.qonyrau.ledger.Ledger;
import kz.qonyrau.ledger.WalletId;
import kz.qonyrau.tariffs.AnnexLine;
import kz.qonyrau.tariffs.BenefitItem;
import kz.qonyrau.tariffs.Catalogue;
import kz.qonyrau.tariffs.EarlyExit;
import kz.qonyrau.tariffs.Recalculation;
import kz.qonyrau.tariffs.ServiceCode;
import kz.qonyrau.tariffs.TariffVersion;
import kz.qonyrau.tariffs.UsageLine;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.OrganisationId;
import kz.qonyrau.vocabulary.Tenge;
import org.jdbi.v3.core.Handle;

/// What it means to leave a benefit early: everything that was rendered under it is rated again at
/// the public price of its day (SH-TAR-12 to 15). Keeps what is rendered for that. Every method
/// runs in the caller's transaction.
final class BenefitExits {

  /// Who gets what a recalculation brings.
  static final WalletId RECALCULATIONS = new WalletId("provider/recalculations");

  private static final int AT_ONCE = 1_000;

  private final Ledger ledger;
  private final CustomerNotices notices;

  BenefitExits(Ledger ledger, CustomerNotices notices) {
    this.ledger = ledger;
    this.notices = notices;
  }

  // ---- what is rendered under a benefit

  /// Keeps what a box has rated by a benefit of its customer. Where he has left it meanwhile, the
  /// difference to the base price is charged at once, as part of the recalculation that two people
  /// have confirmed (SH-TAR-12).
  ///
  /// @param line rated by the benefit's list
  void keep(Handle handle, BoxId box, String item, Instant renderedAt, UsageLine line) {
    BenefitRow row = BenefitRow.find(handle, line.tariffVersion()).orElseThrow();
    Optional<ServiceCode> service =
        ServiceCode.find(line.service()).filter(row.tariff(handle)::covers);
    if (service.isEmpty()) {
      return;
    }
    insert(handle, row, box, item, renderedAt, line);
    if (row.end().filter(end -> end.kind() == Benefit.End.Kind.EXIT).isPresent()) {
      chargeLate(handle, row, box, item, service.get());
    }
  }

  private static void insert(
      Handle handle, BenefitRow row, BoxId box, String item, Instant renderedAt, UsageLine line) {
    handle
        .createUpdate(
            """
            INSERT INTO billing.benefit_item (
              benefit_id, box_id, item_id, service, quantity, rendered_at_ms, charged_tiyn)
            VALUES (:benefit, :box, :item, :service, :quantity, :at, :charged)
            """)
        .bind("benefit", row.id())
        .bind("box", box.value())
        .bind("item", item)
        .bind("service", line.service())
        .bind("quantity", line.quantity())
        .bind("at", renderedAt.toEpochMilli())
        .bind("charged", line.amount().tiyn())
        .execute();
  }

  private void chargeLate(
      Handle handle, BenefitRow row, BoxId box, String item, ServiceCode service) {
    Instant left = row.end().orElseThrow().at();
    try (Stream<BenefitItem> items = items(handle, row, Optional.of(key(box, item, service)))) {
      for (AnnexLine line : exit(handle, row, left).annex(items).toList()) {
        annex(handle, row, line);
        Tenge more = line.difference();
        if (more.isPositive()) {
          UUID id = UUID.nameUUIDFromBytes(line.item().id().getBytes(StandardCharsets.UTF_8));
          Postings.post(
              ledger,
              handle,
              "benefit-late/" + id,
              row.wallet(),
              RECALCULATIONS,
              more,
              "benefit " + row.id() + " at base price: " + item);
        }
      }
    } catch (IllegalArgumentException _) {
      // Rendered after he had left, or nobody knows its base price: what the box charged stays.
    }
  }

  // ---- leaving

  /// Why a benefit cannot be left, if it cannot.
  Optional<DecisionResult.NotPossible> fault(
      Handle handle, OrganisationId organisation, String benefit, Instant now) {
    Optional<BenefitRow> row =
        BenefitRow.find(handle, benefit).filter(found -> found.organisation().equals(organisation));
    if (row.isEmpty()) {
      return Benefits.refused("NO_SUCH_BENEFIT", "benefit: the customer has none of this name");
    }
    if (row.get().end().isPresent()) {
      return Benefits.refused("BENEFIT_OVER", "benefit: it is over");
    }
    try {
      var _ = recalculate(handle, row.get(), Tenge.ZERO, now);
      return Optional.empty();
    } catch (IllegalArgumentException unknown) {
      return Benefits.refused("NO_BASE_PRICE", String.valueOf(unknown.getMessage()));
    }
  }

  /// Ends a benefit without a fault: one posting for all that was rendered under it, with a line of
  /// the annex for each item. It may take the wallet below zero (SH-BAL-08, SH-TAR-14).
  ///
  /// @throws IllegalArgumentException if nobody knows an item's base price
  void leave(Handle handle, String benefit, Instant now) {
    BenefitRow row = BenefitRow.find(handle, benefit).orElseThrow();
    row.stop(handle, now);
    row.end(handle, now, Benefit.End.Kind.EXIT);
    if (!row.tariff(handle).includes(now)) {
      // Not begun: nothing was rendered.
      tell(handle, row, Tenge.ZERO);
      return;
    }
    EarlyExit exit = exit(handle, row, now);
    List<AnnexLine> lines;
    do {
      try (Stream<BenefitItem> items = items(handle, row, Optional.empty())) {
        lines = exit.annex(items.limit(AT_ONCE)).toList();
      }
      lines.forEach(line -> annex(handle, row, line));
    } while (!lines.isEmpty());
    Recalculation recalculation = annexed(handle, row);
    if (recalculation.adjustment().isPositive()) {
      Postings.post(
          ledger,
          handle,
          "benefit-exit/" + UUID.nameUUIDFromBytes(row.id().getBytes(StandardCharsets.UTF_8)),
          row.wallet(),
          RECALCULATIONS,
          recalculation.adjustment(),
          "benefit " + row.id() + " left: " + recalculation.items() + " items at base price");
    }
    tell(handle, row, recalculation.adjustment());
  }

  /// The annex, added up.
  private Recalculation annexed(Handle handle, BenefitRow row) {
    Tenge balance = balance(handle, row);
    return handle
        .createQuery(
            """
            SELECT COUNT(*) AS items, COALESCE(SUM(charged_tiyn), 0) AS charged,
              COALESCE(SUM(base_tiyn), 0) AS base
            FROM billing.benefit_item WHERE benefit_id = :benefit AND base_tiyn IS NOT NULL
            """)
        .bind("benefit", row.id())
        .map((sum, _) ->
            new Recalculation(
                sum.getLong("items"),
                new Tenge(sum.getLong("charged")),
                new Tenge(sum.getLong("base")),
                balance))
        .one();
  }

  /// What leaving a benefit without a fault would cost. Nothing is changed.
  ///
  /// @param leases the wallets of what is set aside for the customer's boxes, which is his, too
  Recalculation preview(Handle handle, String benefit, List<WalletId> leases, Instant now) {
    BenefitRow row = BenefitRow.find(handle, benefit).orElseThrow();
    Tenge leased =
        ledger.available(handle, leases).values().stream().reduce(Tenge.ZERO, Tenge::plus);
    return recalculate(handle, row, balance(handle, row).plus(leased), now);
  }

  private static Recalculation recalculate(
      Handle handle, BenefitRow row, Tenge balance, Instant now) {
    if (!row.tariff(handle).includes(now)) {
      return new Recalculation(0, Tenge.ZERO, Tenge.ZERO, balance);
    }
    EarlyExit exit = exit(handle, row, now);
    try (Stream<BenefitItem> items = items(handle, row, Optional.empty())) {
      return exit.recalculate(exit.annex(items), balance);
    }
  }

  private Tenge balance(Handle handle, BenefitRow row) {
    return ledger.balance(handle, row.wallet()).available();
  }

  private static EarlyExit exit(Handle handle, BenefitRow row, Instant at) {
    List<TariffVersion> versions =
        PriceLists.all(handle, true).reversed().stream()
            .map(list -> list.tariff().version())
            .toList();
    return new EarlyExit(row.tariff(handle), Catalogue.of(versions), at);
  }

  private record ItemKey(BoxId box, String item, ServiceCode service) {}

  private static ItemKey key(BoxId box, String item, ServiceCode service) {
    return new ItemKey(box, item, service);
  }

  /// What was rendered and is not rated again yet. To be closed.
  private static Stream<BenefitItem> items(Handle handle, BenefitRow row, Optional<ItemKey> one) {
    return handle
        .createQuery(
            """
            SELECT box_id, item_id, service, quantity, rendered_at_ms, charged_tiyn
            FROM billing.benefit_item
            WHERE benefit_id = :benefit AND base_tiyn IS NULL
              AND (:every = 1 OR (box_id = :box AND item_id = :item AND service = :service))
            ORDER BY rendered_at_ms, box_id, item_id, service
            """)
        .bind("benefit", row.id())
        .bind("every", one.isEmpty() ? 1 : 0)
        .bind("box", one.map(key -> key.box().value()).orElse(""))
        .bind("item", one.map(ItemKey::item).orElse(""))
        .bind("service", one.map(key -> key.service().name()).orElse(""))
        .map((found, _) -> item(found))
        .stream();
  }

  private static BenefitItem item(ResultSet row) throws SQLException {
    ServiceCode service = ServiceCode.valueOf(row.getString("service"));
    return new BenefitItem(
        row.getString("box_id") + "/" + row.getString("item_id"),
        service,
        BenefitRow.quantity(service, row.getLong("quantity")),
        Instant.ofEpochMilli(row.getLong("rendered_at_ms")),
        new Tenge(row.getLong("charged_tiyn")));
  }

  private static void annex(Handle handle, BenefitRow row, AnnexLine line) {
    int slash = line.item().id().indexOf('/');
    handle
        .createUpdate(
            """
            UPDATE billing.benefit_item SET base_tiyn = :base, base_version = :version
            WHERE benefit_id = :benefit AND box_id = :box AND item_id = :item
              AND service = :service
            """)
        .bind("base", line.base().amount().tiyn())
        .bind("version", line.base().tariffVersion())
        .bind("benefit", row.id())
        .bind("box", line.item().id().substring(0, slash))
        .bind("item", line.item().id().substring(slash + 1))
        .bind("service", line.item().service().name())
        .execute();
  }

  private void tell(Handle handle, BenefitRow row, Tenge charged) {
    notices.tell(
        handle,
        row.organisation(),
        CustomerNotice.of(
            CustomerNotice.Code.BENEFIT_ENDED, row.id(), Optional.of(charged), Optional.empty()));
  }
}
