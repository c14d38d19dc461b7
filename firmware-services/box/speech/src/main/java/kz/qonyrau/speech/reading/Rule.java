package kz.qonyrau.speech.reading;

import java.util.Optional;

/// One kind of passage and how it is read.
///
/// A rule looks at a bounded number of characters around `start`, so that reading stays linear.
interface Rule {

  /// The passage that starts exactly at `start`, if it is of this rule's kind.
  Optional<Found> at(String text, int start);
}
