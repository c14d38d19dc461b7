package kz.qonyrau.uplink;

import kz.qonyrau.vocabulary.Tenge;
import kz.qonyrau.wire.BookStatement;
import kz.qonyrau.wire.BookStatement.Cause;
import kz.qonyrau.wire.LeaseDocument;
import org.jdbi.v3.core.Handle;

/// A purse of 5.00 in which nothing moves; whoever asks for it back gets nothing.
final class SmallPurse implements Purse {

  /// What the next lease takes back, and what it cannot take back yet.
  Posting posting = new Posting(Tenge.ZERO, Tenge.ZERO, Tenge.ZERO);

  @Override
  public Posting post(Handle handle, LeaseDocument lease) {
    return posting;
  }

  @Override
  public Tenge giveBack(Handle handle, String id) {
    return Tenge.ZERO;
  }

  @Override
  public BookStatement statement(Handle handle, Cause cause, long leaseVersion) {
    Tenge all = Tenge.of("5.00");
    return new BookStatement(
        cause, leaseVersion, all, Tenge.ZERO, Tenge.ZERO, Tenge.ZERO, all, 1, "a".repeat(64));
  }
}
