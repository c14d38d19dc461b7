package kz.qonyrau.campaigns;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import kz.qonyrau.vocabulary.ContactListId;
import kz.qonyrau.vocabulary.Msisdn;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.PreparedBatch;

/// The statements about contact lists.
final class ListTable {

  /// How many rows go or come at once. A thousand take the writer about a tenth of a second.
  static final int BATCH = 1000;

  private ListTable() {}

  /// A list with what only this module sees.
  record Stored(long listNo, String state, ContactList list) {

    boolean isDeleted() {
      return state.equals("DELETED");
    }
  }

  record NewContact(int seq, Msisdn number, List<Msisdn> others, String variables) {}

  record NewReject(int seq, Reject reject) {}

  record Counts(
      long contacts,
      long duplicates,
      long rejected,
      long otherNumbers,
      long leftOut,
      long linesRead,
      long bytesRead) {}

  private static final RowMapper<Stored> STORED = (row, _) -> stored(row);

  private static Stored stored(ResultSet row) throws SQLException {
    String state = row.getString("state");
    long bytesTotal = row.getLong("bytes_total");
    ContactList.State shown =
        state.equals("DELETED") ? ContactList.State.FAILED : ContactList.State.valueOf(state);
    return new Stored(
        row.getLong("list_no"),
        state,
        new ContactList(
            new ContactListId(row.getString("id")),
            row.getString("name"),
            shown,
            Optional.of(row.getString("failure")).filter(text -> !text.isEmpty()),
            Instant.ofEpochMilli(row.getLong("created_at_ms")),
            row.getString("created_by"),
            row.getLong("contacts"),
            row.getLong("duplicates"),
            row.getLong("rejected"),
            row.getLong("other_numbers"),
            row.getLong("left_out"),
            row.getLong("lines_read"),
            shown == ContactList.State.READY || bytesTotal == 0
                ? 1
                : Math.min(1, (double) row.getLong("bytes_read") / bytesTotal),
            Variables.read(row.getString("variables")),
            attestation(row)));
  }

  private static Optional<Attestation> attestation(ResultSet row) throws SQLException {
    String origin = row.getString("origin");
    return origin == null
        ? Optional.empty()
        : Optional.of(
            new Attestation(
                origin,
                LocalDate.parse(row.getString("collected_from")),
                LocalDate.parse(row.getString("collected_to")),
                row.getBoolean("for_calls"),
                row.getBoolean("for_messages"),
                row.getString("stated_by"),
                Instant.ofEpochMilli(row.getLong("stated_at_ms"))));
  }

  static Optional<Stored> find(Handle handle, ContactListId id) {
    return handle
        .createQuery("SELECT * FROM campaign.contact_list WHERE id = :id")
        .bind("id", id.value())
        .map(STORED)
        .findOne();
  }

  static List<Stored> all(Handle handle) {
    return handle
        .createQuery(
            "SELECT * FROM campaign.contact_list WHERE state <> 'DELETED' ORDER BY list_no DESC")
        .map(STORED)
        .list();
  }

  static List<Stored> inState(Handle handle, String state) {
    return handle
        .createQuery("SELECT * FROM campaign.contact_list WHERE state = :state ORDER BY list_no")
        .bind("state", state)
        .map(STORED)
        .list();
  }

  static void insert(Handle handle, ImportRequest request, Instant at, long bytesTotal) {
    handle
        .createUpdate(
            """
            INSERT INTO campaign.contact_list (
                id, name, state, failure, created_at_ms, created_by, contacts, duplicates,
                rejected, other_numbers, left_out, lines_read, bytes_read, bytes_total,
                variables, for_calls,
                for_messages)
            VALUES (
                :id, :name, 'IMPORTING', '', :at, :by, 0, 0, 0, 0, 0, 0, 0, :bytes, :variables,
                FALSE, FALSE)
            """)
        .bind("id", request.list().value())
        .bind("name", request.name())
        .bind("at", at.toEpochMilli())
        .bind("by", request.by())
        .bind("bytes", bytesTotal)
        .bind("variables", keys(request.options()))
        .execute();
  }

