package kz.qonyrau.recordings;

/// How far the background compression has come since the start.
///
/// @param waiting kept as WAV and in the queue
/// @param done turned into FLAC
/// @param failed left as WAV because FLAC failed or did not give back the same sound; tried again
///   at the next start
public record CompressionProgress(int waiting, long done, long failed) {}
