package kz.qonyrau.billing;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import kz.qonyrau.ledger.WalletId;
import kz.qonyrau.tariffs.BenefitProgress;
import kz.qonyrau.tariffs.BenefitTariff;
import kz.qonyrau.tariffs.BenefitTerms;
import kz.qonyrau.tariffs.Quantity;
import kz.qonyrau.tariffs.ServiceCode;
import kz.qonyrau.vocabulary.OrganisationId;
import kz.qonyrau.vocabulary.Tenge;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// A benefit as it stands in the tables, with what belongs to it: when its prices held, what was
/// paid in and used since. Every method runs in the caller's transaction.
record BenefitRow(
    String id,
    OrganisationId organisation,
    int number,
    int baseNumber,
    BenefitTerms terms,
    Instant grantedAt,
    String grantedBy,
    Optional<Benefit.Confirmation> confirmation,
    Optional<String> failing,
    Optional<Benefit.End> end) {

  private static final String COLUMNS =
      """
      SELECT b.id, b.organisation_id, b.number, b.base_number, b.terms, b.granted_at_ms,
        b.granted_by, b.conditions_at_ms, b.recalculation_at_ms, b.evidence, b.failing,
        b.ended_at_ms, b.end_kind
      FROM billing.benefit b
      """;

  static Optional<BenefitRow> find(Handle handle, String id) {
    return rows(handle, "WHERE b.id = :value", id).stream().findFirst();
  }

  /// All of a customer, newest first.
  static List<BenefitRow> of(Handle handle, OrganisationId organisation) {
    return rows(
        handle,
        "WHERE b.organisation_id = :value ORDER BY b.granted_at_ms DESC, b.id",
        organisation.value());
  }

  /// Those of a customer that are not over.
  static List<BenefitRow> running(Handle handle, OrganisationId organisation) {
    return rows(
        handle, "WHERE b.organisation_id = :value AND b.ended_at_ms IS NULL", organisation.value());
  }

  /// Everybody's that are not over.
  static List<BenefitRow> running(Handle handle) {
    return rows(handle, "WHERE b.ended_at_ms IS NULL AND :value = ''", "");
  }

  /// The benefit as a rule, at the base whose prices it reduces.
  BenefitTariff tariff(Handle handle) {
    return terms.of(
        UUID.fromString(organisation.value()),
        PriceLists.numbered(handle, baseNumber).orElseThrow().tariff().version(),
        confirmation.map(Benefit.Confirmation::terms));
  }

  /// As it is shown.
  Benefit benefit(Handle handle) {
    return new Benefit(
        organisation,
        terms,
        PriceLists.numbered(handle, baseNumber).orElseThrow(),
        grantedAt,
        grantedBy,
        confirmation,
        holds(handle),
        prepaid(handle),
        failing.map(text -> List.of(text.split("; "))).orElse(List.of()),
        end);
  }

  /// Whether its prices hold now.
  boolean holds(Handle handle) {
    return handle
        .createQuery(
            """
            SELECT 1 FROM billing.benefit_period
            WHERE organisation_id = :organisation AND benefit_id = :benefit AND to_ms IS NULL
            """)
        .bind("organisation", organisation.value())
        .bind("benefit", id)
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }

  /// From now on its prices do not hold.
  void stop(Handle handle, Instant now) {
    handle
        .createUpdate(
            """
            UPDATE billing.benefit_period SET to_ms = :now
            WHERE organisation_id = :organisation AND benefit_id = :benefit AND to_ms IS NULL
            """)
        .bind("now", now.toEpochMilli())
        .bind("organisation", organisation.value())
        .bind("benefit", id)
        .execute();
  }

  /// It is over.
  void end(Handle handle, Instant now, Benefit.End.Kind kind) {
    handle
        .createUpdate(
            """
            UPDATE billing.benefit SET ended_at_ms = :now, end_kind = :kind, failing = NULL
            WHERE id = :id
            """)
        .bind("now", now.toEpochMilli())
        .bind("kind", kind.name())
        .bind("id", id)
        .execute();
  }

  /// Notes what is not met, in words; null that all is.
  void noteFailing(Handle handle, @Nullable String words) {
    handle
        .createUpdate("UPDATE billing.benefit SET failing = :failing WHERE id = :id")
        .bindByType("failing", words, String.class)
        .bind("id", id)
        .execute();
  }

  /// The wallet that it is about.
  WalletId wallet() {
    return WalletKind.AUTOCALL.of(organisation);
  }

  /// What was paid in and used since the grant.
  BenefitProgress progress(Handle handle) {
    Map<ServiceCode, Quantity> used = new EnumMap<>(ServiceCode.class);
    handle
        .createQuery(
            """
            SELECT service, SUM(quantity) AS quantity FROM billing.benefit_item
            WHERE benefit_id = :benefit GROUP BY service
            """)
        .bind("benefit", id)
        .map((found, _) -> {
          ServiceCode service = ServiceCode.valueOf(found.getString("service"));
          return used.put(service, quantity(service, found.getLong("quantity")));
        })
        .list();
    return new BenefitProgress(prepaid(handle), used);
  }

  /// What the customer has paid in since the grant.
  Tenge prepaid(Handle handle) {
    return new Tenge(
        handle
            .createQuery(
                """
                SELECT COALESCE(SUM(t.amount_tiyn), 0) FROM billing.top_up t
                WHERE t.organisation_id = :organisation AND t.wallet = 'AUTOCALL'
                  AND t.credited_at_ms >= :since
                """)
            .bind("organisation", organisation.value())
            .bind("since", grantedAt.toEpochMilli())
            .mapTo(Long.class)
            .one());
  }

  /// So much of a service, as the tables count it.
  static Quantity quantity(ServiceCode service, long quantity) {
    return service.isTimed() ? Quantity.of(Duration.ofSeconds(quantity)) : Quantity.of(quantity);
  }

  private static List<BenefitRow> rows(Handle handle, String where, String value) {
    return handle
        .createQuery(COLUMNS + where)
        .bind("value", value)
        .map((row, _) -> row(row))
        .list();
  }

  private static BenefitRow row(ResultSet row) throws SQLException {
    Optional<Instant> conditions = instant(row, "conditions_at_ms");
    Optional<Instant> recalculation = instant(row, "recalculation_at_ms");
    Optional<Instant> ended = instant(row, "ended_at_ms");
    Optional<Benefit.End> end =
        ended.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new Benefit.End(ended.get(), Benefit.End.Kind.valueOf(row.getString("end_kind"))));
    Optional<Benefit.Confirmation> confirmation =
        conditions.isEmpty() || recalculation.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new Benefit.Confirmation(
                    conditions.get(), recalculation.get(), row.getString("evidence")));
    return new BenefitRow(
        row.getString("id"),
        new OrganisationId(row.getString("organisation_id")),
        row.getInt("number"),
        row.getInt("base_number"),
        BenefitTerms.parse(row.getString("terms")),
        Instant.ofEpochMilli(row.getLong("granted_at_ms")),
        row.getString("granted_by"),
        confirmation,
        Optional.ofNullable(row.getString("failing")),
        end);
  }

  private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(value));
  }
}
