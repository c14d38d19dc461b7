package kz.qonyrau.appliance;

import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import kz.qonyrau.calls.Calls;
import kz.qonyrau.ledger.Account;
import kz.qonyrau.ledger.Ledger;
import kz.qonyrau.ledger.MovementKind;
import kz.qonyrau.ledger.Span;
import kz.qonyrau.ledger.UsualDay;
import kz.qonyrau.vocabulary.AstanaTime;
import kz.qonyrau.vocabulary.Tenge;

/// What the box spends on a usual day of Astana, by its book (SH-BAL-18). Days that are over do not
/// change any more, so the book is asked once a day, day by day, until it has told of enough of
/// them.
final class UsualSpend {

  /// What was found.
  ///
  /// @param today the day before which it was looked for
  private record Found(LocalDate today, Optional<Tenge> usual) {}

  private final Account account;
  private final InstantSource clock;
  private volatile Found last = new Found(LocalDate.MIN, Optional.empty());

  UsualSpend(Ledger ledger, InstantSource clock) {
    this.account = ledger.account(Calls.PAYER);
    this.clock = clock;
  }

  /// The mean of the last days on which anything was spent; empty if there was none in five weeks.
  Future<Optional<Tenge>> ofADay() {
    LocalDate today = AstanaTime.dateOf(clock.instant());
    Found known = last;
    if (known.today().equals(today)) {
      return Future.succeededFuture(known.usual());
    }
    return before(today, 1, new ArrayList<>())
        .map(UsualDay::of)
        .onSuccess(usual -> last = new Found(today, usual));
  }

  private Future<List<Tenge>> before(LocalDate today, int ago, List<Tenge> spent) {
    long days = spent.stream().filter(Tenge::isPositive).count();
    if (ago > UsualDay.LONGEST_AGO_DAYS || days == UsualDay.DAYS) {
      return Future.succeededFuture(spent);
    }
    Span day = new Span(start(today.minusDays(ago)), start(today.minusDays(ago - 1L)));
    return account
        .tally(EnumSet.of(MovementKind.CAPTURE), day, Long.MAX_VALUE)
        .compose(tally -> {
          spent.add(tally.expenses());
          return before(today, ago + 1, spent);
        });
  }

  private static Instant start(LocalDate day) {
    return AstanaTime.instantOf(day.atStartOfDay());
  }
}
