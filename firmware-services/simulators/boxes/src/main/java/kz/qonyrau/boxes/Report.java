package kz.qonyrau.boxes;

import java.time.Instant;

/// A usage report in a simulated box's queue. It leaves it when central's receipt names it.
final class Report {

  final String msgId;
  final long seq;
  final Instant at;
  final String body;
  final long tiyn;

  /// When it was sent first and last, by `System.nanoTime`; 0 for not yet.
  long firstSentNanos;

  long lastSentNanos;

  /// @param at when the fact happened, by the box's clock
  /// @param body of a `usage/1` envelope
  /// @param tiyn what it books
  Report(String msgId, long seq, Instant at, String body, long tiyn) {
    this.msgId = msgId;
    this.seq = seq;
    this.at = at;
    this.body = body;
    this.tiyn = tiyn;
  }
}
