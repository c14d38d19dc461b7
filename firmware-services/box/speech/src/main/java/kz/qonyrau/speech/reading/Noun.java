package kz.qonyrau.speech.reading;

/// A thing that is counted, in the forms that counting needs.
///
/// @param one after one: минута, minute
/// @param few after two, and after a fraction: минуты, minutes
/// @param many after five: минут, minutes
/// @param dative the plural after к: минутам
record Noun(String one, String few, String many, String dative, Gender gender) {

  /// What the numbers one and two agree with in Russian.
  enum Gender {
    MASCULINE,
    FEMININE,
    NEUTER
  }

  static Noun masculine(String one, String few, String many, String dative) {
    return new Noun(one, few, many, dative, Gender.MASCULINE);
  }

  static Noun feminine(String one, String few, String many, String dative) {
    return new Noun(one, few, many, dative, Gender.FEMININE);
  }

  /// One form whatever the number, as all nouns in Kazakh and тенге in Russian.
  static Noun unchanging(String word) {
    return masculine(word, word, word, word);
  }

  static Noun english(String one, String many) {
    return masculine(one, many, many, many);
  }
}
