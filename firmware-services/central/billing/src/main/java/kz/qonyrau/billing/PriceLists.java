package kz.qonyrau.billing;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kz.qonyrau.vocabulary.OrganisationId;
import org.jdbi.v3.core.Handle;

/// Published price lists, and who is rated by which since when. Every method runs in the caller's
/// transaction.
final class PriceLists {

  private static final String COLUMNS =
      "SELECT v.number, v.id, v.published_at_ms, v.published_by, v.text, v.organisation_id";

  private PriceLists() {}

  /// Adds a list.
  ///
  /// @param holder the only customer for whom it holds; empty makes it the one in force
  static PublishedTariff publish(
      Handle handle,
      String id,
      String text,
      Instant at,
      String by,
      Optional<OrganisationId> holder) {
    int number = newest(handle).map(PublishedTariff::number).orElse(0) + 1;
    handle
        .createUpdate(
            """
            INSERT INTO billing.tariff_version (
              number, id, published_at_ms, published_by, text, organisation_id)
            VALUES (:number, :id, :at, :by, :text, :holder)
            """)
        .bindByType("holder", holder.map(OrganisationId::value).orElse(null), String.class)
        .bind("number", number)
        .bind("id", id)
        .bind("at", at.toEpochMilli())
        .bind("by", by)
        .bind("text", text)
        .execute();
    return new PublishedTariff(number, id, at, by, text, holder);
  }

  /// The list in force for whoever tops up now.
  static Optional<PublishedTariff> published(Handle handle) {
    return handle
        .createQuery(
            COLUMNS
                + """
                 FROM billing.tariff_version v WHERE v.organisation_id IS NULL
                ORDER BY v.number DESC FETCH FIRST ROW ONLY
                """)
        .map((row, _) -> tariff(row))
        .findOne();
  }

  /// The list that was added last, whoever it holds for.
  static Optional<PublishedTariff> newest(Handle handle) {
    return handle
        .createQuery(
            COLUMNS + " FROM billing.tariff_version v ORDER BY v.number DESC FETCH FIRST ROW ONLY")
        .map((row, _) -> tariff(row))
        .findOne();
  }

  /// How many lists there are, those of single customers included.
  static int count(Handle handle) {
    return handle
        .createQuery("SELECT COUNT(*) FROM billing.tariff_version")
        .mapTo(Integer.class)
        .one();
  }

  /// All lists, newest first.
  ///
  /// @param publicOnly without those that hold for one customer
  static List<PublishedTariff> all(Handle handle, boolean publicOnly) {
    return handle
        .createQuery(
            COLUMNS
                + " FROM billing.tariff_version v"
                + (publicOnly ? " WHERE v.organisation_id IS NULL" : "")
                + " ORDER BY v.number DESC")
        .map((row, _) -> tariff(row))
        .list();
  }

  static Optional<PublishedTariff> numbered(Handle handle, int number) {
    return handle
        .createQuery(COLUMNS + " FROM billing.tariff_version v WHERE v.number = :number")
        .bind("number", number)
        .map((row, _) -> tariff(row))
        .findOne();
  }

  static Optional<PublishedTariff> named(Handle handle, String id) {
    return handle
        .createQuery(COLUMNS + " FROM billing.tariff_version v WHERE v.id = :id")
        .bind("id", id)
        .map((row, _) -> tariff(row))
        .findOne();
  }

  /// From now on the customer is rated by this list.
  static Pinned pin(
      Handle handle,
      OrganisationId organisation,
      PublishedTariff version,
      Instant since,
      String topUpKey) {
    handle
        .createUpdate(
            """
            INSERT INTO billing.pin (organisation_id, since_ms, number, top_up_key)
            VALUES (:organisation, :since, :number, :key)
            """)
        .bind("organisation", organisation.value())
        .bind("since", since.toEpochMilli())
        .bind("number", version.number())
        .bind("key", topUpKey)
        .execute();
    return new Pinned(Instant.ofEpochMilli(since.toEpochMilli()), version);
  }

