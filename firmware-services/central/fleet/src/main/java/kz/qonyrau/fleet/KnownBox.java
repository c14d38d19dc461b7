package kz.qonyrau.fleet;

import kz.qonyrau.vocabulary.OrganisationId;
import kz.qonyrau.wire.DocumentVerifier;

/// What a message of a box is checked against.
record KnownBox(OrganisationId organisation, DocumentVerifier deviceKey, boolean revoked) {}
