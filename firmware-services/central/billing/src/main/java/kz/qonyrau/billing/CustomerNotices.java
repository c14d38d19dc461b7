package kz.qonyrau.billing;

import kz.qonyrau.vocabulary.OrganisationId;
import org.jdbi.v3.core.Handle;

/// Who brings notices to customers.
@FunctionalInterface
public interface CustomerNotices {

  /// Keeps a notice for a customer, inside the caller's transaction. The same one is kept once.
  void tell(Handle handle, OrganisationId organisation, CustomerNotice notice);
}
