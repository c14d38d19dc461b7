package kz.qonyrau.billing;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kz.qonyrau.billing.CustomerNotice.Code;
import kz.qonyrau.ledger.Ledger;
import kz.qonyrau.ledger.WalletId;
import kz.qonyrau.vocabulary.OrganisationId;
import kz.qonyrau.vocabulary.OrganisationKey;
import kz.qonyrau.vocabulary.Tenge;
import org.jdbi.v3.core.Handle;

/// The welcome bonuses: each is a row and at most three postings, and every step of it happens once
/// (SH-BAL-11 to 13). Every method runs in the caller's transaction.
final class WelcomeBonuses {

  /// Who gives them.
  static final WalletId PROMOTION = new WalletId("provider/promotion");

  private static final String COLUMNS =
      """
      SELECT org_key, organisation_id, amount_tiyn, credited_at_ms, lapses_at_ms, warned_at_ms,
        state, kept_by, voided_tiyn
      FROM billing.welcome_bonus
      """;

  private final Ledger ledger;
  private final CustomerNotices notices;

  WelcomeBonuses(Ledger ledger, CustomerNotices notices) {
    this.ledger = ledger;
    this.notices = notices;
  }

  private record Row(String key, OrganisationId organisation, WelcomeBonus bonus, boolean warned) {}

  /// What a first registration brings now; zero until it was ever decided (P-13).
  static Tenge amount(Handle handle) {
    return handle
        .createQuery(
            """
            SELECT amount_tiyn FROM billing.welcome_bonus_amount
            ORDER BY number DESC FETCH FIRST ROW ONLY
            """)
        .mapTo(Long.class)
        .findOne()
        .map(Tenge::new)
        .orElse(Tenge.ZERO);
  }

  static void decideAmount(Handle handle, Tenge amount, Instant at, String by) {
    handle
        .createUpdate(
            """
            INSERT INTO billing.welcome_bonus_amount (
              number, amount_tiyn, decided_at_ms, decided_by)
            SELECT COALESCE(MAX(number), 0) + 1, CAST(:amount AS BIGINT), CAST(:at AS BIGINT),
              CAST(:by AS VARCHAR(100))
            FROM billing.welcome_bonus_amount
            """)
        .bind("amount", amount.tiyn())
        .bind("at", at.toEpochMilli())
        .bind("by", by)
        .execute();
  }

  /// Credits the bonus of a first registration. A number that was registered before gets nothing.
  void credit(Handle handle, OrganisationId organisation, OrganisationKey key, Instant at) {
    Tenge amount = amount(handle);
    if (!amount.isPositive() || find(handle, key).isPresent()) {
      return;
    }
    Instant lapses = WelcomeBonus.lapsing(at);
    handle
        .createUpdate(
            """
            INSERT INTO billing.welcome_bonus (
              org_key, organisation_id, amount_tiyn, credited_at_ms, lapses_at_ms, state)
            VALUES (:key, :organisation, :amount, :at, :lapses, 'OPEN')
            """)
        .bind("key", key.value())
        .bind("organisation", organisation.value())
        .bind("amount", amount.tiyn())
        .bind("at", at.toEpochMilli())
        .bind("lapses", lapses.toEpochMilli())
        .execute();
    Postings.post(
        ledger,
        handle,
        "welcome-bonus/" + key,
        PROMOTION,
        WalletKind.ANALYTICS_BONUS.of(organisation),
        amount,
        "welcome bonus");
    tell(
        handle,
        organisation,
        Code.WELCOME_BONUS_CREDITED,
        key.value(),
        amount,
        Optional.of(lapses));
  }

  /// Something has happened that keeps the bonus, if it happened before the bonus lapsed. What was
  /// told too late gives back what had lapsed.
  ///
  /// @param at when it happened
  void keep(Handle handle, OrganisationId organisation, WelcomeBonus.KeptBy by, Instant at) {
    for (Row row : of(handle, organisation)) {
      if (at.isBefore(row.bonus().lapsesAt()) && row.bonus().state() != WelcomeBonus.State.KEPT) {
        row.bonus()
            .voided()
            .filter(Tenge::isPositive)
            .ifPresent(lapsed ->
                Postings.post(
                    ledger,
                    handle,
                    "welcome-bonus-back/" + row.key(),
                    PROMOTION,
                    WalletKind.ANALYTICS_BONUS.of(organisation),
                    lapsed,
                    "welcome bonus kept in time"));
        handle
            .createUpdate(
                """
                UPDATE billing.welcome_bonus SET state = 'KEPT', kept_by = :by, decided_at_ms = :at
                WHERE org_key = :key
                """)
            .bind("by", by.name())
            .bind("at", at.toEpochMilli())
            .bind("key", row.key())
            .execute();
      }
    }
  }

