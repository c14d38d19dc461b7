package kz.qonyrau.fleet;

import java.util.List;
import kz.qonyrau.billing.Billing;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.OrganisationId;

/// Whose boxes there are (PLT-23: one customer may have several).
///
/// @param boxes refused ones included
public record Customer(OrganisationId id, String name, List<BoxId> boxes) {

  /// Copies the list.
  public Customer {
    boxes = List.copyOf(boxes);
  }

  /// As whom billing knows him.
  public Billing.Holder holder() {
    return new Billing.Holder(id, boxes.stream().map(Wallets::of).toList());
  }
}
