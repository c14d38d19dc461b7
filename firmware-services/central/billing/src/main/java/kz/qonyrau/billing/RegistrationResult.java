package kz.qonyrau.billing;

import kz.qonyrau.vocabulary.OrganisationKey;

/// What became of a registration. Only [Registered] has changed anything.
public sealed interface RegistrationResult {

  /// Registered now.
  record Registered(Registration registration) implements RegistrationResult {}

  /// The customer is registered under this number already.
  record AlreadyRegistered(OrganisationKey key) implements RegistrationResult {}

  /// The number has an account: whoever belongs to it is to be invited into that (SH-ACC-01).
  record KeyTaken() implements RegistrationResult {}
}
