package kz.qonyrau.campaigns;

/// A field of an order is not as it must be. The message says what is allowed.
public final class InvalidFieldException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;
  private final String field;
  private final String what;

  InvalidFieldException(String field, String what) {
    super(field + ": " + what);
    this.field = field;
    this.what = what;
  }

  /// Where it is, for example `answers[2].phrases.kk[0]`.
  public String field() {
    return field;
  }

  /// What is allowed, without the field.
  public String what() {
    return what;
  }

  /// The same, seen from what the thing with the field is a part of.
  ///
  /// @param whole what goes before the field, for example `answers[2].`
  public InvalidFieldException within(String whole) {
    return new InvalidFieldException(whole + field, what);
  }

  /// @param most what an author may write; values that are filled in may make it four times as long
  static void requireText(String field, String text, int most) {
    if (text.isBlank() || text.length() > most) {
      throw new InvalidFieldException(field, "a text to speak has 1 to 2000 characters");
    }
  }
}
