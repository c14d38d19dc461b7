package kz.qonyrau.campaigns;

import kz.qonyrau.vocabulary.Msisdn;

/// What a cell says as a telephone number.
public sealed interface NumberReading {

  /// A number of Kazakhstan that can be called.
  record Dialable(Msisdn number) implements NumberReading {}

  /// The cell holds no number that may be called.
  ///
  /// @param detail a sentence for the person who looks after the list; does not repeat the cell
  record NoNumber(RejectCode code, String detail) implements NumberReading {}
}
