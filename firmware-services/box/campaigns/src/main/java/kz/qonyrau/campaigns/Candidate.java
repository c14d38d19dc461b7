package kz.qonyrau.campaigns;

import kz.qonyrau.vocabulary.Msisdn;

/// A recipient who is waiting for his call.
///
/// @param seq his place in the campaign
/// @param number that his call goes to, which need not be his first one
record Candidate(int seq, Msisdn number) {}
