package kz.qonyrau.console;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Hides in what was said whatever may be a telephone number: three digits and more in a row, and
/// five words of numbers and more, in Russian, Kazakh and English (SH-RET-07). It hides a long sum
/// rather than show a number.
final class NumberMask {

  private static final String HIDDEN = "•••";
  private static final int WORDS = 5;
  private static final Pattern DIGITS = Pattern.compile("\\+?\\d(?:[ ()\\-.]{0,3}\\d){2,}");
  private static final Pattern GAP = Pattern.compile("\\s+");

  private static final Set<String> NUMBERS =
      GAP.splitAsStream(
              "плюс ноль нуль один одна два две три четыре пять шесть семь восемь девять десять"
                  + " одиннадцать двенадцать тринадцать четырнадцать пятнадцать шестнадцать"
                  + " семнадцать восемнадцать девятнадцать двадцать тридцать сорок пятьдесят"
                  + " шестьдесят семьдесят восемьдесят девяносто сто двести триста четыреста"
                  + " пятьсот шестьсот семьсот восемьсот девятьсот"
                  + " нөл бір екі үш төрт бес алты жеті сегіз тоғыз он жиырма отыз қырық елу"
                  + " алпыс жетпіс сексен тоқсан жүз"
                  + " plus zero oh one two three four five six seven eight nine ten eleven twelve"
                  + " thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty"
                  + " forty fifty sixty seventy eighty ninety hundred double triple")
          .collect(Collectors.toUnmodifiableSet());

  private NumberMask() {}

  static String hidden(String said) {
    List<String> words =
        GAP.splitAsStream(DIGITS.matcher(said).replaceAll(HIDDEN).strip()).toList();
    StringBuilder shown = new StringBuilder();
    int from = 0;
    while (from < words.size()) {
      int to = from;
      while (to < words.size() && isNumber(words.get(to))) {
        to++;
      }
      boolean hide = to - from >= WORDS;
      int until = Math.max(to, from + 1);
      for (int i = from; i < until && !hide; i++) {
        append(shown, words.get(i));
      }
      if (hide) {
        append(shown, HIDDEN);
      }
      from = until;
    }
    return shown.toString();
  }

  private static boolean isNumber(String word) {
    String plain = word.replaceAll("[^\\p{L}\\p{N}]", "").toLowerCase(Locale.ROOT);
    return NUMBERS.contains(plain) || plain.matches("\\d{1,2}");
  }

  private static void append(StringBuilder shown, String word) {
    shown.append(shown.isEmpty() ? "" : " ").append(word);
  }
}
