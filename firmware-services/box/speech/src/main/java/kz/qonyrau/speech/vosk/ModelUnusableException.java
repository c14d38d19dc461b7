package kz.qonyrau.speech.vosk;

/// A directory is not a speech model that this box can use; the message names the file and what is
/// wrong with it. Trying again helps only after the directory was replaced.
public final class ModelUnusableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ModelUnusableException(String message) {
    super(message);
  }

  ModelUnusableException(String message, Throwable cause) {
    super(message, cause);
  }
}
