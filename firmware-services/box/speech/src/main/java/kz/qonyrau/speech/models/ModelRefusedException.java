package kz.qonyrau.speech.models;

/// A model, its sources or a word, or a voice was refused, and nothing has changed. The message is
/// in English, for the person who offered it: which file, line or word, and what to do. Trying
/// again helps after what it names was put right.
public final class ModelRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final ModelFault fault;

  public ModelRefusedException(ModelFault fault, String message) {
    super(message);
    this.fault = fault;
  }

  public ModelRefusedException(ModelFault fault, String message, Throwable cause) {
    super(message, cause);
    this.fault = fault;
  }

  /// The kind of fault.
  public ModelFault fault() {
    return fault;
  }
}
