package kz.qonyrau.billing;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kz.qonyrau.vocabulary.OrganisationId;
import kz.qonyrau.vocabulary.Tenge;
import org.jdbi.v3.core.Handle;

/// The table of credited payments. Every method runs in the caller's transaction.
final class TopUps {

  private static final String COLUMNS =
      """
      SELECT key_text, organisation_id, wallet, amount_tiyn, reference, credited_by, credited_at_ms
      FROM billing.top_up
      """;

  private TopUps() {}

  static void insert(Handle handle, TopUp topUp, Instant at) {
    handle
        .createUpdate(
            """
            INSERT INTO billing.top_up (
              key_text, organisation_id, wallet, amount_tiyn, reference, credited_by,
              credited_at_ms)
            VALUES (:key, :organisation, :wallet, :amount, :reference, :by, :at)
            """)
        .bind("key", topUp.key())
        .bind("organisation", topUp.organisation().value())
        .bind("wallet", topUp.wallet().name())
        .bind("amount", topUp.amount().tiyn())
        .bind("reference", topUp.reference())
        .bind("by", topUp.by())
        .bind("at", at.toEpochMilli())
        .execute();
  }

  static Optional<CreditedTopUp> find(Handle handle, String key) {
    return handle
        .createQuery(COLUMNS + "WHERE key_text = :key")
        .bind("key", key)
        .map((row, _) -> topUp(row))
        .findOne();
  }

  /// A customer's, newest first.
  static List<CreditedTopUp> of(Handle handle, OrganisationId organisation, int size) {
    return handle
        .createQuery(
            COLUMNS
                + """
                WHERE organisation_id = :organisation
                ORDER BY credited_at_ms DESC, key_text FETCH FIRST :size ROWS ONLY
                """)
        .bind("organisation", organisation.value())
        .bind("size", size)
        .map((row, _) -> topUp(row))
        .list();
  }

  private static CreditedTopUp topUp(ResultSet row) throws SQLException {
    return new CreditedTopUp(
        new TopUp(
            row.getString("key_text"),
            new OrganisationId(row.getString("organisation_id")),
            WalletKind.valueOf(row.getString("wallet")),
            new Tenge(row.getLong("amount_tiyn")),
            row.getString("reference"),
            row.getString("credited_by")),
        Instant.ofEpochMilli(row.getLong("credited_at_ms")));
  }
}
