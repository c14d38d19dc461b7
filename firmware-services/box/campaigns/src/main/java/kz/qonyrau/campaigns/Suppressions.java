package kz.qonyrau.campaigns;

import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import kz.qonyrau.store.Store;
import kz.qonyrau.vocabulary.Msisdn;
import org.jdbi.v3.core.Handle;

/// Numbers that no campaign may reach. An entry is effective before the next attempt to its number
/// (AC-CON-03, AC-CON-04).
public final class Suppressions {

  private final Store store;
  private final InstantSource clock;

  public Suppressions(Store store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /// A number that is left alone.
  ///
  /// @param status `WITHDRAWN` or `BLOCKED`
  /// @param source where that came from
  public record Entry(Msisdn number, Consent status, String source, Instant since) {}

  /// Adds an entry. A withdrawal does not replace a block.
  ///
  /// @param status `WITHDRAWN` or `BLOCKED`
  /// @param source 1 to 200 characters
  /// @return the entry in force
  /// @throws IllegalArgumentException if a value is out of its range
  public Future<Entry> add(Msisdn number, Consent status, String source) {
    if (status != Consent.WITHDRAWN && status != Consent.BLOCKED) {
      throw new IllegalArgumentException("not a reason to leave a number alone: " + status);
    }
    if (source.isBlank() || source.length() > 200) {
      throw new IllegalArgumentException("the source needs 1 to 200 characters");
    }
    return store.write(handle -> {
      Optional<Entry> present = find(handle, number);
      if (present.isPresent() && present.get().status() == Consent.BLOCKED) {
        return present.get();
      }
      Entry entry = new Entry(number, status, source, clock.instant());
      String sql =
          present.isPresent()
              ? """
              UPDATE campaign.suppression
              SET status = :status, source = :source, since_ms = :since
              WHERE number = :number
              """
              : """
              INSERT INTO campaign.suppression (number, status, source, since_ms)
              VALUES (:number, :status, :source, :since)
              """;
      handle
          .createUpdate(sql)
          .bind("number", number.e164())
          .bind("status", status.name())
          .bind("source", source)
          .bind("since", entry.since().toEpochMilli())
          .execute();
      return entry;
    });
  }

  /// Takes an entry away, because the subscriber has agreed again or a block was lifted.
  ///
  /// @return whether there was one
  public Future<Boolean> remove(Msisdn number) {
    return store.write(handle ->
        handle
                .createUpdate("DELETE FROM campaign.suppression WHERE number = :number")
                .bind("number", number.e164())
                .execute()
            > 0);
  }

  public Future<Optional<Entry>> find(Msisdn number) {
    return store.read(handle -> find(handle, number));
  }

  static Optional<Entry> find(Handle handle, Msisdn number) {
    return handle
        .createQuery(
            "SELECT status, source, since_ms FROM campaign.suppression WHERE number = :number")
        .bind("number", number.e164())
        .map((row, _) ->
            new Entry(
                number,
                Consent.valueOf(row.getString("status")),
                row.getString("source"),
                Instant.ofEpochMilli(row.getLong("since_ms"))))
        .findOne();
  }
}
