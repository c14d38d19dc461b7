package kz.qonyrau.fleet;

import kz.qonyrau.wire.DocumentVerifier;

/// What a message of a box is checked against.
record KnownBox(String organisationId, DocumentVerifier deviceKey, boolean revoked) {}
