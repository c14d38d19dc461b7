package kz.qonyrau.cases;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.Msisdn;
import kz.qonyrau.vocabulary.OrganisationId;
import org.jdbi.v3.core.Handle;

/// Who knows which boxes could have called somebody, and which he can call. Each method runs in the
/// caller's transaction.
public interface BoxFinder {

  /// A box and whose it is.
  record Owned(BoxId box, OrganisationId organisation) {}

  /// The boxes that had this number of the pool at any moment of a stretch of time.
  List<Owned> showed(Handle handle, Msisdn shown, Instant from, Instant until);

  /// All boxes that can still be asked.
  List<Owned> all(Handle handle);

  /// A number of the pool and the box that answers it.
  record Line(Msisdn number, BoxId box) {}

  /// A number that a box answers at the moment: this one if it is, else one of the same customer,
  /// else any; empty if none is.
  Optional<Line> answered(Handle handle, Optional<Msisdn> preferred);
}
