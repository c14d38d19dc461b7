package kz.qonyrau.speech.models;

/// A word cannot be said with the phones of a model; the message says why, without naming the word.
final class UnsayableException extends Exception {

  private static final long serialVersionUID = 1L;

  UnsayableException(String message) {
    super(message);
  }
}
