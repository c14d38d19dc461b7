package kz.qonyrau.speech.reading;

import java.util.ArrayList;
import java.util.List;

/// The names of numbers in English, as in Britain: one hundred and one.
final class EnglishNumber {

  private static final List<String> UNITS =
      List.of(
          "zero",
          "one",
          "two",
          "three",
          "four",
          "five",
          "six",
          "seven",
          "eight",
          "nine",
          "ten",
          "eleven",
          "twelve",
          "thirteen",
          "fourteen",
          "fifteen",
          "sixteen",
          "seventeen",
          "eighteen",
          "nineteen");

  private static final List<String> TENS =
      List.of("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety");

  private EnglishNumber() {}

  static String cardinal(long number) {
    if (number < 100) {
      return belowHundred((int) number);
    }
    List<String> words = new ArrayList<>();
    addPower(words, number / 1_000_000_000, "billion");
    addPower(words, number / 1_000_000 % 1000, "million");
    addPower(words, number / 1000 % 1000, "thousand");
    int rest = (int) (number % 1000);
    if (rest > 0) {
      words.add(rest < 100 ? "and " + belowHundred(rest) : belowThousand(rest));
    }
    return String.join(" ", words);
  }

  private static void addPower(List<String> words, long count, String power) {
    if (count > 0) {
      words.add(belowThousand((int) count) + " " + power);
    }
  }

  private static String belowThousand(int number) {
    if (number < 100) {
      return belowHundred(number);
    }
    String hundreds = UNITS.get(number / 100) + " hundred";
    return number % 100 == 0 ? hundreds : hundreds + " and " + belowHundred(number % 100);
  }

  private static String belowHundred(int number) {
    if (number < 20) {
      return UNITS.get(number);
    }
    String tens = TENS.get(number / 10);
    return number % 10 == 0 ? tens : tens + "-" + UNITS.get(number % 10);
  }

  static String ordinal(long number) {
    String words = cardinal(number);
    int last = Math.max(words.lastIndexOf(' '), words.lastIndexOf('-')) + 1;
    String word = words.substring(last);
    String ordinal =
        switch (word) {
          case "one" -> "first";
          case "two" -> "second";
          case "three" -> "third";
          case "five" -> "fifth";
          case "eight" -> "eighth";
          case "nine" -> "ninth";
          case "twelve" -> "twelfth";
          default ->
              word.endsWith("y") ? word.substring(0, word.length() - 1) + "ieth" : word + "th";
        };
    return words.substring(0, last) + ordinal;
  }

  /// A year as it is said: twenty twenty-six, nineteen oh five, two thousand and one.
  static String year(int year) {
    int century = year / 100;
    int rest = year % 100;
    if (year < 1100 || year > 2999 || (century % 10 == 0 && rest < 10)) {
      return cardinal(year);
    }
    if (rest == 0) {
      return cardinal(century) + " hundred";
    }
    return cardinal(century) + (rest < 10 ? " oh " : " ") + cardinal(rest);
  }
}
