package kz.qonyrau.uplink;

import kz.qonyrau.vocabulary.Tenge;
import kz.qonyrau.wire.BookStatement;
import kz.qonyrau.wire.BookStatement.Cause;
import kz.qonyrau.wire.LeaseDocument;
import org.jdbi.v3.core.Handle;

/// The box's money as far as central has a say in it. Everything happens inside the caller's
/// transaction.
public interface Purse {

  /// What a lease changed.
  ///
  /// @param granted what came in, zero or more
  /// @param takenBack what went back, zero or more
  /// @param owed what more must go back and is still held, zero or more
  record Posting(Tenge granted, Tenge takenBack, Tenge owed) {}

  /// Posts what this lease grants beyond what was posted before, or takes back what it grants less,
  /// as far as that is there (SH-BAL-15). Repeating it takes back what came free since, and nothing
  /// twice.
  Posting post(Handle handle, LeaseDocument lease);

  /// Gives back everything that is available.
  ///
  /// @param id names this return for good
  /// @return how much it was, zero or more
  Tenge giveBack(Handle handle, String id);

  /// How the book stands (SH-BAL-16).
  ///
  /// @param leaseVersion of the lease that was posted last, 0 for none
  BookStatement statement(Handle handle, Cause cause, long leaseVersion);
}
