package kz.qonyrau.speech.models;

import java.time.Duration;

/// What became of trying a model out.
public sealed interface TrialResult {

  /// It was loaded and decoded the test utterance.
  ///
  /// @param heard what it understood, with its whole vocabulary; one utterance a line, empty if
  ///   nothing
  /// @param loading from the start of the worker until the model was in memory
  /// @param decoding how long the utterance took, on one thread
  /// @param audio how long the utterance is
  /// @param residentBytes memory of the worker with the model, before the utterance; 0 if not known
  /// @param peakBytes the most memory that it had, the utterance included; 0 if not known
  record Passed(
      String heard,
      Duration loading,
      Duration decoding,
      Duration audio,
      long residentBytes,
      long peakBytes)
      implements TrialResult {}

  /// It must not be put in force; `why` tells the technician in English.
  record Failed(String why) implements TrialResult {}
}
