package kz.qonyrau.speech;

/// There is nobody to listen: no model for the language, too many listenings, or the recogniser is
/// closed. Nothing was started, so asking again later is safe.
public final class RecognitionUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public RecognitionUnavailableException(String message) {
    super(message);
  }
}