  /// Warns and voids what is due.
  ///
  /// @return whose money or notices have changed
  List<OrganisationId> sweep(Handle handle, Instant now) {
    List<Row> due =
        handle
            .createQuery(
                COLUMNS
                    + """
                    WHERE state = 'OPEN' AND lapses_at_ms <= :soon
                    ORDER BY lapses_at_ms, org_key
                    """)
            .bind("soon", now.plus(WelcomeBonus.WARNING).toEpochMilli())
            .map((row, _) -> row(row))
            .list()
            .stream()
            .filter(row ->
                !now.isBefore(row.bonus().lapsesAt())
                    || (!row.warned() && !now.isBefore(row.bonus().warnAt())))
            .toList();
    for (Row row : due) {
      if (now.isBefore(row.bonus().lapsesAt())) {
        warn(handle, row, now);
      } else {
        lapse(handle, row, now);
      }
    }
    return due.stream().map(Row::organisation).distinct().toList();
  }

  private void warn(Handle handle, Row row, Instant now) {
    handle
        .createUpdate("UPDATE billing.welcome_bonus SET warned_at_ms = :at WHERE org_key = :key")
        .bind("at", now.toEpochMilli())
        .bind("key", row.key())
        .execute();
    tell(
        handle,
        row.organisation(),
        Code.WELCOME_BONUS_LAPSES,
        row.key(),
        left(handle, row),
        Optional.of(row.bonus().lapsesAt()));
  }

  private void lapse(Handle handle, Row row, Instant now) {
    Tenge left = left(handle, row);
    if (left.isPositive()) {
      Postings.post(
          ledger,
          handle,
          "welcome-bonus-void/" + row.key(),
          WalletKind.ANALYTICS_BONUS.of(row.organisation()),
          PROMOTION,
          left,
          "welcome bonus lapsed");
    }
    handle
        .createUpdate(
            """
            UPDATE billing.welcome_bonus
            SET state = 'VOIDED', decided_at_ms = :at, voided_tiyn = :left WHERE org_key = :key
            """)
        .bind("at", now.toEpochMilli())
        .bind("left", left.tiyn())
        .bind("key", row.key())
        .execute();
    tell(handle, row.organisation(), Code.WELCOME_BONUS_VOIDED, row.key(), left, Optional.empty());
  }

  /// What is left of it. Whatever else lies in that wallet was given for another reason.
  private Tenge left(Handle handle, Row row) {
    Tenge balance =
        ledger.balance(handle, WalletKind.ANALYTICS_BONUS.of(row.organisation())).available();
    Tenge least = balance.compareTo(row.bonus().amount()) < 0 ? balance : row.bonus().amount();
    return least.isNegative() ? Tenge.ZERO : least;
  }

  private void tell(
      Handle handle,
      OrganisationId organisation,
      Code code,
      String cause,
      Tenge amount,
      Optional<Instant> until) {
    notices.tell(handle, organisation, CustomerNotice.of(code, cause, Optional.of(amount), until));
  }

  /// What this number was given, if it ever was.
  static Optional<WelcomeBonus> find(Handle handle, OrganisationKey key) {
    return handle
        .createQuery(COLUMNS + "WHERE org_key = :key")
        .bind("key", key.value())
        .map((row, _) -> row(row).bonus())
        .findOne();
  }

  /// Whether a customer has lost a bonus.
  static boolean hasLapsed(Handle handle, OrganisationId organisation) {
    return of(handle, organisation).stream()
        .anyMatch(row -> row.bonus().state() == WelcomeBonus.State.VOIDED);
  }

  private static List<Row> of(Handle handle, OrganisationId organisation) {
    return handle
        .createQuery(COLUMNS + "WHERE organisation_id = :organisation ORDER BY org_key")
        .bind("organisation", organisation.value())
        .map((row, _) -> row(row))
        .list();
  }

  private static Row row(ResultSet row) throws SQLException {
    boolean warned = row.getObject("warned_at_ms") != null;
    long voided = row.getLong("voided_tiyn");
    Optional<Tenge> lapsed = row.wasNull() ? Optional.empty() : Optional.of(new Tenge(voided));
    return new Row(
        row.getString("org_key"),
        new OrganisationId(row.getString("organisation_id")),
        new WelcomeBonus(
            new Tenge(row.getLong("amount_tiyn")),
            Instant.ofEpochMilli(row.getLong("credited_at_ms")),
            Instant.ofEpochMilli(row.getLong("lapses_at_ms")),
            WelcomeBonus.State.valueOf(row.getString("state")),
            Optional.ofNullable(row.getString("kept_by")).map(WelcomeBonus.KeptBy::valueOf),
            lapsed),
        warned);
  }
}
