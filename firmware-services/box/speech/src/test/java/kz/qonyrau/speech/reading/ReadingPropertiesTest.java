package kz.qonyrau.speech.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import kz.qonyrau.speech.Voice;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What holds for every text. A failure names its seed.
@Tag("AC-TTS-04")
@Timeout(120)
class ReadingPropertiesTest {

  private static final List<String> LANGUAGES = List.of("ru", "kk", "en");

  /// What texts are put together from, to meet the rules at their edges.
  private static final List<String> PIECES =
      List.of(
          "0",
          "1",
          "2",
          "5",
          "7",
          "8",
          "11",
          "21",
          "25",
          "102",
          "701",
          "000",
          "1414",
          "2026",
          "990101300123",
          "123456789012345678901",
          " ",
          " ",
          " ",
          "\u00A0",
          "\u2009",
          "\n",
          ".",
          ",",
          ":",
          ";",
          "-",
          "–",
          "—",
          "/",
          "(",
          ")",
          "+",
          "−",
          "%",
          "₸",
          "$",
          "€",
          "₽",
          "№",
          "°",
          "@",
          "тг",
          "тенге",
          "теңге",
          "KZT",
          "usd",
          "руб.",
          "млн",
          "тыс.",
          "км",
          "м",
          "г",
          "г.",
          "мин.",
          "ч",
          "л",
          "шт.",
          "°C",
          "й",
          "го",
          "ші",
          "ға",
          "тен",
          "сынып",
          "st",
          "th",
          "ноября",
          "қараша",
          "қарашада",
          "November",
          "May",
          "года",
          "жылғы",
          "жыл",
          "ж.",
          "век",
          "ғасыр",
          "century",
          "XXI",
          "IV",
          "код",
          "код:",
          "code",
          "номер",
          "нөмірі",
          "тел.",
          "call",
          "ТОО",
          "ИП",
          "ЖШС",
          "АҚ",
          "ул.",
          "пр.",
          "д.",
          "кв.",
          "т.д.",
          "т.",
          "т.б.",
          "до",
          "с",
          "к",
          "минуты",
          "x",
          "слово",
          "Абая",
          "am",
          "p.m.",
          "www.",
          "://",
          "\uD83D\uDE00",
          "\uD83D",
          "\uDE00",
          "\u0306",
          "\u200F",
          "٣",
          "²",
          "_",
          "\t");

  static Stream<Arguments> languagesAndSeeds() {
    return LANGUAGES.stream()
        .flatMap(
            language -> Stream.of(1L, 2L, 3L, 20261125L).map(seed -> Arguments.of(language, seed)));
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("languagesAndSeeds")
  void readsItsOwnWordsUnchanged(String language, long seed) {
    ReadingRules rules = new ReadingRules(Locale.of(language));
    Random random = new Random(seed);
    for (int round = 0; round < 2000; round++) {
      String text = text(random, 1 + random.nextInt(14));
      Reading reading = rules.read(text);

      assertThat(rules.read(reading.words()).words())
          .as("seed %d, round %d: '%s'", seed, round, shown(text))
          .isEqualTo(reading.words());
      assertAccountsForEverything(text, reading, seed);
    }
  }

  /// Between the changes the text is as it was written, up to blanks that keep words apart.
  private static void assertAccountsForEverything(String text, Reading reading, long seed) {
    StringBuilder expected = new StringBuilder();
    int written = 0;
    for (Reading.Change change : reading.changes()) {
      assertThat(change.start())
          .as("seed %d: '%s'", seed, shown(text))
          .isGreaterThanOrEqualTo(written);
      assertThat(change.end()).as("seed %d: '%s'", seed, shown(text)).isGreaterThan(change.start());
      expected.append(text, written, change.start()).append(change.spoken());
      written = change.end();
    }
    expected.append(text, written, text.length());
    assertThat(reading.words().replace(" ", ""))
        .as("seed %d: '%s'", seed, shown(text))
        .isEqualTo(expected.toString().replace(" ", ""));
  }

  /// A text that a log shows whole.
  private static String shown(String text) {
    StringBuilder shown = new StringBuilder();
    text.chars()
        .forEach(c -> {
          if (Character.isLetterOrDigit(c) || (c > ' ' && c < 127)) {
            shown.append((char) c);
          } else {
            shown.append(String.format("\\u%04X", c));
          }
        });
    return shown.toString();
  }

  private static String text(Random random, int pieces) {
    StringBuilder text = new StringBuilder();
    for (int piece = 0; piece < pieces; piece++) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
      if (random.nextInt(3) == 0) {
        text.append(' ');
      }
    }
    return text.toString();
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("languagesAndSeeds")
  void readsAnyCharacters(String language, long seed) {
    ReadingRules rules = new ReadingRules(Locale.of(language));
    Random random = new Random(seed);
    for (int round = 0; round < 40; round++) {
      StringBuilder text = new StringBuilder();
      int range = round % 2 == 0 ? 0x10000 : 0x500;
      while (text.length() < Voice.LONGEST_TEXT) {
        text.append((char) random.nextInt(range));
      }
      String words = rules.read(text.toString()).words();

      assertThat(rules.read(words).words()).as("seed %d, round %d", seed, round).isEqualTo(words);
    }
  }

  /// Three times the longest text that a voice takes: a rule that tries everything at every place
  /// would not come to its end within the time limit of these tests.
  @ParameterizedTest
  @ValueSource(strings = {"ru", "kk", "en"})
  void comesToAnEndHoweverOftenTheSameIsRepeated(String language) {
    ReadingRules rules = new ReadingRules(Locale.of(language));
    List<String> hard = new ArrayList<>(PIECES);
    hard.addAll(
        List.of(
            "1 ",
            "12 345 ",
            "1.",
            "1,",
            "1-",
            "1:1",
            "1/",
            "- ",
            "+7 ",
            "8 701 ",
            "код ",
            "код: a ",
            "25 ноября ",
            "$ ",
            "5 %-",
            "а",
            "a.",
            "(7",
            "т. ",
            "X ",
            "5-",
            "1 000 000 "));
    for (String piece : hard) {
      String text = piece.repeat(3 * Voice.LONGEST_TEXT / piece.length());

      assertThat(rules.read(text).words()).as("'%s' again and again", piece).isNotEmpty();
    }
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("languagesAndSeeds")
  void readsEveryNumberInItsOwnWords(String language, long seed) {
    ReadingRules rules = new ReadingRules(Locale.of(language));
    NumberWords inverse = NumberWords.of(language);
    Map<String, Long> seen = new HashMap<>();
    for (long number : numbers(new Random(seed))) {
      String words = rules.read(Long.toString(number)).words();
      Long before = seen.put(words, number);

      assertThat(before == null || before == number).as("'%s' twice", words).isTrue();
      assertThat(inverse.number(words)).as("seed %d, %s", seed, words).isEqualTo(number);
    }
  }

  private static List<Long> numbers(Random random) {
    List<Long> numbers = new ArrayList<>();
    for (long number = 0; number <= 2000; number++) {
      numbers.add(number);
    }
    for (int draw = 0; draw < 5000; draw++) {
      numbers.add((long) random.nextInt(1_000_001));
    }
    for (int draw = 0; draw < 2000; draw++) {
      numbers.add(random.nextLong(1_000_000_000_000L));
    }
    numbers.add(1_000_000L);
    numbers.add(999_999_999_999L);
    // Eleven digits from 87, 77, 88 and 78 on may be a telephone number.
    numbers.removeIf(number -> Long.toString(number).matches("[78](7\\d\\d|800)\\d{7}"));
    return numbers;
  }
}
