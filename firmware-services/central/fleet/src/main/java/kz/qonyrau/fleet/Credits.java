package kz.qonyrau.fleet;

import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import kz.qonyrau.store.Store;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.Tenge;
import kz.qonyrau.wire.LeaseDocument;
import org.jdbi.v3.core.Handle;

/// Orders to let a box spend more: the posting in the book and the lease that says so stand in one
/// transaction (SH-BAL-15).
final class Credits {

  private final Store store;
  private final Wallets wallets;
  private final Documents documents;
  private final FleetSettings settings;
  private final InstantSource clock;

  Credits(
      Store store,
      Wallets wallets,
      Documents documents,
      FleetSettings settings,
      InstantSource clock) {
    this.store = store;
    this.wallets = wallets;
    this.documents = documents;
    this.settings = settings;
    this.clock = clock;
  }

  private record Order(BoxId box, Tenge amount) {}

  Future<CreditResult> grant(BoxId box, Tenge amount, String key, String reason, String by) {
    return store
        .read(handle -> organisationOf(handle, box))
        .compose(organisation ->
            organisation.isEmpty()
                ? Future.succeededFuture(new CreditResult.NoSuchBox())
                : wallets
                    .ready(box, organisation.get())
                    .compose(_ ->
                        store.write(handle ->
                            carryOut(handle, box, organisation.get(), amount, key, reason, by))));
  }

  private CreditResult carryOut(
      Handle handle,
      BoxId box,
      String organisation,
      Tenge amount,
      String key,
      String reason,
      String by) {
    Optional<Order> known = find(handle, key);
    if (known.isPresent()) {
      return known.get().box().equals(box) && known.get().amount().equals(amount)
          ? new CreditResult.AlreadyGranted(documents.lease(handle, box).orElseThrow())
          : new CreditResult.KeyTaken();
    }
    Instant now = clock.instant();
    wallets.setAside(handle, key, organisation, box, amount, reason);
    LeaseDocument lease =
        documents.issueLease(handle, box, amount, settings.leaseValidity(), now, by);
    handle
        .createUpdate(
            """
            INSERT INTO fleet.credit (
              key_text, box_id, amount_tiyn, reason, ordered_by, ordered_at_ms, lease_version)
            VALUES (:key, :box, :amount, :reason, :by, :now, :version)
            """)
        .bind("key", key)
        .bind("box", box.value())
        .bind("amount", amount.tiyn())
        .bind("reason", reason)
        .bind("by", by)
        .bind("now", now.toEpochMilli())
        .bind("version", lease.version())
        .execute();
    var _ =
        Timeline.add(
            handle,
            new TimelineEntry(
                box,
                now,
                "CREDIT_GRANTED",
                amount + " KZT, lease " + lease.version() + ": " + reason,
                Optional.of(by)));
    return new CreditResult.Granted(lease);
  }

  private static Optional<Order> find(Handle handle, String key) {
    return handle
        .createQuery("SELECT box_id, amount_tiyn FROM fleet.credit WHERE key_text = :key")
        .bind("key", key)
        .map((row, _) ->
            new Order(new BoxId(row.getString("box_id")), new Tenge(row.getLong("amount_tiyn"))))
        .findOne();
  }

  private static Optional<String> organisationOf(Handle handle, BoxId box) {
    return handle
        .createQuery("SELECT organisation_id FROM fleet.box WHERE id = :box")
        .bind("box", box.value())
        .mapTo(String.class)
        .findOne();
  }
}
