package kz.qonyrau.fleet;

import java.time.Instant;
import java.util.Optional;
import kz.qonyrau.cases.CustomerFinder;
import kz.qonyrau.vocabulary.Msisdn;
import kz.qonyrau.vocabulary.OrganisationId;
import org.jdbi.v3.core.Handle;

/// The customers whose boxes these are, for whoever keeps complaints about them.
public final class CustomersOfFleet implements CustomerFinder {

  @Override
  public boolean isCustomer(Handle handle, OrganisationId organisation) {
    return !Boxes.customers(handle, Optional.of(organisation)).isEmpty();
  }

  @Override
  public Optional<OrganisationId> whoShowed(Handle handle, Msisdn shown, Instant at) {
    return NumberTable.holder(handle, shown, at)
        .flatMap(box -> BoxAccount.find(handle, box))
        .map(BoxAccount::organisation);
  }
}
