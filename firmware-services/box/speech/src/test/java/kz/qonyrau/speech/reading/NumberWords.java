package kz.qonyrau.speech.reading;

import static java.util.Map.entry;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Turns the words of a whole number back into the number, knowing nothing of how they were made.
record NumberWords(Map<String, Long> adding, Map<String, Long> powers, long hundred) {

  static NumberWords of(String language) {
    return switch (language) {
      case "ru" -> RUSSIAN;
      case "kk" -> KAZAKH;
      case "en" -> ENGLISH;
      default -> throw new IllegalArgumentException(language);
    };
  }

  private static final NumberWords RUSSIAN =
      new NumberWords(
          adding(
              "ноль|один,одна|два,две|три|четыре|пять|шесть|семь|восемь|девять|десять|одиннадцать"
                  + "|двенадцать|тринадцать|четырнадцать|пятнадцать|шестнадцать|семнадцать"
                  + "|восемнадцать|девятнадцать",
              "двадцать|тридцать|сорок|пятьдесят|шестьдесят|семьдесят|восемьдесят|девяносто",
              "сто|двести|триста|четыреста|пятьсот|шестьсот|семьсот|восемьсот|девятьсот"),
          Map.ofEntries(
              entry("тысяча", 1000L),
              entry("тысячи", 1000L),
              entry("тысяч", 1000L),
              entry("миллион", 1_000_000L),
              entry("миллиона", 1_000_000L),
              entry("миллионов", 1_000_000L),
              entry("миллиард", 1_000_000_000L),
              entry("миллиарда", 1_000_000_000L),
              entry("миллиардов", 1_000_000_000L)),
          0);

  private static final NumberWords KAZAKH =
      new NumberWords(
          adding(
              "нөл|бір|екі|үш|төрт|бес|алты|жеті|сегіз|тоғыз|он",
              "жиырма|отыз|қырық|елу|алпыс|жетпіс|сексен|тоқсан",
              ""),
          Map.of("мың", 1000L, "миллион", 1_000_000L, "миллиард", 1_000_000_000L),
          100);

  private static final NumberWords ENGLISH =
      new NumberWords(
          adding(
              "zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen"
                  + "|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen",
              "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety",
              ""),
          Map.of("thousand", 1000L, "million", 1_000_000L, "billion", 1_000_000_000L),
          100);

  private static final Set<String> HUNDRED = Set.of("жүз", "hundred");

  private static Map<String, Long> adding(String units, String tens, String hundreds) {
    Map<String, Long> words = new HashMap<>();
    put(words, units, 0, 1);
    put(words, tens, 20, 10);
    put(words, hundreds, 100, 100);
    return words;
  }

  private static void put(Map<String, Long> words, String names, long first, long step) {
    long value = first;
    for (String name : names.split("\\|", -1)) {
      for (String form : name.split(",", -1)) {
        words.put(form, value);
      }
      value += step;
    }
  }

  long number(String words) {
    long sum = 0;
    long group = 0;
    for (String word : List.of(words.split("[ -]", -1))) {
      if (HUNDRED.contains(word)) {
        group = group % 10 == 0 ? group + hundred : group - group % 10 + group % 10 * hundred;
      } else if (powers.containsKey(word)) {
        sum += Math.max(group, 1) * powers.getOrDefault(word, 0L);
        group = 0;
      } else if (!word.equals("and")) {
        Long value = adding.get(word);
        if (value == null) {
          throw new IllegalArgumentException("'" + word + "' in '" + words + "'");
        }
        group += value;
      }
    }
    return sum + group;
  }
}
