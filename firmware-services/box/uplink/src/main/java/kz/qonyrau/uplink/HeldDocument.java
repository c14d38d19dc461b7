package kz.qonyrau.uplink;

import kz.qonyrau.wire.BoxDocument;
import kz.qonyrau.wire.DocumentInForce.Versioned;
import kz.qonyrau.wire.SignedDocument;

/// A document of this box whose signature was checked, and what it says.
///
/// @param signed as it came
/// @param document the same, read
record HeldDocument(SignedDocument signed, BoxDocument document) {

  long version() {
    return document.version();
  }

  Versioned versioned() {
    return new Versioned(version(), signed);
  }
}
