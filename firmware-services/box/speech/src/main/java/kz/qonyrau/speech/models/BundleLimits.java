package kz.qonyrau.speech.models;

/// What is accepted of a zip archive that somebody uploads as a model or a voice.
///
/// @param zipBytes of the archive
/// @param unpackedBytes of all files in it together
/// @param files entries of the archive, directories included
/// @param ratio how many times its size it may unpack to; a model's files shrink to a half or a
///   tenth, those of a zip bomb to a thousandth
/// @param reserveBytes what must stay free on the disk beside it, for calls and recordings
public record BundleLimits(
    long zipBytes, long unpackedBytes, int files, int ratio, long reserveBytes) {

  /// Archives up to this size may have any ratio.
  static final long HARMLESS_BYTES = 1L << 20;

  /// 4 GiB, 8 GiB unpacked, 10,000 files, a hundredfold, 512 MiB stay free.
  static BundleLimits usual() {
    return new BundleLimits(4L << 30, 8L << 30, 10_000, 100, 512L << 20);
  }
}
