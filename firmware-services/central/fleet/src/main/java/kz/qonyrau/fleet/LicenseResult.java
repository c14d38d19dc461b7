package kz.qonyrau.fleet;

import kz.qonyrau.wire.LicenseDocument;

/// What became of an order for a license. Only [Issued] has changed anything.
public sealed interface LicenseResult {

  record Issued(LicenseDocument license) implements LicenseResult {}

  record NoSuchBox() implements LicenseResult {}

  /// The terms cannot stand in a license; `why` names the field.
  record Refused(String why) implements LicenseResult {}
}
