package kz.qonyrau.speech;

import java.time.Duration;

/// What is to be said of an uploaded sound file.
public sealed interface AudioCheck {

  /// It can be played to subscribers.
  ///
  /// @param pcm signed 16-bit little-endian samples, 8 kHz, one channel; nothing was cut or changed
  ///   but the format
  /// @param length how long it plays
  /// @param peakDbfs the loudest sample in decibels below full scale, 0 or less
  /// @param clipped whether enough samples stand at full scale to be heard as distortion; worth a
  ///   warning
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares two of these.
  record Usable(byte[] pcm, Duration length, double peakDbfs, boolean clipped)
      implements AudioCheck {}

  /// It cannot be used, and `why` tells the person who uploaded it in English.
  record Refused(AudioFault fault, String why) implements AudioCheck {}
}