  /// Makes a list that failed ready for another import.
  static void restart(Handle handle, long listNo, ImportRequest request, long bytesTotal) {
    handle
        .createUpdate(
            """
            UPDATE campaign.contact_list
            SET name = :name, state = 'IMPORTING', failure = '', contacts = 0, duplicates = 0,
                rejected = 0, other_numbers = 0, left_out = 0, lines_read = 0, bytes_read = 0, bytes_total = :bytes,
                variables = :variables
            WHERE list_no = :list
            """)
        .bind("name", request.name())
        .bind("bytes", bytesTotal)
        .bind("variables", keys(request.options()))
        .bind("list", listNo)
        .execute();
  }

  private static String keys(ImportOptions options) {
    return Variables.write(
        options.variableColumns().stream().map(column -> column.variable().orElseThrow()).toList());
  }

  static void addContacts(Handle handle, long listNo, Consent consent, List<NewContact> contacts) {
    if (contacts.isEmpty()) {
      return;
    }
    PreparedBatch batch =
        handle.prepareBatch(
            """
            INSERT INTO campaign.contact (
              list_no, seq, number, backwards, consent_calls, variables)
            VALUES (?, ?, ?, ?, ?, ?)
            """);
    for (NewContact contact : contacts) {
      batch
          .bind(0, listNo)
          .bind(1, contact.seq())
          .bind(2, contact.number().e164())
          .bind(3, NumberSearch.backwards(contact.number()))
          .bind(4, consent.name())
          .bind(5, contact.variables())
          .add();
    }
    batch.execute();
    OtherNumberTable.add(handle, listNo, contacts);
  }

  static void addRejects(Handle handle, long listNo, List<NewReject> rejects) {
    if (rejects.isEmpty()) {
      return;
    }
    PreparedBatch batch =
        handle.prepareBatch(
            """
            INSERT INTO campaign.reject (list_no, seq, line, code, detail, text, taken)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """);
    for (NewReject reject : rejects) {
      batch
          .bind(0, listNo)
          .bind(1, reject.seq())
          .bind(2, reject.reject().line())
          .bind(3, reject.reject().code().name())
          .bind(4, reject.reject().detail())
          .bind(5, reject.reject().text())
          .bind(6, reject.reject().taken())
          .add();
    }
    batch.execute();
  }

  static void count(Handle handle, long listNo, Counts counts) {
    handle
        .createUpdate(
            """
            UPDATE campaign.contact_list
            SET contacts = :contacts, duplicates = :duplicates, rejected = :rejected,
                other_numbers = :others, left_out = :leftOut, lines_read = :lines, bytes_read = :bytes
            WHERE list_no = :list
            """)
        .bind("contacts", counts.contacts())
        .bind("duplicates", counts.duplicates())
        .bind("rejected", counts.rejected())
        .bind("others", counts.otherNumbers())
        .bind("leftOut", counts.leftOut())
        .bind("lines", counts.linesRead())
        .bind("bytes", counts.bytesRead())
        .bind("list", listNo)
        .execute();
  }

  static void setState(Handle handle, long listNo, String state, String failure) {
    handle
        .createUpdate(
            """
            UPDATE campaign.contact_list SET state = :state, failure = :failure
            WHERE list_no = :list
            """)
        .bind("state", state)
        .bind("failure", failure)
        .bind("list", listNo)
        .execute();
  }

  static void rename(Handle handle, long listNo, String name) {
    handle
        .createUpdate("UPDATE campaign.contact_list SET name = :name WHERE list_no = :list")
        .bind("name", name)
        .bind("list", listNo)
        .execute();
  }

