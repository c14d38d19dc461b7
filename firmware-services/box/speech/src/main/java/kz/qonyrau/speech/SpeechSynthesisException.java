package kz.qonyrau.speech;

/// A voice could not speak: its program is missing, broke, or took too long. Nothing was charged or
/// kept, and trying again is safe.
public final class SpeechSynthesisException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public SpeechSynthesisException(String message) {
    super(message);
  }

  public SpeechSynthesisException(String message, Throwable cause) {
    super(message, cause);
  }
}
