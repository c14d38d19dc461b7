package kz.qonyrau.recordings;

/// A recording is in the book, but its file cannot be played: missing, changed, or not to be
/// decrypted. Trying again helps only if the disk was at fault.
public final class RecordingUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  RecordingUnavailableException(String message) {
    super(message);
  }

  RecordingUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
