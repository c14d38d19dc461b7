package kz.qonyrau.campaigns;

import java.time.Instant;

/// A campaign under way, and how far the dialer is with it. For the dialer's thread alone, except
/// where it says otherwise.
final class UnderWay {

  /// As it was last read.
  CampaignTable.Stored stored;

  /// The last recipient who was looked at; those behind him wait for their first call.
  int cursor;

  /// Whether it is paused because the voice does not speak.
  boolean mute;

  /// When somebody last asked whether there is money for it.
  Instant askedForFunds = Instant.MIN;

  /// Whether that question is unanswered. The answer comes on any thread.
  volatile boolean asking;

  UnderWay(CampaignTable.Stored stored) {
    this.stored = stored;
  }
}
