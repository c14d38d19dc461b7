package kz.qonyrau.console;

import io.vertx.core.Future;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import kz.qonyrau.store.Store;
import kz.qonyrau.vocabulary.AstanaTime;
import kz.qonyrau.vocabulary.Msisdn;
import kz.qonyrau.web.Passwords;
import org.jdbi.v3.core.Handle;

/// The own numbers of the people at this box, each proven by a code that a call said to it
/// (AC-CMP-08), kept in the schema CONSOLE. Of a code only its hash is kept.
///
/// May be used from any thread.
public final class OwnNumbers implements AutoCloseable {

  /// How long a code holds.
  static final Duration CODE_HOLDS = Duration.ofMinutes(10);

  /// So many wrong codes make one void.
  static final int MOST_TRIES = 5;

  /// So many codes a login is called with on one day of Astana.
  static final int MOST_CODES = 5;

  private static final int CODES = 1_000_000;

  private final Store store;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();
  private final Passwords hashes = new Passwords();

  public OwnNumbers(Store store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /// Somebody's own number.
  ///
  /// @param proven empty while he has none
  /// @param pending what he has not proven yet, perhaps beside one that he has
  /// @param codesLeft with how many more codes he can be called today
  record OwnNumber(Optional<Proven> proven, Optional<Pending> pending, int codesLeft) {}

  /// A number that somebody has shown to be his.
  record Proven(Msisdn number, Instant at) {}

  /// A number that was or is being called with a code.
  ///
  /// @param until when the code holds
  /// @param triesLeft 0 if it is void
  record Pending(Msisdn number, Instant until, int triesLeft) {}

  /// What became of the wish to be called with a code.
  sealed interface Begun {

    /// To be said to the number, or to be taken back with [#takeBack].
    ///
    /// @param code six digits, kept nowhere
    /// @param hash by which it is known here
    record Made(String code, String hash, Optional<Row> before) implements Begun {

      @Override
      public String toString() {
        return "Made[…]";
      }
    }

    /// There were so many today that there are no more.
    ///
    /// @param until when the day ends
    record TooMany(Instant until) implements Begun {}
  }

  /// What became of a code that somebody typed.
  sealed interface Proof {

    /// The number is his.
    record Done() implements Proof {}

    /// No code is waited for.
    record NothingPending() implements Proof {}

    /// It came too late.
    record Expired() implements Proof {}

    /// There were too many wrong ones.
    record Spent() implements Proof {}

    /// It is another one.
    record Wrong(int triesLeft) implements Proof {}
  }

  /// A row of the table as it is.
  record Row(
      Optional<Msisdn> number,
      Optional<Instant> provenAt,
      Optional<Msisdn> pending,
      Optional<String> hash,
      Optional<Instant> until,
      int tries,
      int sent,
      LocalDate day) {

    int sentOn(LocalDate today) {
      return day.equals(today) ? sent : 0;
    }
  }

  Future<OwnNumber> of(String login) {
    LocalDate today = today();
    return store
        .read(handle -> find(handle, login))
        .map(found ->
            new OwnNumber(
                found.flatMap(row ->
                    row.number()
                        .map(number -> new Proven(number, row.provenAt().orElse(Instant.EPOCH)))),
                found.flatMap(row ->
                    row.pending()
                        .map(number ->
                            new Pending(
                                number,
                                row.until().orElse(Instant.EPOCH),
                                Math.max(0, MOST_TRIES - row.tries())))),
                Math.max(0, MOST_CODES - found.map(row -> row.sentOn(today)).orElse(0))));
  }

  /// Makes a code for a number, which replaces the one before. A number that is proven stays until
  /// the new one is.
  Future<Begun> begin(String login, Msisdn number) {
    String code = String.format(Locale.ROOT, "%06d", random.nextInt(CODES));
    return hashes
        .hash(code)
        .compose(hash ->
            store.write(handle -> {
              LocalDate today = today();
              Optional<Row> before = find(handle, login);
              int sent = before.map(row -> row.sentOn(today)).orElse(0);
              if (sent >= MOST_CODES) {
                return new Begun.TooMany(AstanaTime.instantOf(today.plusDays(1).atStartOfDay()));
              }
              put(
                  handle,
                  login,
                  new Row(
                      before.flatMap(Row::number),
                      before.flatMap(Row::provenAt),
                      Optional.of(number),
                      Optional.of(hash),
                      Optional.of(clock.instant().plus(CODE_HOLDS)),
                      0,
                      sent + 1,
                      today));
              return (Begun) new Begun.Made(code, hash, before);
            }));
  }

  /// As if a code that nobody was called with had not been made; unless there is another one since.
  Future<Void> takeBack(String login, Begun.Made made) {
    return store
        .write(handle -> {
          Optional<Row> now = find(handle, login);
          if (now.flatMap(Row::hash).equals(Optional.of(made.hash()))) {
            remove(handle, login);
            made.before().ifPresent(row -> put(handle, login, row));
          }
          return true;
        })
        .mapEmpty();
  }

  /// Takes a code from whoever heard it. It is counted before it is looked at, so that tries that
  /// come at once are no more than those that come one after the other.
  Future<Proof> prove(String login, String code) {
    return store
        .write(handle -> {
          Optional<Row> row = find(handle, login).filter(found -> found.hash().isPresent());
          if (row.isEmpty()) {
            return Optional.<Row>empty();
          }
          if (row.get().tries() < MOST_TRIES) {
            handle
                .createUpdate(
                    "UPDATE console.own_number SET tries = tries + 1 WHERE login = :login")
                .bind("login", login)
                .execute();
          }
          return row;
        })
        .compose(row ->
            row.map(found -> judged(login, code, found))
                .orElseGet(() -> Future.succeededFuture(new Proof.NothingPending())));
  }

  private Future<Proof> judged(String login, String code, Row row) {
    if (row.tries() >= MOST_TRIES) {
      return Future.succeededFuture(new Proof.Spent());
    }
    if (!clock.instant().isBefore(row.until().orElse(Instant.EPOCH))) {
      return Future.succeededFuture(new Proof.Expired());
    }
    String hash = row.hash().orElseThrow();
    return hashes
        .matches(code, hash)
        .compose(right ->
            right
                ? proven(login, hash)
                : Future.succeededFuture(new Proof.Wrong(MOST_TRIES - row.tries() - 1)));
  }

  private Future<Proof> proven(String login, String hash) {
    return store.write(handle -> {
      int rows =
          handle
              .createUpdate(
                  """
                  UPDATE console.own_number
                  SET number = pending_number, proven_at_ms = :now, pending_number = NULL,
                    code_hash = NULL, code_until_ms = NULL, tries = 0
                  WHERE login = :login AND code_hash = :hash
                  """)
              .bind("now", clock.instant().toEpochMilli())
              .bind("login", login)
              .bind("hash", hash)
              .execute();
      return rows == 1 ? new Proof.Done() : new Proof.NothingPending();
    });
  }

  /// Forgets somebody's number, and the one he was about to prove. How many codes he was called
  /// with today stays.
  Future<Void> forget(String login) {
    return store
        .write(handle ->
            handle
                .createUpdate(
                    """
                    UPDATE console.own_number
                    SET number = NULL, proven_at_ms = NULL, pending_number = NULL,
                      code_hash = NULL, code_until_ms = NULL, tries = 0
                    WHERE login = :login
                    """)
                .bind("login", login)
                .execute())
        .mapEmpty();
  }

  /// When codes are to be had again that were used up today.
  Instant tomorrow() {
    return AstanaTime.instantOf(today().plusDays(1).atStartOfDay());
  }

  private LocalDate today() {
    return AstanaTime.dateOf(clock.instant());
  }

  private static Optional<Row> find(Handle handle, String login) {
    return handle
        .createQuery(
            """
            SELECT number, proven_at_ms, pending_number, code_hash, code_until_ms, tries,
              codes_sent, codes_day
            FROM console.own_number WHERE login = :login
            """)
        .bind("login", login)
        .map((row, _) ->
            new Row(
                number(row, "number"),
                instant(row, "proven_at_ms"),
                number(row, "pending_number"),
                Optional.ofNullable(row.getString("code_hash")),
                instant(row, "code_until_ms"),
                row.getInt("tries"),
                row.getInt("codes_sent"),
                LocalDate.parse(row.getString("codes_day"))))
        .findOne();
  }

  private static Optional<Msisdn> number(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getString(column)).map(Msisdn::new);
  }

  private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }

  private static void put(Handle handle, String login, Row row) {
    remove(handle, login);
    handle
        .createUpdate(
            """
            INSERT INTO console.own_number (login, number, proven_at_ms, pending_number,
              code_hash, code_until_ms, tries, codes_sent, codes_day)
            VALUES (:login, :number, :proven, :pending, :hash, :until, :tries, :sent, :day)
            """)
        .bind("login", login)
        .bind("number", row.number().map(Msisdn::e164).orElse(null))
        .bind("proven", row.provenAt().map(Instant::toEpochMilli).orElse(null))
        .bind("pending", row.pending().map(Msisdn::e164).orElse(null))
        .bind("hash", row.hash().orElse(null))
        .bind("until", row.until().map(Instant::toEpochMilli).orElse(null))
        .bind("tries", row.tries())
        .bind("sent", row.sent())
        .bind("day", row.day().toString())
        .execute();
  }

  private static void remove(Handle handle, String login) {
    handle
        .createUpdate("DELETE FROM console.own_number WHERE login = :login")
        .bind("login", login)
        .execute();
  }

  @Override
  public void close() {
    hashes.close();
  }
}
