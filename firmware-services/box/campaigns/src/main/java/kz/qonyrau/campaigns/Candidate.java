package kz.qonyrau.campaigns;

import kz.qonyrau.vocabulary.Msisdn;

/// A recipient who is waiting for his call.
///
/// @param seq his place in the campaign
record Candidate(int seq, Msisdn number) {}
