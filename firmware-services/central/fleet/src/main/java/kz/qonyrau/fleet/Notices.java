package kz.qonyrau.fleet;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import kz.qonyrau.billing.CustomerNotice;
import kz.qonyrau.billing.CustomerNotices;
import kz.qonyrau.vocabulary.OrganisationId;
import kz.qonyrau.vocabulary.Tenge;
import kz.qonyrau.wire.Notice;
import kz.qonyrau.wire.NoticeDocument;
import org.jdbi.v3.core.Handle;

/// What customers are told. Each of a customer's boxes holds the newest of it in a signed document
/// (SH-NOT-01); [Upkeep] issues the next version where a box lacks something.
public final class Notices implements CustomerNotices {

  private final InstantSource clock;

  public Notices(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public void tell(Handle handle, OrganisationId organisation, CustomerNotice notice) {
    String id = notice.id().toString();
    boolean told =
        handle
            .createQuery(
                "SELECT 1 FROM fleet.notice WHERE organisation_id = :organisation AND id = :id")
            .bind("organisation", organisation.value())
            .bind("id", id)
            .mapTo(Integer.class)
            .findOne()
            .isPresent();
    if (told) {
      return;
    }
    handle
        .createUpdate(
            """
            INSERT INTO fleet.notice (
              organisation_id, id, code, at_ms, amount_tiyn, until_ms, subject)
            VALUES (:organisation, :id, :code, :at, :amount, :until, :subject)
            """)
        .bind("organisation", organisation.value())
        .bind("id", id)
        .bind("code", notice.code().name())
        .bind("at", clock.millis())
        .bindByType("amount", notice.amount().map(Tenge::tiyn).orElse(null), Long.class)
        .bindByType("until", notice.until().map(Instant::toEpochMilli).orElse(null), Long.class)
        .bindByType("subject", notice.subject().orElse(null), String.class)
        .execute();
    handle
        .createUpdate(
            "UPDATE fleet.organisation SET notices = notices + 1 WHERE id = :organisation")
        .bind("organisation", organisation.value())
        .execute();
  }

  /// What a customer was told, newest first.
  ///
  /// @param size at most so many
  static List<Notice> of(Handle handle, OrganisationId organisation, int size) {
    return handle
        .createQuery(
            """
            SELECT id, code, at_ms, amount_tiyn, until_ms, subject FROM fleet.notice
            WHERE organisation_id = :organisation
            ORDER BY at_ms DESC, id FETCH FIRST :size ROWS ONLY
            """)
        .bind("organisation", organisation.value())
        .bind("size", size)
        .map((row, _) -> notice(row))
        .list();
  }

  /// As many as a box holds.
  static List<Notice> newest(Handle handle, OrganisationId organisation) {
    return of(handle, organisation, NoticeDocument.MOST);
  }

  private static Notice notice(ResultSet row) throws SQLException {
    long amount = row.getLong("amount_tiyn");
    Optional<Tenge> money = row.wasNull() ? Optional.empty() : Optional.of(new Tenge(amount));
    long until = row.getLong("until_ms");
    Optional<Instant> moment =
        row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(until));
    return new Notice(
        row.getString("id"),
        row.getString("code"),
        Instant.ofEpochMilli(row.getLong("at_ms")),
        money,
        moment,
        Optional.ofNullable(row.getString("subject")));
  }
}
