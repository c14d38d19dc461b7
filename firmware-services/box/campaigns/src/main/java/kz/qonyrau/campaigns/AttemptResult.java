package kz.qonyrau.campaigns;

import java.time.Instant;
import kz.qonyrau.vocabulary.CallOutcome;

/// What became of an attempt.
///
/// @param cause the network's reason, for example `Q.850 17 / SIP 486`, or ours
/// @param fundsExhausted nothing was dialled, because the money does not cover the call; the
///   outcome then means nothing and the contact is called later
public record AttemptResult(
    CallOutcome outcome, String cause, Instant endedAt, boolean fundsExhausted) {}
