package kz.qonyrau.insight;

/// Who speaks on a channel of a recording.
public enum Side {
  /// The left channel.
  SUBSCRIBER,
  /// The right channel: our prompts, or an operator.
  BOX
}
