package kz.qonyrau.campaigns;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import kz.qonyrau.vocabulary.Msisdn;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/// The statements about further numbers of the contacts of a list.
final class OtherNumberTable {

  private OtherNumberTable() {}

  static void add(Handle handle, long listNo, List<ListTable.NewContact> contacts) {
    PreparedBatch batch =
        handle.prepareBatch(
            """
            INSERT INTO campaign.other_number (list_no, seq, place, number, backwards)
            VALUES (?, ?, ?, ?, ?)
            """);
    for (ListTable.NewContact contact : contacts) {
      int place = 2;
      for (Msisdn number : contact.others()) {
        batch
            .bind(0, listNo)
            .bind(1, contact.seq())
            .bind(2, place++)
            .bind(3, number.e164())
            .bind(4, NumberSearch.backwards(number))
            .add();
      }
    }
    if (batch.size() > 0) {
      batch.execute();
    }
  }

  /// Those of the contacts after `after` up to `last`, in their order, by the contact.
  static Map<Integer, List<Msisdn>> of(Handle handle, long listNo, long after, long last) {
    return handle
        .createQuery(
            """
            SELECT seq, number FROM campaign.other_number
            WHERE list_no = :list AND seq > :after AND seq <= :last
            ORDER BY seq, place
            """)
        .bind("list", listNo)
        .bind("after", after)
        .bind("last", last)
        .map((row, _) -> Map.entry(row.getInt("seq"), new Msisdn(row.getString("number"))))
        .stream()
        .collect(groupingBy(Map.Entry::getKey, mapping(Map.Entry::getValue, toList())));
  }

  /// The contact who has this number beside his first one.
  static Optional<Integer> contactWith(Handle handle, long listNo, Msisdn number) {
    return handle
        .createQuery(
            "SELECT seq FROM campaign.other_number WHERE list_no = :list AND number = :number")
        .bind("list", listNo)
        .bind("number", number.e164())
        .mapTo(Integer.class)
        .findOne();
  }
}