  /// By which list a customer was rated at a moment; empty before his first top-up. While a benefit
  /// holds it is the benefit's, and after that again the one that his top-ups pinned (SH-TAR-13).
  static Optional<Pinned> pinned(Handle handle, OrganisationId organisation, Instant at) {
    Optional<BenefitPeriod> last = lastPeriod(handle, organisation, at);
    if (last.isPresent() && last.get().holdsAt(at)) {
      return Optional.of(new Pinned(last.get().from(), last.get().version()));
    }
    Optional<Pinned> base = basePin(handle, organisation, at);
    return base.map(pin ->
        last.flatMap(BenefitPeriod::to)
            .filter(ended -> ended.isAfter(pin.since()))
            .map(ended -> new Pinned(ended, pin.version()))
            .orElse(pin));
  }

  private record BenefitPeriod(Instant from, Optional<Instant> to, PublishedTariff version) {

    boolean holdsAt(Instant moment) {
      return to.filter(end -> !moment.isBefore(end)).isEmpty();
    }
  }

  private static Optional<BenefitPeriod> lastPeriod(
      Handle handle, OrganisationId organisation, Instant at) {
    return handle
        .createQuery(
            COLUMNS
                + """
                , p.from_ms, p.to_ms FROM billing.benefit_period p
                JOIN billing.benefit b ON b.id = p.benefit_id
                JOIN billing.tariff_version v ON v.number = b.number
                WHERE p.organisation_id = :organisation AND p.from_ms <= :at
                ORDER BY p.from_ms DESC FETCH FIRST ROW ONLY
                """)
        .bind("organisation", organisation.value())
        .bind("at", at.toEpochMilli())
        .map((row, _) -> {
          long to = row.getLong("to_ms");
          Optional<Instant> end =
              row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(to));
          return new BenefitPeriod(Instant.ofEpochMilli(row.getLong("from_ms")), end, tariff(row));
        })
        .findOne();
  }

  /// Which list a customer's top-ups had pinned at a moment; empty before the first one.
  static Optional<Pinned> basePin(Handle handle, OrganisationId organisation, Instant at) {
    return handle
        .createQuery(
            COLUMNS
                + """
                , p.since_ms FROM billing.pin p
                JOIN billing.tariff_version v ON v.number = p.number
                WHERE p.organisation_id = :organisation AND p.since_ms <= :at
                ORDER BY p.since_ms DESC FETCH FIRST ROW ONLY
                """)
        .bind("organisation", organisation.value())
        .bind("at", at.toEpochMilli())
        .map((row, _) -> new Pinned(Instant.ofEpochMilli(row.getLong("since_ms")), tariff(row)))
        .findOne();
  }

  /// By which list a customer is rated, however the clock stands; empty before his first top-up.
  static Optional<Pinned> newestPin(Handle handle, OrganisationId organisation) {
    return pinned(handle, organisation, Instant.ofEpochMilli(Long.MAX_VALUE));
  }

  /// The list that his last top-up pinned.
  static Optional<Pinned> newestBasePin(Handle handle, OrganisationId organisation) {
    return basePin(handle, organisation, Instant.ofEpochMilli(Long.MAX_VALUE));
  }

  /// As [#pinned], only which list it is.
  static Optional<String> pinnedId(Handle handle, OrganisationId organisation, Instant at) {
    return pinned(handle, organisation, at).map(pinned -> pinned.version().id());
  }

  /// All pins of a customer, newest first.
  static List<Pinned> pins(Handle handle, OrganisationId organisation) {
    return handle
        .createQuery(
            COLUMNS
                + """
                , p.since_ms FROM billing.pin p
                JOIN billing.tariff_version v ON v.number = p.number
                WHERE p.organisation_id = :organisation ORDER BY p.since_ms DESC
                """)
        .bind("organisation", organisation.value())
        .map((row, _) -> new Pinned(Instant.ofEpochMilli(row.getLong("since_ms")), tariff(row)))
        .list();
  }

  private static PublishedTariff tariff(ResultSet row) throws SQLException {
    return new PublishedTariff(
        row.getInt("number"),
        row.getString("id"),
        Instant.ofEpochMilli(row.getLong("published_at_ms")),
        row.getString("published_by"),
        row.getString("text"),
        Optional.ofNullable(row.getString("organisation_id")).map(OrganisationId::new));
  }
}
