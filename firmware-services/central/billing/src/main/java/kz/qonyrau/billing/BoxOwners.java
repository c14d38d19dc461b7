package kz.qonyrau.billing;

import java.util.Optional;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.OrganisationId;
import org.jdbi.v3.core.Handle;

/// Who knows whose a box is.
@FunctionalInterface
public interface BoxOwners {

  /// Whose the box is, inside the caller's transaction.
  Optional<OrganisationId> ownerOf(Handle handle, BoxId box);
}
