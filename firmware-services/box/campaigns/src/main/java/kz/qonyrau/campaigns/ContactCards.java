package kz.qonyrau.campaigns;

import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import kz.qonyrau.campaigns.ContactCard.Called;
import kz.qonyrau.campaigns.ContactCard.InCampaign;
import kz.qonyrau.campaigns.ContactCard.Listing;
import kz.qonyrau.store.Store;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.vocabulary.CallOutcome;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.vocabulary.ContactListId;
import kz.qonyrau.vocabulary.Msisdn;
import org.jdbi.v3.core.Handle;

/// Finds a number among all lists, and tells all that the box knows of one. Only reads, by indexes:
/// what it costs does not grow with the length of the lists, but with how many of them there are.
public final class ContactCards {

  /// So many campaigns and so many calls a card has.
  public static final int MOST = 100;

  private final Store store;
  private final HouseRules rules;
  private final InstantSource clock;
  private final KazakhNumbers numbers = new KazakhNumbers();

  /// The cards of a box.
  ///
  /// @param rules what the owner has set for all campaigns
  public ContactCards(Store store, HouseRules rules, InstantSource clock) {
    this.store = store;
    this.rules = rules;
    this.clock = clock;
  }

  /// Numbers that a search fits, those of the newest list first, each list's in their order.
  ///
  /// @param more whether there are others
  public record Found(List<Hit> hits, boolean more) {

    public Found {
      hits = List.copyOf(hits);
    }
  }

  /// A number that was found.
  ///
  /// @param lists where it stands, the newest first
  public record Hit(Msisdn number, List<ListName> lists) {

    public Hit {
      lists = List.copyOf(lists);
    }
  }

  /// A list as people know it.
  public record ListName(ContactListId id, String name) {}

  /// Looks for numbers in all lists that can be used.
  ///
  /// @param search how a number begins or ends, however it is written
  /// @param most how many numbers at most, 1 to 200
  /// @throws IllegalArgumentException if `most` is out of its range
  public Future<Found> find(String search, int most) {
    if (most < 1 || most > 200) {
      throw new IllegalArgumentException("1 to 200 numbers are found at once, not " + most);
    }
    NumberSearch wanted = NumberSearch.of(numbers.digitsOf(search));
    return store.read(handle -> {
      List<ListTable.Stored> lists = ready(handle);
      Set<Msisdn> found = new LinkedHashSet<>();
      for (ListTable.Stored list : lists) {
        found.addAll(ListTable.numbers(handle, list, wanted, most + 1));
        if (found.size() > most) {
          break;
        }
      }
      return new Found(
          found.stream()
              .limit(most)
              .map(number -> new Hit(number, namesOfListsWith(handle, number, lists)))
              .toList(),
          found.size() > most);
    });
  }

  private static List<ListName> namesOfListsWith(
      Handle handle, Msisdn number, List<ListTable.Stored> lists) {
    return lists.stream()
        .filter(list -> ListTable.contact(handle, list, number).isPresent())
        .map(list -> new ListName(list.list().id(), list.list().name()))
        .toList();
  }

  /// What is known of a number.
  public Future<ContactCard> card(Msisdn number) {
    Instant now = clock.instant();
    return store.read(handle ->
        new ContactCard(
            number,
            Suppressions.status(handle, number),
            listings(handle, number),
            Suppressions.of(handle, number),
            campaigns(handle, number),
            new Page<>(count(handle, number), calls(handle, number)),
            rules.cappedUntil(handle, number, now)));
  }

  /// What is stated of a number's consent, inside the caller's transaction: the lists that have it
  /// and for which somebody answers, the newest first.
  public List<ConsentStatement> consent(Handle handle, Msisdn number) {
    List<ConsentStatement> statements = new ArrayList<>();
    for (ListTable.Stored stored : ready(handle)) {
      ContactList list = stored.list();
      Optional<Attestation> attestation = list.attestation();
      if (attestation.isPresent() && ListTable.contact(handle, stored, number).isPresent()) {
        statements.add(new ConsentStatement(list.name(), list.createdAt(), attestation.get()));
      }
    }
    return statements;
  }

  private static List<ListTable.Stored> ready(Handle handle) {
    return ListTable.all(handle).stream()
        .filter(list -> list.list().state() == ContactList.State.READY)
        .toList();
  }

  private static List<Listing> listings(Handle handle, Msisdn number) {
    List<Listing> listings = new ArrayList<>();
    for (ListTable.Stored stored : ready(handle)) {
      ContactList list = stored.list();
      ListTable.contact(handle, stored, number)
          .ifPresent(contact ->
              listings.add(new Listing(list.id(), list.name(), contact, list.attestation())));
    }
    return listings;
  }

  private static List<InCampaign> campaigns(Handle handle, Msisdn number) {
    return handle
        .createQuery(
            """
            SELECT c.id, c.state AS campaign_state, c.campaign_no, r.number, r.dials, r.state,
                r.result, r.due_at_ms
            FROM campaign.campaign c
            JOIN campaign.recipient r ON r.campaign_no = c.campaign_no
            WHERE r.number = :number
            UNION ALL
            SELECT c.id, c.state AS campaign_state, c.campaign_no, r.number, r.dials, r.state,
                r.result, r.due_at_ms
            FROM campaign.campaign c
            JOIN campaign.recipient_other o ON o.campaign_no = c.campaign_no
            JOIN campaign.recipient r ON r.campaign_no = o.campaign_no AND r.seq = o.seq
            WHERE o.number = :number
            ORDER BY campaign_no DESC FETCH FIRST :most ROWS ONLY
            """)
        .bind("number", number.e164())
        .bind("most", MOST)
        .map((row, _) -> {
          CampaignState state = CampaignState.valueOf(row.getString("campaign_state"));
          return new InCampaign(
              new CampaignId(row.getString("id")),
              state,
              RecipientTable.recipient(row, state.isOver()));
        })
        .list();
  }

  private static long count(Handle handle, Msisdn number) {
    return handle
        .createQuery(
            """
            SELECT COUNT(*) FROM campaign.attempt
            WHERE number = :number AND state <> 'WITHDRAWN'
            """)
        .bind("number", number.e164())
        .mapTo(Long.class)
        .one();
  }

  private static List<Called> calls(Handle handle, Msisdn number) {
    return handle
        .createQuery(
            """
            SELECT c.id, a.call_id, a.started_at_ms, a.outcome, a.by_machine
            FROM campaign.attempt a
            JOIN campaign.campaign c ON c.campaign_no = a.campaign_no
            WHERE a.number = :number AND a.state <> 'WITHDRAWN'
            ORDER BY a.started_at_ms DESC FETCH FIRST :most ROWS ONLY
            """)
        .bind("number", number.e164())
        .bind("most", MOST)
        .map((row, _) ->
            new Called(
                new CampaignId(row.getString("id")),
                new Recipient.Try(
                    new CallId(row.getString("call_id")),
                    number,
                    Instant.ofEpochMilli(row.getLong("started_at_ms")),
                    Optional.ofNullable(row.getString("outcome")).map(CallOutcome::valueOf),
                    row.getBoolean("by_machine"))))
        .list();
  }
}
