package kz.qonyrau.speech.models;

/// A word cannot be said with the phones of a model; the message says why and what to do, without
/// naming the word.
final class UnsayableException extends Exception {

  private static final long serialVersionUID = 1L;

  private final SayingFault fault;

  UnsayableException(SayingFault fault, String message) {
    super(message);
    this.fault = fault;
  }

  SayingFault fault() {
    return fault;
  }
}
