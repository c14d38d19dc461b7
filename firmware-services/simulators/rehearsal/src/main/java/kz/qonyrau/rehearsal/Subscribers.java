package kz.qonyrau.rehearsal;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Made-up numbers of Kazakhstan whose last two digits tell the rehearsal carrier what to do. The
/// table is in the carrier's README.
public final class Subscribers {

  /// Speaks when nobody else does: a single word.
  public static final String SAYS_TODAY = "00";

  /// Answers and says nothing.
  public static final String SILENT = "30";

  /// Answers, writes down after how long he hears something, and says nothing.
  public static final String LISTENS = "35";

  /// Answers and hangs up after five seconds.
  public static final String HANGS_UP_LATER = "84";

  /// Answers and talks on for as long as a minute.
  public static final String TALKS_ON = "90";

  private static final int MOST = 100_000;

  private Subscribers() {}

  /// Different numbers that all do the same.
  ///
  /// @param lastDigits what the carrier does with them, two digits
  /// @param count 1 to 100 000
  public static List<String> many(String lastDigits, int count) {
    if (count < 1 || count > MOST) {
      throw new IllegalArgumentException("not 1 to " + MOST + " numbers: " + count);
    }
    return IntStream.range(0, count).mapToObj(index -> nth(lastDigits, index)).toList();
  }

  /// One of [#many].
  ///
  /// @param index 0 to 99 999
  public static String nth(String lastDigits, int index) {
    if (index < 0 || index >= MOST) {
      throw new IllegalArgumentException("not 0 to " + (MOST - 1) + ": " + index);
    }
    return String.format(Locale.ROOT, "+7701%05d%s", index, lastDigits);
  }

  /// One of each kind: thirteen who speak, one of them a made Russian yes, and one each who stays
  /// silent, is busy, does not answer, declines, meets congestion, does not exist, is switched off,
  /// is a machine, presses keys, hangs up after one, three and five seconds.
  ///
  /// @param kazakh whether somebody says yes in Kazakh, too
  static List<String> oneOfEachKind(boolean kazakh) {
    return Stream.concat(
            Stream.of(
                "00", "03", "05", "10", "13", "17", "21", "22", "24", "25", "26", "28", "30", "36",
                "40", "45", "50", "55", "60", "65", "70", "75", "80", "82", "84"),
            kazakh ? Stream.of("37") : Stream.empty())
        .map(kind -> many(kind, 1).getFirst())
        .toList();
  }
}