  static void attest(Handle handle, long listNo, Attestation attestation) {
    handle
        .createUpdate(
            """
            UPDATE campaign.contact_list
            SET origin = :origin, collected_from = :from, collected_to = :to,
                for_calls = :calls, for_messages = :messages, stated_by = :by,
                stated_at_ms = :at
            WHERE list_no = :list
            """)
        .bind("origin", attestation.origin())
        .bind("from", attestation.collectedFrom().toString())
        .bind("to", attestation.collectedTo().toString())
        .bind("calls", attestation.forCalls())
        .bind("messages", attestation.forMessages())
        .bind("by", attestation.statedBy())
        .bind("at", attestation.statedAt().toEpochMilli())
        .bind("list", listNo)
        .execute();
  }

  /// Deletes some of the rows of a list.
  ///
  /// @return whether there may be more
  static boolean purgeSome(Handle handle, long listNo) {
    return purgeSome(handle, listNo, "campaign.contact")
        || purgeSome(handle, listNo, "campaign.other_number")
        || purgeSome(handle, listNo, "campaign.reject");
  }

  private static boolean purgeSome(Handle handle, long listNo, String table) {
    Optional<Integer> first =
        handle
            .createQuery("SELECT MIN(seq) FROM " + table + " WHERE list_no = :list")
            .bind("list", listNo)
            .mapTo(Integer.class)
            .findOne();
    if (first.isEmpty()) {
      return false;
    }
    handle
        .createUpdate(
            "DELETE FROM " + table + " WHERE list_no = :list AND seq >= :from AND seq < :to")
        .bind("list", listNo)
        .bind("from", first.get())
        .bind("to", first.get() + BATCH)
        .execute();
    return true;
  }

  static void remove(Handle handle, long listNo) {
    handle
        .createUpdate("DELETE FROM campaign.contact_list WHERE list_no = :list")
        .bind("list", listNo)
        .execute();
  }

  static List<Contact> contacts(Handle handle, Stored list, long after, int size) {
    return listed(handle, list, after, size).stream().map(ListedContact::contact).toList();
  }

  /// The contacts behind a row, by row.
  static List<ListedContact> listed(Handle handle, Stored list, long after, int size) {
    Map<Integer, List<Msisdn>> others =
        list.list().otherNumbers() == 0
            ? Map.of()
            : OtherNumberTable.of(handle, list.listNo(), after, after + size);
    return handle
        .createQuery(
            """
            SELECT c.seq, c.number, c.consent_calls, c.variables, s.status
            FROM campaign.contact c LEFT JOIN campaign.suppression s ON s.number = c.number
            WHERE c.list_no = :list AND c.seq > :after AND c.seq <= :last
            ORDER BY c.seq
            """)
        .bind("list", list.listNo())
        .bind("after", after)
        .bind("last", after + size)
        .map((row, _) ->
            listed(row, others.getOrDefault(row.getInt("seq"), List.of()), list.list().variables()))
        .list()
        .stream()
        .map(one -> asHeSaid(handle, one))
        .toList();
  }

  /// The contacts that a search fits, in the order of their numbers; of very many, some.
  static Page<Contact> search(Handle handle, Stored list, NumberSearch search, int skip, int size) {
    Map<Msisdn, Contact> found = new LinkedHashMap<>();
    for (Msisdn number : numbers(handle, list, search, NumberSearch.MOST)) {
      // One by one: for several at once, Derby would read the whole list.
      contact(handle, list, number).ifPresent(contact -> found.put(contact.number(), contact));
    }
    return new Page<>(found.size(), found.values().stream().skip(skip).limit(size).toList());
  }

  /// Some of the numbers of a list that a search fits, first and other ones, in their order. Each
  /// statement asks for nothing but what its index holds; for more, Derby would read the whole
  /// list.
  static NavigableSet<Msisdn> numbers(Handle handle, Stored list, NumberSearch search, int most) {
    NavigableSet<Msisdn> found = new TreeSet<>(Comparator.comparing(Msisdn::e164));
    List<String> tables =
        list.list().otherNumbers() == 0
            ? List.of("campaign.contact")
            : List.of("campaign.contact", "campaign.other_number");
    for (NumberSearch.Range range : search.ranges()) {
      for (String table : tables) {
        if (found.size() < most) {
          addNumbers(handle, list.listNo(), table, range, most - found.size(), found);
        }
      }
    }
    return found;
  }

