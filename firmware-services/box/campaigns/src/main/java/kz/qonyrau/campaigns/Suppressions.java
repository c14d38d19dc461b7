package kz.qonyrau.campaigns;

import io.vertx.core.Future;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import kz.qonyrau.store.Store;
import kz.qonyrau.vocabulary.Msisdn;
import org.jdbi.v3.core.Handle;

/// Numbers that no campaign may reach, by [BlockList]. An entry is effective before the next
/// attempt to its number (AC-CON-03, AC-CON-04).
public final class Suppressions {

  /// Most numbers that are added at once.
  public static final int MOST_AT_ONCE = 1000;

  /// How many of them are written in one transaction, so that others get their turn in between.
  private static final int TRANSACTION = 100;

  private final Store store;
  private final InstantSource clock;
  private final KazakhNumbers numbers = new KazakhNumbers();

  /// The block lists of a box.
  public Suppressions(Store store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /// Why a number is left alone.
  ///
  /// @param by the person's login, or what in the product did it
  public record Entry(Msisdn number, BlockList list, String reason, String by, Instant since) {}

  /// What became of numbers that were to be added.
  ///
  /// @param present those that stood in that list before; their entries stay as they were
  public record Added(int added, int present) {

    private Added plus(Added other) {
      return new Added(added + other.added, present + other.present);
    }
  }

  /// Adds numbers to a list. Repeating it adds nothing.
  ///
  /// @param some 1 to 1000; repetitions count once
  /// @param reason 1 to 200 characters
  /// @throws IllegalArgumentException if a value is out of its range
  public Future<Added> add(List<Msisdn> some, BlockList list, String reason, String by) {
    List<Msisdn> once = some.stream().distinct().toList();
    if (once.isEmpty() || once.size() > MOST_AT_ONCE) {
      throw new IllegalArgumentException(
          "1 to " + MOST_AT_ONCE + " numbers are added at once, not " + once.size());
    }
    requireReason(reason);
    Future<Added> sum = Future.succeededFuture(new Added(0, 0));
    for (int from = 0; from < once.size(); from += TRANSACTION) {
      List<Msisdn> part = once.subList(from, Math.min(from + TRANSACTION, once.size()));
      sum =
          sum.compose(before ->
              store
                  .write(handle -> {
                    int added = 0;
                    for (Msisdn number : part) {
                      Entry entry = new Entry(number, list, reason, by, clock.instant());
                      added += insert(handle, entry) ? 1 : 0;
                    }
                    return new Added(added, part.size() - added);
                  })
                  .map(before::plus));
    }
    return sum;
  }

  static void requireReason(String reason) {
    if (reason.isBlank() || reason.length() > 200) {
      throw new IllegalArgumentException("the reason needs 1 to 200 characters");
    }
  }

  /// Adds a number to a list inside the caller's transaction, unless it stands there already.
  ///
  /// @param reason 1 to 200 characters
  /// @return whether it was added
  public boolean block(Handle handle, Msisdn number, BlockList list, String reason, String by) {
    return insert(handle, new Entry(number, list, reason, by, clock.instant()));
  }

  /// Adds an entry, unless the number stands in that list already.
  ///
  /// @return whether it was added
  static boolean insert(Handle handle, Entry entry) {
    if (lists(handle, entry.number()).contains(entry.list())) {
      return false;
    }
    handle
        .createUpdate(
            """
            INSERT INTO campaign.suppression_entry (number, block_list, reason, added_by, since_ms)
            VALUES (:number, :list, :reason, :by, :since)
            """)
        .bind("number", entry.number().e164())
        .bind("list", entry.list().name())
        .bind("reason", entry.reason())
        .bind("by", entry.by())
        .bind("since", entry.since().toEpochMilli())
        .execute();
    refresh(handle, entry.number());
    return true;
  }

  /// Takes a number out of a list; it may be left alone for another all the same.
  ///
  /// @return whether it stood there
  public Future<Boolean> lift(Msisdn number, BlockList list) {
    return store.write(handle -> unblock(handle, number, list));
  }

  /// The same inside the caller's transaction.
  ///
  /// @return whether it stood there
  public boolean unblock(Handle handle, Msisdn number, BlockList list) {
    int rows =
        handle
            .createUpdate(
                """
                DELETE FROM campaign.suppression_entry
                WHERE number = :number AND block_list = :list
                """)
            .bind("number", number.e164())
            .bind("list", list.name())
            .execute();
    refresh(handle, number);
    return rows > 0;
  }

  private static List<BlockList> lists(Handle handle, Msisdn number) {
    return handle
        .createQuery("SELECT block_list FROM campaign.suppression_entry WHERE number = :number")
        .bind("number", number.e164())
        .mapTo(String.class)
        .map(BlockList::valueOf)
        .list();
  }

  /// A block weighs more than a withdrawal.
  private static void refresh(Handle handle, Msisdn number) {
    List<BlockList> lists = lists(handle, number);
    handle
        .createUpdate("DELETE FROM campaign.suppression WHERE number = :number")
        .bind("number", number.e164())
        .execute();
    if (lists.isEmpty()) {
      return;
    }
    boolean blocked = lists.stream().anyMatch(list -> list.status() == Consent.BLOCKED);
    handle
        .createUpdate("INSERT INTO campaign.suppression (number, status) VALUES (:number, :status)")
        .bind("number", number.e164())
        .bind("status", (blocked ? Consent.BLOCKED : Consent.WITHDRAWN).name())
        .execute();
  }

  /// A page of the entries, newest first.
  ///
  /// @param list empty for all
  /// @param search digits that the number contains, however they are written; blank for all
  /// @param page counted from 0
  /// @param size 1 to 1000
  public Future<Page<Entry>> page(Optional<BlockList> list, String search, int page, int size) {
    Page.require(page, size);
    String digits = numbers.digitsOf(search);
    if (digits.isEmpty() && !search.isBlank()) {
      return Future.succeededFuture(new Page<>(0, List.of()));
    }
    String where = " WHERE number LIKE :part AND (:list = '' OR block_list = :list)";
    String code = list.map(BlockList::name).orElse("");
    return store.read(handle ->
        new Page<>(
            handle
                .createQuery("SELECT COUNT(*) FROM campaign.suppression_entry" + where)
                .bind("part", "%" + digits + "%")
                .bind("list", code)
                .mapTo(Long.class)
                .one(),
            handle
                .createQuery(
                    "SELECT number, block_list, reason, added_by, since_ms"
                        + " FROM campaign.suppression_entry"
                        + where
                        + " ORDER BY since_ms DESC, number, block_list"
                        + " OFFSET :skip ROWS FETCH NEXT :size ROWS ONLY")
                .bind("part", "%" + digits + "%")
                .bind("list", code)
                .bind("skip", (long) page * size)
                .bind("size", size)
                .map((row, _) -> entry(row))
                .list()));
  }

  /// The entries behind one, by number and list: for whoever reads them all, since a page costs the
  /// same wherever it begins.
  ///
  /// @param last the last one of the page before; empty for the first ones
  /// @param size 1 to 1000
  public Future<List<Entry>> after(Optional<Entry> last, int size) {
    Page.require(0, size);
    return store.read(handle ->
        handle
            .createQuery(
                """
                SELECT number, block_list, reason, added_by, since_ms
                FROM campaign.suppression_entry
                WHERE number >= :number AND (number > :number OR block_list > :list)
                ORDER BY number, block_list FETCH FIRST :size ROWS ONLY
                """)
            .bind("number", last.map(entry -> entry.number().e164()).orElse(""))
            .bind("list", last.map(entry -> entry.list().name()).orElse(""))
            .bind("size", size)
            .map((row, _) -> entry(row))
            .list());
  }

  /// A number's entries, by list.
  static List<Entry> of(Handle handle, Msisdn number) {
    return handle
        .createQuery(
            """
            SELECT number, block_list, reason, added_by, since_ms
            FROM campaign.suppression_entry WHERE number = :number ORDER BY block_list
            """)
        .bind("number", number.e164())
        .map((row, _) -> entry(row))
        .list();
  }

  private static Entry entry(ResultSet row) throws SQLException {
    return new Entry(
        new Msisdn(row.getString("number")),
        BlockList.valueOf(row.getString("block_list")),
        row.getString("reason"),
        row.getString("added_by"),
        Instant.ofEpochMilli(row.getLong("since_ms")));
  }

  /// What somebody with these numbers said of himself, or the law says of him, at one of them: that
  /// he is to be left alone whichever of them is dialled. Empty if there is no such entry.
  static Optional<Consent> personal(Handle handle, List<Msisdn> numbers) {
    return numbers.stream()
        .flatMap(number -> lists(handle, number).stream())
        .filter(BlockList::isPersonal)
        .map(BlockList::status)
        .min(Comparator.comparing(status -> status != Consent.BLOCKED));
  }

  /// Why a number is to be left alone, `WITHDRAWN` or `BLOCKED`; empty if it may be called.
  static Optional<Consent> status(Handle handle, Msisdn number) {
    return handle
        .createQuery("SELECT status FROM campaign.suppression WHERE number = :number")
        .bind("number", number.e164())
        .mapTo(String.class)
        .map(Consent::valueOf)
        .findOne();
  }
}
