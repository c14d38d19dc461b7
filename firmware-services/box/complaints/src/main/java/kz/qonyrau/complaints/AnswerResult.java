package kz.qonyrau.complaints;

import kz.qonyrau.wire.BlockDirective.Standing;

/// What became of an answer to a complaint.
public sealed interface AnswerResult {

  /// It is kept and on its way to central. An answer that was given before is found again so.
  record Given(ComplaintAnswer answer) implements AnswerResult {}

  /// There is no such complaint.
  record NoSuchComplaint() implements AnswerResult {}

  /// Central has not asked for an answer.
  record NotAsked() implements AnswerResult {}

  /// It was decided before.
  record Decided(Standing standing) implements AnswerResult {}

  /// It was answered so often that nobody would read another one.
  record TooMany() implements AnswerResult {}
}
