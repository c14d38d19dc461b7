package kz.qonyrau.cases;

import java.util.Optional;
import kz.qonyrau.vocabulary.Msisdn;
import kz.qonyrau.vocabulary.OrganisationId;

/// A complaint that somebody enters at central.
///
/// @param against the customer, where it is known who he is
/// @param facts what is complained of
/// @param by the login of who enters it
public record ComplaintOrder(Against against, Complaint.Facts facts, String by) {

  /// Against whom it is.
  public sealed interface Against {

    /// This customer.
    record Customer(OrganisationId organisation) implements Against {}

    /// Whoever showed this number of the pool when the subscriber was reached.
    record WhoShowed(Msisdn shown) implements Against {}
  }

  /// @throws IllegalArgumentException if a text is out of its range
  public ComplaintOrder {
    Texts.require("text", facts.text(), 500);
    Optional<String> proof = facts.numberProof();
    if (proof.isPresent()) {
      Texts.require("numberProof", proof.get(), 200);
    }
    Texts.require("by", by, 100);
  }
}
