package kz.qonyrau.uplink;

import java.util.ArrayList;
import java.util.List;
import kz.qonyrau.vocabulary.Tenge;
import kz.qonyrau.wire.BookStatement;
import kz.qonyrau.wire.BookStatement.Cause;
import kz.qonyrau.wire.LeaseDocument;
import org.jdbi.v3.core.Handle;

/// A purse of 5.00 in which nothing moves but what is given back.
final class SmallPurse implements Purse {

  /// What the next lease takes back, and what it cannot take back yet.
  Posting posting = new Posting(Tenge.ZERO, Tenge.ZERO, Tenge.ZERO);

  /// What is left.
  Tenge available = Tenge.of("5.00");

  /// What calls hold of it.
  Tenge held = Tenge.ZERO;

  /// The ids of what was given back.
  final List<String> given = new ArrayList<>();

  @Override
  public Posting post(Handle handle, LeaseDocument lease) {
    return posting;
  }

  @Override
  public Tenge giveBack(Handle handle, String id) {
    Tenge amount = available;
    available = Tenge.ZERO;
    given.add(id + " " + amount);
    return amount;
  }

  @Override
  public BookStatement statement(Handle handle, Cause cause, long leaseVersion) {
    Tenge granted = Tenge.of("5.00");
    Tenge returned = granted.minus(available).minus(held);
    return new BookStatement(
        cause,
        leaseVersion,
        granted,
        returned,
        Tenge.ZERO,
        held,
        available,
        1 + given.size(),
        "a".repeat(64));
  }
}
