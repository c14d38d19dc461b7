package kz.qonyrau.console;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import kz.qonyrau.calls.Bill;
import kz.qonyrau.calls.Calls;
import kz.qonyrau.calls.Charges;
import kz.qonyrau.ledger.Account;
import kz.qonyrau.ledger.Ledger;
import kz.qonyrau.ledger.Movement;
import kz.qonyrau.ledger.Span;
import kz.qonyrau.ledger.Tally;
import kz.qonyrau.ledger.Turnover;
import kz.qonyrau.ledger.Walk;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.vocabulary.Tenge;
import kz.qonyrau.web.Problem;

/// Puts statements together: the movements from the ledger, what each was for from the calls and
/// the campaigns (SH-BAL-03). What is asked up to one row of the book agrees with everything else
/// that is asked up to it.
final class Statements {

  /// A text that fits more movements than this says too little.
  static final int MOST_NAMED = 500;

  private static final int PIECE = 500;

  private final Ledger ledger;
  private final Account account;
  private final Charges charges;
  private final CampaignNames names;

  Statements(Ledger ledger, Calls calls, CampaignNames names) {
    this.ledger = ledger;
    this.account = ledger.account(Calls.PAYER);
    this.charges = calls.charges();
    this.names = names;
  }

  /// The newest row of the book.
  long newest() {
    return ledger.head().await().rows();
  }

  /// The sums of the period, whatever else is asked for.
  ///
  /// @param found what the query finds, by [#tally]
  Turnover turnover(StatementQuery query, long upTo, Tally found) {
    if (query.isNarrow()) {
      return account.turnover(query.span(), upTo).await();
    }
    // All that the period has is added up already; only what came after it is not.
    Span later = new Span(query.span().until(), Span.ALWAYS.until());
    Tenge closing = account.turnover(later, upTo).await().opening();
    Tenge opening = closing.plus(found.expenses()).minus(found.income());
    return new Turnover(opening, found.income(), found.expenses(), closing);
  }

  /// What the query finds, in sums.
  Tally tally(StatementQuery query, long upTo) {
    if (query.text().isPresent()) {
      return Tally.of(named(query, upTo));
    }
    if (query.kinds().isEmpty()) {
      return Tally.NONE;
    }
    if (query.campaign().isPresent()) {
      Charges.Sum sum = charges.sum(query.campaign().get(), query.span(), upTo).await();
      return new Tally(sum.rows(), Tenge.ZERO, sum.amount());
    }
    return account.tally(query.kinds(), query.span(), upTo).await();
  }

  /// What the query finds, newest first.
  ///
  /// @param before the last row of the page before
  List<StatementEntry> page(StatementQuery query, long upTo, OptionalLong before, int size) {
    if (query.text().isPresent()) {
      Predicate<Movement> older =
          movement -> before.isEmpty() || movement.row() < before.getAsLong();
      return entries(named(query, upTo).stream().filter(older).limit(size).toList());
    }
    if (query.kinds().isEmpty()) {
      return List.of();
    }
    return entries(
        query.campaign().isPresent()
            ? charged(query.campaign().get(), query, upTo, before, size)
            : account.page(query.kinds(), query.span(), upTo, before, size).await());
  }

  private List<Movement> charged(
      CampaignId campaign, StatementQuery query, long upTo, OptionalLong before, int size) {
    return account.ofRows(charges.rows(campaign, query.span(), upTo, before, size).await()).await();
  }

  private List<Movement> named(StatementQuery query, long upTo) {
    if (query.beginnings().isEmpty() || query.kinds().isEmpty()) {
      return List.of();
    }
    List<Movement> found =
        account
            .named(query.kinds(), query.beginnings(), upTo, MOST_NAMED)
            .await()
            .orElseThrow(Statements::tooVague)
            .stream()
            .filter(movement -> query.span().contains(movement.at()))
            .toList();
    Optional<CampaignId> campaign = query.campaign();
    return campaign.isEmpty()
        ? found
        : entries(found).stream()
            .filter(entry -> entry.campaign().equals(campaign))
            .map(StatementEntry::movement)
            .toList();
  }

  private static Problem tooVague() {
    String fix =
        "More than "
            + MOST_NAMED
            + " movements begin with this text; type more of the call's id or of the reference.";
    return Problem.unprocessable(
        "TEXT_TOO_VAGUE", fix, List.of(new Problem.Field("text", "TEXT_TOO_VAGUE", fix)));
  }

  /// All that the query finds, from the oldest on, a piece at a time. For one reader.
  Iterator<List<StatementEntry>> all(StatementQuery query, long upTo) {
    if (query.text().isPresent()) {
      return List.of(entries(named(query, upTo).reversed())).iterator();
    }
    if (query.kinds().isEmpty()) {
      return List.<List<StatementEntry>>of().iterator();
    }
    return query.campaign().isPresent()
        ? ofCampaign(query.campaign().get(), query, upTo)
        : walked(account.walk(query.kinds(), query.span(), upTo).await());
  }

  private Iterator<List<StatementEntry>> walked(Walk walk) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return walk.goesOn();
      }

      @Override
      public List<StatementEntry> next() {
        return entries(walk.next().await());
      }
    };
  }

  /// The rows are found newest first, and only their numbers are kept in memory.
  private Iterator<List<StatementEntry>> ofCampaign(
      CampaignId campaign, StatementQuery query, long upTo) {
    List<List<Long>> pieces = new ArrayList<>();
    OptionalLong before = OptionalLong.empty();
    List<Long> piece;
    do {
      piece = charges.rows(campaign, query.span(), upTo, before, PIECE).await();
      if (!piece.isEmpty()) {
        pieces.add(piece);
        before = OptionalLong.of(piece.getLast());
      }
    } while (piece.size() == PIECE);
    Iterator<List<Long>> oldestFirst = pieces.reversed().iterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return oldestFirst.hasNext();
      }

      @Override
      public List<StatementEntry> next() {
        return entries(account.ofRows(oldestFirst.next()).await().reversed());
      }
    };
  }

  private List<StatementEntry> entries(List<Movement> movements) {
    List<CallId> calls =
        movements.stream().flatMap(each -> Calls.callOf(each.id()).stream()).distinct().toList();
    Map<CallId, Bill> bills = charges.bills(calls).await();
    return movements.stream().map(movement -> entry(movement, bills)).toList();
  }

  private StatementEntry entry(Movement movement, Map<CallId, Bill> bills) {
    Optional<CallId> call = Calls.callOf(movement.id());
    Optional<Bill> bill = call.map(bills::get);
    Optional<CampaignId> campaign = bill.map(Bill::campaign);
    return new StatementEntry(movement, call, campaign, campaign.map(names::of).orElse(""), bill);
  }

  /// Whether the book has a row of this number.
  static boolean isRow(long row, long upTo) {
    return row >= 1 && row <= upTo;
  }
}
