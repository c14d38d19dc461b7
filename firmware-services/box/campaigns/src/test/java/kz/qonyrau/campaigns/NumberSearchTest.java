package kz.qonyrau.campaigns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import kz.qonyrau.vocabulary.Msisdn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What people type to find a number, and which numbers it fits.
class NumberSearchTest {

  private static final KazakhNumbers READER = new KazakhNumbers();

  private static boolean fits(String typed, String number) {
    Msisdn msisdn = new Msisdn(number);
    return NumberSearch.of(READER.digitsOf(typed)).ranges().stream()
        .anyMatch(range -> {
          String key = range.backwards() ? NumberSearch.backwards(msisdn) : msisdn.e164();
          return key.compareTo(range.from()) >= 0 && key.compareTo(range.to()) < 0;
        });
  }

  @ParameterizedTest
  @CsvSource({
    "+7 701 234 56 78, true",
    "8 (701) 234-56-78, true",
    "701 234 56 78, true",
    "8 701 23, true",
    "+7701, true",
    "7701, true",
    "701, true",
    "7, true",
    "8, true",
    "56-78, true",
    "678, true",
    "2345678, true",
    "234, false",
    "5679, false",
    "8 702, false",
    "+7 701 234 56 79, false",
    "77012345678901, false",
    "hello, false",
    "%, false",
    "_, false"
  })
  void findsByTheBeginningAndByTheEnd(String typed, boolean found) {
    assertThat(fits(typed, "+77012345678")).isEqualTo(found);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void everyBeginningAndEveryEndOfANumberFindsIt(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      String national = "70" + random.nextInt(1, 3) + "%07d".formatted(random.nextInt(10_000_000));
      for (int length = 1; length <= national.length(); length++) {
        String beginning = national.substring(0, length);
        String end = national.substring(national.length() - length);
        for (String typed : List.of(beginning, "8" + beginning, "+7" + beginning, end)) {
          assertThat(fits(typed, "+7" + national)).as(typed + " of " + national).isTrue();
        }
      }
    }
  }

  @Test
  void nothingThatWasTypedMakesAnythingButDigits() {
    IntStream.range(0, 0x3000)
        .mapToObj(Character::toString)
        .flatMap(c -> NumberSearch.of(READER.digitsOf(c)).ranges().stream())
        .forEach(range -> assertThat(range.from() + range.to()).matches("[+]?[0-9]+[+]?[0-9]+:"));
  }
}
