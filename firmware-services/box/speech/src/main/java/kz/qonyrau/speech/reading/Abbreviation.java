package kz.qonyrau.speech.reading;

/// A shortened word and what is said for it.
///
/// @param written as it stands in a text, with the full stops inside but without the last one
/// @param ending whether a full stop follows
/// @param next what must follow, behind blanks
record Abbreviation(String written, FullStop ending, Next next, String spoken) {

  /// Whether a full stop belongs to it.
  enum FullStop {
    NONE,
    NEEDED
  }

  /// What must follow.
  enum Next {
    ANYTHING,
    CAPITAL_OR_DIGIT,
    CAPITAL,
    DIGIT
  }

  /// Capital letters, as in a company's form.
  static Abbreviation letters(String written, String spoken) {
    return new Abbreviation(written, FullStop.NONE, Next.ANYTHING, spoken);
  }

  static Abbreviation word(String written, String spoken) {
    return new Abbreviation(written, FullStop.NEEDED, Next.ANYTHING, spoken);
  }

  static Abbreviation before(Next next, String written, String spoken) {
    return new Abbreviation(written, FullStop.NEEDED, next, spoken);
  }
}
