package kz.qonyrau.campaigns;

import java.util.List;
import java.util.stream.Stream;
import kz.qonyrau.vocabulary.Msisdn;

/// What somebody typed to find numbers: a whole number, or how one begins or ends. Pure.
///
/// Only what an index finds is looked for, so that a search costs the same in a list of ten and of
/// a million: digits from the middle of a number find nothing.
///
/// @param ranges what fits is in any of them; empty if nothing can fit
record NumberSearch(List<Range> ranges) {

  /// So many are found at most.
  static final int MOST = 1000;

  private static final String COUNTRY = "7";

  // Behind all digits.
  private static final String END = ":";

  /// Numbers, or numbers read backwards, in the order of their characters.
  ///
  /// @param from the first one that fits
  /// @param to the first one that does not fit any more
  record Range(boolean backwards, String from, String to) {

    private static Range beginning(String digits) {
      return new Range(false, "+" + digits, "+" + digits + END);
    }

    private static Range ending(String digits) {
      String backwards = new StringBuilder(digits).reverse().toString();
      return new Range(true, backwards, backwards + END);
    }
  }

  NumberSearch {
    ranges = List.copyOf(ranges);
  }

  /// @param digits what was typed, by [KazakhNumbers#digitsOf]
  static NumberSearch of(String digits) {
    if (digits.isEmpty()) {
      return new NumberSearch(List.of());
    }
    // With the country, with the 8 that people dial for it, or without either.
    Stream<String> beginnings =
        digits.startsWith("8")
            ? Stream.of(COUNTRY + digits.substring(1))
            : digits.startsWith(COUNTRY)
                ? Stream.of(digits, COUNTRY + digits)
                : Stream.of(COUNTRY + digits);
    return new NumberSearch(
        Stream.concat(beginnings.map(Range::beginning), Stream.of(Range.ending(digits))).toList());
  }

  /// The digits of a number from the last one on.
  static String backwards(Msisdn number) {
    return new StringBuilder(number.digits()).reverse().toString();
  }

  /// The number whose digits are these from the last one on.
  static Msisdn forwards(String backwards) {
    return new Msisdn("+" + new StringBuilder(backwards).reverse());
  }
}
