package kz.qonyrau.billing;

import kz.qonyrau.vocabulary.OrganisationId;
import kz.qonyrau.vocabulary.OrganisationKey;

/// That a customer is to be registered.
///
/// @param legalName as it stands in the state's register, 1 to 200 characters
/// @param by the login of who registers him, 1 to 100 characters
public record RegistrationOrder(
    OrganisationId organisation, OrganisationKey key, String legalName, String by) {

  /// @throws IllegalArgumentException if a text is out of range; it names the text
  public RegistrationOrder {
    Texts.require("legalName", legalName, 200);
    Texts.require("by", by, 100);
  }
}
