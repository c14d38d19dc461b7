package kz.qonyrau.billing;

import io.vertx.core.Future;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import kz.qonyrau.store.Store;
import kz.qonyrau.vocabulary.OrganisationId;
import kz.qonyrau.vocabulary.OrganisationKey;
import kz.qonyrau.vocabulary.Tenge;
import org.jdbi.v3.core.Handle;

/// Who the customers are by law, and what their first registration brings them (SH-ACC-01,
/// SH-BAL-11 to 13). One account for each number of the state.
public final class Registrations {

  private static final String COLUMNS =
      """
      SELECT organisation_id, org_key, legal_name, registered_at_ms, registered_by, closed_at_ms,
        closed_by, closed_why
      FROM billing.registration
      """;

  private final Store store;
  private final WelcomeBonuses bonuses;
  private final CustomerNotices notices;
  private final Function<OrganisationId, Future<Void>> ready;
  private final InstantSource clock;
  private final Consumer<OrganisationId> changed;

  Registrations(
      Store store,
      WelcomeBonuses bonuses,
      CustomerNotices notices,
      Function<OrganisationId, Future<Void>> ready,
      InstantSource clock,
      Consumer<OrganisationId> changed) {
    this.store = store;
    this.bonuses = bonuses;
    this.notices = notices;
    this.ready = ready;
    this.clock = clock;
    this.changed = changed;
  }

  /// Registers a customer. The first registration of a number credits the welcome bonus, in the
  /// same transaction; a number that had an account before gets no second one (EX-BAL-4).
  public Future<RegistrationResult> register(RegistrationOrder order) {
    return ready
        .apply(order.organisation())
        .compose(_ -> store.write(handle -> register(handle, order)))
        .onSuccess(result -> {
          if (result instanceof RegistrationResult.Registered) {
            changed.accept(order.organisation());
          }
        });
  }

  private RegistrationResult register(Handle handle, RegistrationOrder order) {
    Optional<Registration> own = open(handle, order.organisation());
    if (own.isPresent()) {
      return new RegistrationResult.AlreadyRegistered(own.get().key());
    }
    List<Registration> ofKey = list(handle, "WHERE org_key = :value", order.key().value());
    if (ofKey.stream().anyMatch(one -> one.closed().isEmpty())) {
      return new RegistrationResult.KeyTaken();
    }
    Instant now = Instant.ofEpochMilli(clock.millis());
    handle
        .createUpdate(
            """
            INSERT INTO billing.registration (
              id, organisation_id, org_key, legal_name, registered_at_ms, registered_by,
              open_organisation, open_key)
            VALUES (:id, :organisation, :key, :name, :at, :by, :organisation, :key)
            """)
        .bind("id", UUID.randomUUID().toString())
        .bind("organisation", order.organisation().value())
        .bind("key", order.key().value())
        .bind("name", order.legalName())
        .bind("at", now.toEpochMilli())
        .bind("by", order.by())
        .execute();
    if (ofKey.isEmpty()) {
      bonuses.credit(handle, order.organisation(), order.key(), now);
    }
    return new RegistrationResult.Registered(open(handle, order.organisation()).orElseThrow());
  }

  /// Closes a customer's account. His money stays where it is (SH-BAL-10).
  ///
  /// @param why 1 to 500 characters
  /// @return false if he is not registered
  public Future<Boolean> close(OrganisationId organisation, String why, String by) {
    Texts.require("why", why, 500);
    Texts.require("by", by, 100);
    return store
        .write(handle -> close(handle, organisation, why, by))
        .onSuccess(closed -> {
          if (closed) {
            changed.accept(organisation);
          }
        });
  }

  /// The same, inside the caller's transaction.
  public boolean close(Handle handle, OrganisationId organisation, String why, String by) {
    if (open(handle, organisation).isEmpty()) {
      return false;
    }
    Instant now = clock.instant();
    handle
        .createUpdate(
            """
            UPDATE billing.registration
            SET closed_at_ms = :at, closed_by = :by, closed_why = :why,
              open_organisation = NULL, open_key = NULL
            WHERE open_organisation = :organisation
            """)
        .bind("at", now.toEpochMilli())
        .bind("by", by)
        .bind("why", why)
        .bind("organisation", organisation.value())
        .execute();
    notices.tell(
        handle,
        organisation,
        CustomerNotice.of(
            CustomerNotice.Code.ACCOUNT_CLOSED,
            organisation + "/" + now.toEpochMilli(),
            Optional.empty(),
            Optional.empty()));
    return true;
  }

  /// A source of conversations was connected, which keeps a welcome bonus that had not lapsed at
  /// that moment (EX-BAL-1). Safe to repeat.
  ///
  /// @param at when it was connected, as it may be told later; not in the future
  /// @throws IllegalArgumentException if that is in the future
  public Future<Void> sourceConnected(OrganisationId organisation, Instant at) {
    if (at.isAfter(clock.instant())) {
      throw new IllegalArgumentException("at: a source cannot be connected in the future");
    }
    return ready
        .apply(organisation)
        .compose(_ ->
            store.write(handle -> {
              bonuses.keep(handle, organisation, WelcomeBonus.KeptBy.SOURCE, at);
              return 0;
            }))
        .onSuccess(_ -> changed.accept(organisation))
        .mapEmpty();
  }

  /// How a customer is registered now, or was the last time.
  public Future<Optional<Registration>> of(OrganisationId organisation) {
    return store.read(handle ->
        list(handle, "WHERE organisation_id = :value", organisation.value()).stream().findFirst());
  }

  /// What a first registration brings now (P-13).
  public Future<Tenge> bonusAmount() {
    return store.read(WelcomeBonuses::amount);
  }

  /// Warns of welcome bonuses that lapse in two days, and voids those whose time is over. Call it
  /// every half minute or so.
  Future<Void> sweep() {
    Instant now = clock.instant();
    return store
        .write(handle -> bonuses.sweep(handle, now))
        .onSuccess(touched -> touched.forEach(changed))
        .mapEmpty();
  }

  private static Optional<Registration> open(Handle handle, OrganisationId organisation) {
    return list(handle, "WHERE open_organisation = :value", organisation.value()).stream()
        .findFirst();
  }

  /// Newest first.
  private static List<Registration> list(Handle handle, String where, String value) {
    return handle
        .createQuery(COLUMNS + where + " ORDER BY registered_at_ms DESC, id")
        .bind("value", value)
        .map((row, _) -> registration(handle, row))
        .list();
  }

  private static Registration registration(Handle handle, ResultSet row) throws SQLException {
    long closedAt = row.getLong("closed_at_ms");
    Optional<Registration.Closing> closing =
        row.wasNull()
            ? Optional.empty()
            : Optional.of(
                new Registration.Closing(
                    Instant.ofEpochMilli(closedAt),
                    row.getString("closed_by"),
                    row.getString("closed_why")));
    OrganisationKey key = new OrganisationKey(row.getString("org_key"));
    return new Registration(
        new OrganisationId(row.getString("organisation_id")),
        key,
        row.getString("legal_name"),
        Instant.ofEpochMilli(row.getLong("registered_at_ms")),
        row.getString("registered_by"),
        closing,
        WelcomeBonuses.find(handle, key));
  }
}
