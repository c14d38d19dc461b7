package kz.qonyrau.speech.answering;

import java.time.Duration;

/// A signal that machines send. Times count from the first sample that was fed; `knownAt` is how
/// much had been heard when it was known.
public sealed interface ToneEvent {

  Duration from();

  Duration knownAt();

  /// One or two short tones, each of one frequency, 0.1 to 1.2 s long, with nothing like them
  /// around: what a voicemail says before it records.
  ///
  /// @param hertz 400 to 2000, of the last tone
  /// @param to where it ended: a message may begin
  record Beep(double hertz, Duration from, Duration to, Duration knownAt) implements ToneEvent {}

  /// 2100 Hz for half a second and longer: a fax or a modem has answered (CED, ITU-T T.30, and
  /// ANSam, V.8).
  record FaxAnswers(Duration from, Duration knownAt) implements ToneEvent {}

  /// 1100 Hz for half a second, twice with three seconds between: a fax is calling (CNG, ITU-T
  /// T.30).
  record FaxCalls(Duration from, Duration knownAt) implements ToneEvent {}

  /// 950, 1400 and 1800 Hz one after the other, a third of a second each: an announcement of the
  /// network follows (special information tone, ITU-T E.180).
  record SpecialInformation(Duration from, Duration knownAt) implements ToneEvent {}

  /// 425 Hz in one of the cadences of ITU-T E.180.
  record LineTone(Cadence cadence, Duration from, Duration knownAt) implements ToneEvent {}

  /// What 425 Hz means by its rhythm.
  enum Cadence {
    /// A second of sound, some of silence: the phone rings, nobody has answered.
    RINGING,
    /// A third of a second of each.
    BUSY,
    /// A fifth of a second of each.
    CONGESTION,
    /// Without a pause.
    DIAL
  }
}
