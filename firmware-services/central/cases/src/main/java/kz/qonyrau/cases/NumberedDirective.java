package kz.qonyrau.cases;

import kz.qonyrau.wire.BlockDirective;

/// What boxes have to know of a complaint.
///
/// @param ordinal counts a customer's, from 1; a newer word on a complaint has a higher one
public record NumberedDirective(long ordinal, BlockDirective directive) {}