  private static void addNumbers(
      Handle handle,
      long listNo,
      String table,
      NumberSearch.Range range,
      int most,
      NavigableSet<Msisdn> found) {
    String column = range.backwards() ? "backwards" : "number";
    handle
        .createQuery(
            """
            SELECT %1$s FROM %2$s
            WHERE list_no = :list AND %1$s >= :from AND %1$s < :to
            ORDER BY %1$s FETCH FIRST :most ROWS ONLY
            """
                .formatted(column, table))
        .bind("list", listNo)
        .bind("from", range.from())
        .bind("to", range.to())
        .bind("most", most)
        .mapTo(String.class)
        .forEach(
            key -> found.add(range.backwards() ? NumberSearch.forwards(key) : new Msisdn(key)));
  }

  /// Who has a number in a list: as his first one, else as another one.
  static Optional<Contact> contact(Handle handle, Stored list, Msisdn number) {
    return contact(handle, list, "number", number.e164())
        .or(() ->
            OtherNumberTable.contactWith(handle, list.listNo(), number)
                .flatMap(seq -> contact(handle, list, "seq", seq)));
  }

  private static Optional<Contact> contact(
      Handle handle, Stored list, String column, Object value) {
    return handle
        .createQuery(
            """
            SELECT c.seq, c.number, c.consent_calls, c.variables, s.status
            FROM campaign.contact c LEFT JOIN campaign.suppression s ON s.number = c.number
            WHERE c.list_no = :list AND c.%s = :value
            """
                .formatted(column))
        .bind("list", list.listNo())
        .bind("value", value)
        .map((row, _) -> listed(row, List.of(), list.list().variables()))
        .findOne()
        .map(one -> asHeSaid(handle, withOthers(handle, list, one)).contact());
  }

  private static ListedContact withOthers(Handle handle, Stored list, ListedContact one) {
    Contact contact = one.contact();
    List<Msisdn> others =
        OtherNumberTable.of(handle, list.listNo(), one.row() - 1L, one.row())
            .getOrDefault(one.row(), List.of());
    return new ListedContact(
        one.row(),
        one.stated(),
        new Contact(contact.number(), others, contact.calls(), contact.variables()));
  }

  private static ListedContact listed(ResultSet row, List<Msisdn> others, List<String> keys)
      throws SQLException {
    String status = row.getString("status");
    Consent stated = Consent.valueOf(row.getString("consent_calls"));
    return new ListedContact(
        row.getInt("seq"),
        stated,
        new Contact(
            new Msisdn(row.getString("number")),
            others,
            status == null ? stated : Consent.valueOf(status),
            Variables.byKey(keys, row.getString("variables"))));
  }

  /// The same with what the contact said of himself at another of his numbers.
  private static ListedContact asHeSaid(Handle handle, ListedContact one) {
    Contact contact = one.contact();
    if (contact.others().isEmpty()
        || contact.calls() == Consent.WITHDRAWN
        || contact.calls() == Consent.BLOCKED) {
      return one;
    }
    return Suppressions.personal(handle, contact.others())
        .map(said ->
            new ListedContact(
                one.row(),
                one.stated(),
                new Contact(contact.number(), contact.others(), said, contact.variables())))
        .orElse(one);
  }

  static List<Reject> rejects(Handle handle, long listNo, long after, int size) {
    return handle
        .createQuery(
            """
            SELECT line, code, detail, text, taken FROM campaign.reject
            WHERE list_no = :list AND seq > :after AND seq <= :last
            ORDER BY seq
            """)
        .bind("list", listNo)
        .bind("after", after)
        .bind("last", after + size)
        .map((row, _) ->
            new Reject(
                row.getLong("line"),
                RejectCode.valueOf(row.getString("code")),
                row.getString("detail"),
                row.getString("text"),
                row.getBoolean("taken")))
        .list();
  }
}
