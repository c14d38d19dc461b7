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
      "SELECT v.number, v.id, v.published_at_ms, v.published_by, v.text";

  private PriceLists() {}

  /// Makes a list the one in force.
  static PublishedTariff publish(Handle handle, String id, String text, Instant at, String by) {
    int number = published(handle).map(PublishedTariff::number).orElse(0) + 1;
    handle
        .createUpdate(
            """
            INSERT INTO billing.tariff_version (number, id, published_at_ms, published_by, text)
            VALUES (:number, :id, :at, :by, :text)
            """)
        .bind("number", number)
        .bind("id", id)
        .bind("at", at.toEpochMilli())
        .bind("by", by)
        .bind("text", text)
        .execute();
    return new PublishedTariff(number, id, at, by, text);
  }

  /// The list in force for whoever tops up now.
  static Optional<PublishedTariff> published(Handle handle) {
    return handle
        .createQuery(
            COLUMNS + " FROM billing.tariff_version v ORDER BY v.number DESC FETCH FIRST ROW ONLY")
        .map((row, _) -> tariff(row))
        .findOne();
  }

  /// How many lists were published.
  static int count(Handle handle) {
    return handle
        .createQuery("SELECT COUNT(*) FROM billing.tariff_version")
        .mapTo(Integer.class)
        .one();
  }

  /// All lists, newest first.
  static List<PublishedTariff> all(Handle handle) {
    return handle
        .createQuery(COLUMNS + " FROM billing.tariff_version v ORDER BY v.number DESC")
        .map((row, _) -> tariff(row))
        .list();
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

  /// By which list a customer was rated at a moment; empty before his first top-up.
  static Optional<Pinned> pinned(Handle handle, OrganisationId organisation, Instant at) {
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

  /// The newest pin of a customer; empty before his first top-up.
  static Optional<Pinned> newestPin(Handle handle, OrganisationId organisation) {
    return pinned(handle, organisation, Instant.ofEpochMilli(Long.MAX_VALUE));
  }

  /// As [#pinned], only which list it is.
  static Optional<String> pinnedId(Handle handle, OrganisationId organisation, Instant at) {
    return handle
        .createQuery(
            """
            SELECT v.id FROM billing.pin p JOIN billing.tariff_version v ON v.number = p.number
            WHERE p.organisation_id = :organisation AND p.since_ms <= :at
            ORDER BY p.since_ms DESC FETCH FIRST ROW ONLY
            """)
        .bind("organisation", organisation.value())
        .bind("at", at.toEpochMilli())
        .mapTo(String.class)
        .findOne();
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
        row.getString("text"));
  }
}
