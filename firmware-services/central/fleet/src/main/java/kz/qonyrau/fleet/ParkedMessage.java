package kz.qonyrau.fleet;

import java.time.Instant;
import kz.qonyrau.vocabulary.BoxId;

/// A message that this version could not apply (PLT-25).
public record ParkedMessage(
    BoxId box, String msgId, String kind, String schema, String why, Instant receivedAt) {}
