package kz.qonyrau.cases;

import java.time.Instant;
import java.util.Optional;
import kz.qonyrau.vocabulary.Msisdn;
import kz.qonyrau.vocabulary.OrganisationId;
import org.jdbi.v3.core.Handle;

/// Who knows the customers and the numbers that they show. Each method runs in the caller's
/// transaction.
public interface CustomerFinder {

  /// Whether there is such a customer.
  boolean isCustomer(Handle handle, OrganisationId organisation);

  /// Whose box showed a number of the pool at that moment; empty if nobody's did.
  Optional<OrganisationId> whoShowed(Handle handle, Msisdn shown, Instant at);
}
