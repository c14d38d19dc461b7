package kz.qonyrau.fleet;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kz.qonyrau.cases.BoxFinder;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.Msisdn;
import kz.qonyrau.vocabulary.OrganisationId;
import org.jdbi.v3.core.Handle;

/// The boxes that could have called somebody, and the numbers at which they answer, for whoever
/// answers subscribers.
public final class BoxesOfFleet implements BoxFinder {

  @Override
  public List<Owned> showed(Handle handle, Msisdn shown, Instant from, Instant until) {
    return NumberTable.holders(handle, shown, from, until);
  }

  /// Boxes that are refused are asked no more: they hear nothing.
  @Override
  public List<Owned> all(Handle handle) {
    return handle
        .createQuery("SELECT id, organisation_id FROM fleet.box WHERE revoked_at_ms IS NULL")
        .map((row, _) ->
            new Owned(
                new BoxId(row.getString("id")),
                new OrganisationId(row.getString("organisation_id"))))
        .list();
  }

  @Override
  public Optional<Line> answered(Handle handle, Optional<Msisdn> preferred) {
    Optional<Line> same =
        preferred.flatMap(
            number -> NumberTable.answering(handle, "a.number = :wanted", number.e164()));
    if (same.isPresent()) {
      return same;
    }
    // The customer who had it last.
    Optional<Line> ofCustomer =
        preferred
            .flatMap(number -> NumberTable.lastHolder(handle, number))
            .flatMap(box -> BoxAccount.find(handle, box))
            .flatMap(account ->
                NumberTable.answering(
                    handle, "b.organisation_id = :wanted", account.organisation().value()));
    return ofCustomer.isPresent() ? ofCustomer : NumberTable.answering(handle, "'' = :wanted", "");
  }
}
