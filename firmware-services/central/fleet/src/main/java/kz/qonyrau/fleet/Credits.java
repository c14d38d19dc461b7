package kz.qonyrau.fleet;

import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import kz.qonyrau.store.Store;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.Tenge;
import kz.qonyrau.wire.LeaseDocument;
import org.jdbi.v3.core.Handle;

/// Orders to let a box spend more: written down, posted in the book, then turned into a lease. Each
/// step can be repeated, so an order survives a crash between any two (SH-BAL-15).
final class Credits {

  private final Store store;
  private final Book book;
  private final Documents documents;
  private final FleetSettings settings;
  private final InstantSource clock;

  Credits(
      Store store, Book book, Documents documents, FleetSettings settings, InstantSource clock) {
    this.store = store;
    this.book = book;
    this.documents = documents;
    this.settings = settings;
    this.clock = clock;
  }

  private record Order(
      String key,
      BoxId box,
      String organisationId,
      Tenge amount,
      String reason,
      String by,
      Optional<Long> leaseVersion) {}

  /// Writes an order down.
  static void order(
      Handle handle, String key, BoxId box, Tenge amount, String reason, String by, Instant now) {
    handle
        .createUpdate(
            """
            INSERT INTO fleet.credit (
              key_text, box_id, amount_tiyn, reason, ordered_by, ordered_at_ms)
            VALUES (:key, :box, :amount, :reason, :by, :now)
            """)
        .bind("key", key)
        .bind("box", box.value())
        .bind("amount", amount.tiyn())
        .bind("reason", reason)
        .bind("by", by)
        .bind("now", now.toEpochMilli())
        .execute();
  }

  Future<CreditResult> grant(BoxId box, Tenge amount, String key, String reason, String by) {
    return store
        .write(handle -> {
          Optional<Order> known = find(handle, key);
          if (known.isPresent()) {
            Order order = known.get();
            return order.box().equals(box) && order.amount().equals(amount)
                ? known
                : Optional.<Order>empty();
          }
          if (handle
              .createQuery("SELECT id FROM fleet.box WHERE id = :box")
              .bind("box", box.value())
              .mapTo(String.class)
              .findOne()
              .isEmpty()) {
            throw new NoSuchBoxException();
          }
          order(handle, key, box, amount, reason, by, clock.instant());
          return find(handle, key);
        })
        .compose(order ->
            order.isPresent()
                ? carryOut(order.get())
                : Future.<CreditResult>succeededFuture(new CreditResult.KeyTaken()))
        .recover(failure ->
            failure instanceof NoSuchBoxException
                ? Future.succeededFuture(new CreditResult.NoSuchBox())
                : Future.failedFuture(failure));
  }

  /// Carries out every order that a crash has left half done.
  Future<List<BoxId>> resume() {
    return store
        .read(handle ->
            handle
                .createQuery(
                    """
                    SELECT key_text FROM fleet.credit WHERE lease_version IS NULL
                    ORDER BY ordered_at_ms, key_text
                    """)
                .mapTo(String.class)
                .map(key -> find(handle, key).orElseThrow())
                .list())
        .compose(orders -> {
          Future<Void> each = Future.succeededFuture();
          for (Order order : orders) {
            each = each.compose(_ -> carryOut(order)).mapEmpty();
          }
          return each.map(_ -> orders.stream().map(Order::box).distinct().toList());
        });
  }

  private Future<CreditResult> carryOut(Order order) {
    return book.setAside(
            order.key(), order.organisationId(), order.box(), order.amount(), order.reason())
        .compose(_ -> store.write(handle -> lease(handle, order)));
  }

  private CreditResult lease(Handle handle, Order order) {
    Order current = find(handle, order.key()).orElseThrow();
    if (current.leaseVersion().isPresent()) {
      return new CreditResult.AlreadyGranted(documents.lease(handle, order.box()).orElseThrow());
    }
    Instant now = clock.instant();
    LeaseDocument lease =
        documents.issueLease(
            handle, order.box(), order.amount(), settings.leaseValidity(), now, order.by());
    handle
        .createUpdate("UPDATE fleet.credit SET lease_version = :version WHERE key_text = :key")
        .bind("version", lease.version())
        .bind("key", order.key())
        .execute();
    var _ =
        Timeline.add(
            handle,
            new TimelineEntry(
                order.box(),
                now,
                "CREDIT_GRANTED",
                order.amount() + " KZT, lease " + lease.version() + ": " + order.reason(),
                Optional.of(order.by())));
    return new CreditResult.Granted(lease);
  }

  private static Optional<Order> find(Handle handle, String key) {
    return handle
        .createQuery(
            """
            SELECT c.key_text, c.box_id, b.organisation_id, c.amount_tiyn, c.reason, c.ordered_by,
              c.lease_version
            FROM fleet.credit c JOIN fleet.box b ON b.id = c.box_id
            WHERE c.key_text = :key
            """)
        .bind("key", key)
        .map((row, _) -> {
          long version = row.getLong("lease_version");
          return new Order(
              row.getString("key_text"),
              new BoxId(row.getString("box_id")),
              row.getString("organisation_id"),
              new Tenge(row.getLong("amount_tiyn")),
              row.getString("reason"),
              row.getString("ordered_by"),
              version == 0 ? Optional.empty() : Optional.of(version));
        })
        .findOne();
  }

  /// Ends the transaction without a trace.
  private static final class NoSuchBoxException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
