package kz.qonyrau.fleet;

import kz.qonyrau.wire.DocumentVerifier;

/// What a message of a box is checked against.
record KnownBox(DocumentVerifier deviceKey, boolean revoked) {}
