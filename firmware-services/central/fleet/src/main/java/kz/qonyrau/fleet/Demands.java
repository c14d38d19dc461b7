package kz.qonyrau.fleet;

import io.vertx.core.Future;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import kz.qonyrau.billing.CustomerNotice;
import kz.qonyrau.billing.CustomerNotices;
import kz.qonyrau.billing.Registrations;
import kz.qonyrau.store.Store;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.OrganisationId;
import kz.qonyrau.wire.SuspensionScope;
import org.jdbi.v3.core.Handle;

/// The provider may first demand that a customer suspends or closes his account himself; what is
/// not done in time the provider does (SH-SUS-04).
public final class Demands {

  private static final String BY = "demand";
  private static final String COLUMNS =
      """
      SELECT id, organisation_id, what, ground, note, demanded_at_ms, demanded_by, until_ms, state,
        decided_at_ms, decided_by, decision_note
      FROM fleet.demand
      """;

  private final Store store;
  private final CustomerNotices notices;
  private final Suspensions suspensions;
  private final Registrations registrations;
  private final InstantSource clock;
  private final Consumer<OrganisationId> changed;

  Demands(
      Store store,
      CustomerNotices notices,
      Suspensions suspensions,
      Registrations registrations,
      InstantSource clock,
      Consumer<OrganisationId> changed) {
    this.store = store;
    this.notices = notices;
    this.suspensions = suspensions;
    this.registrations = registrations;
    this.clock = clock;
    this.changed = changed;
  }

  /// Demands something, and tells the customer.
  ///
  /// @param until after now
  /// @param note for the customer, 1 to 500 characters
  /// @param by the admin
  /// @return the demand; empty if there is no such customer
  /// @throws IllegalArgumentException if a value is out of range
  public Future<Optional<Demand>> make(
      OrganisationId organisation,
      Demand.What what,
      SuspensionGround ground,
      String note,
      Instant until,
      String by) {
    Texts.require("note", note, 500);
    Texts.require("by", by, 100);
    Instant now = clock.instant();
    if (!until.isAfter(now)) {
      throw new IllegalArgumentException("until: later than now");
    }
    String id = UUID.randomUUID().toString();
    return store
        .write(handle -> {
          if (Boxes.customers(handle, Optional.of(organisation)).isEmpty()) {
            return Optional.<Demand>empty();
          }
          handle
              .createUpdate(
                  """
                  INSERT INTO fleet.demand (
                    id, organisation_id, what, ground, note, demanded_at_ms, demanded_by,
                    until_ms, state)
                  VALUES (
                    :id, :organisation, :what, :ground, :note, :now, :by, :until, 'OPEN')
                  """)
              .bind("id", id)
              .bind("organisation", organisation.value())
              .bind("what", what.name())
              .bind("ground", ground.name())
              .bind("note", note)
              .bind("now", now.toEpochMilli())
              .bind("by", by)
              .bind("until", until.toEpochMilli())
              .execute();
          notices.tell(
              handle,
              organisation,
              CustomerNotice.of(
                  what == Demand.What.SUSPEND
                      ? CustomerNotice.Code.DEMAND_SUSPEND
                      : CustomerNotice.Code.DEMAND_CLOSE,
                  id,
                  Optional.empty(),
                  Optional.of(until)));
          return find(handle, id);
        })
        .onSuccess(made -> {
          if (made.isPresent()) {
            changed.accept(organisation);
          }
        });
  }

  /// Ends an open demand: the customer has done it, or it is not demanded any more.
  ///
  /// @param state [Demand.State#MET] or [Demand.State#WITHDRAWN]
  /// @param note why, 1 to 500 characters
  /// @return false if there is no such demand, or it is not open
  public Future<Boolean> end(String id, Demand.State state, String note, String by) {
    Texts.require("note", note, 500);
    Texts.require("by", by, 100);
    if (state != Demand.State.MET && state != Demand.State.WITHDRAWN) {
      throw new IllegalArgumentException("state: MET or WITHDRAWN");
    }
    return store.write(handle -> decide(handle, id, state, note, by));
  }

  private boolean decide(Handle handle, String id, Demand.State state, String note, String by) {
    return handle
            .createUpdate(
                """
                UPDATE fleet.demand
                SET state = :state, decided_at_ms = :now, decided_by = :by, decision_note = :note
                WHERE id = :id AND state = 'OPEN'
                """)
            .bind("state", state.name())
            .bind("now", clock.millis())
            .bind("by", by)
            .bind("note", note)
            .bind("id", id)
            .execute()
        > 0;
  }

  /// What was demanded of a customer, newest first.
  public Future<List<Demand>> of(OrganisationId organisation) {
    return store.read(handle ->
        handle
            .createQuery(
                COLUMNS + "WHERE organisation_id = :organisation ORDER BY demanded_at_ms DESC, id")
            .bind("organisation", organisation.value())
            .map((row, _) -> demand(row))
            .list());
  }

  /// Carries out what customers had not done in time.
  Future<Void> sweep() {
    Instant now = clock.instant();
    return store
        .write(handle -> {
          List<OrganisationId> moved = new ArrayList<>();
          for (Demand demand : overdue(handle, now)) {
            carryOut(handle, demand);
            moved.add(demand.organisation());
          }
          return moved;
        })
        .onSuccess(moved -> moved.forEach(changed))
        .mapEmpty();
  }

  private void carryOut(Handle handle, Demand demand) {
    for (BoxAccount account : BoxAccount.of(handle, demand.organisation())) {
      if (!account.refused()) {
        suspendAll(handle, account.box(), demand);
      }
    }
    if (demand.what() == Demand.What.CLOSE) {
      // Where he is not registered, or has closed it himself, nothing is left to close.
      var _ =
          registrations.close(
              handle, demand.organisation(), demand.ground() + ": " + demand.note(), BY);
    }
    var _ = decide(handle, demand.id(), Demand.State.CARRIED_OUT, "not done in time", BY);
  }

  private void suspendAll(Handle handle, BoxId box, Demand demand) {
    var _ =
        suspensions.suspend(
            handle, box, new SuspensionScope.Everything(), demand.ground(), demand.note(), BY);
  }

  private static List<Demand> overdue(Handle handle, Instant now) {
    return handle
        .createQuery(COLUMNS + "WHERE state = 'OPEN' AND until_ms <= :now ORDER BY until_ms, id")
        .bind("now", now.toEpochMilli())
        .map((row, _) -> demand(row))
        .list();
  }

  private static Optional<Demand> find(Handle handle, String id) {
    return handle
        .createQuery(COLUMNS + "WHERE id = :id")
        .bind("id", id)
        .map((row, _) -> demand(row))
        .findOne();
  }

  private static Demand demand(ResultSet row) throws SQLException {
    long decidedAt = row.getLong("decided_at_ms");
    Optional<Demand.Decision> decision =
        row.wasNull()
            ? Optional.empty()
            : Optional.of(
                new Demand.Decision(
                    Instant.ofEpochMilli(decidedAt),
                    row.getString("decided_by"),
                    row.getString("decision_note")));
    return new Demand(
        row.getString("id"),
        new OrganisationId(row.getString("organisation_id")),
        Demand.What.valueOf(row.getString("what")),
        SuspensionGround.valueOf(row.getString("ground")),
        row.getString("note"),
        Instant.ofEpochMilli(row.getLong("demanded_at_ms")),
        row.getString("demanded_by"),
        Instant.ofEpochMilli(row.getLong("until_ms")),
        Demand.State.valueOf(row.getString("state")),
        decision);
  }
}
