package kz.qonyrau.wire;

/// A message or document from outside breaks the contract. Nothing of it has been applied; sending
/// the same bytes again leads to the same answer.
public final class MalformedMessageException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String field;
  private final String why;

  /// @param field the path of the offending field, for example `body.lines[2].amountTiyn`, or the
  ///   name of the whole thing
  /// @param why what is wrong with it, without repeating the value
  public MalformedMessageException(String field, String why) {
    super(field + ": " + why);
    this.field = field;
    this.why = why;
  }

  @Override
  public String getMessage() {
    return field + ": " + why;
  }

  /// Path of the offending field.
  public String field() {
    return field;
  }

  /// What is wrong with it; never the value itself, which may be a subscriber's.
  public String why() {
    return why;
  }
}
