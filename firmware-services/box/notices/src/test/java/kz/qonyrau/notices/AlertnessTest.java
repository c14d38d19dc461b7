package kz.qonyrau.notices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import kz.qonyrau.vocabulary.Tenge;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// When a low balance is worth telling.
@Tag("SH-BAL-18")
class AlertnessTest {

  private Alertness rules = new Alertness(Map.of(), true, false);

  private void set(boolean usualDay, String... thresholds) {
    rules = rules.with(new Warnings(Stream.of(thresholds).map(Tenge::of).toList(), usualDay));
  }

  private List<String> look(String balance) {
    return look(balance, Optional.empty());
  }

  private List<String> look(String balance, Optional<String> usualDay) {
    Alertness.Outcome outcome = rules.look(new Funds(Tenge.of(balance), usualDay.map(Tenge::of)));
    rules = outcome.next();
    return outcome.codes();
  }

  @Test
  void oneCrossingIsOneNotice() {
    set(false, "1000.00");

    assertThat(look("1000.00")).isEmpty();
    assertThat(look("999.99")).containsExactly("BALANCE_LOW");
    assertThat(look("999.98")).isEmpty();
    assertThat(look("-5.00")).isEmpty();
  }

  @Test
  void isArmedAgainAtTheThresholdAndNotBelowIt() {
    set(false, "1000.00");
    assertThat(look("900.00")).containsExactly("BALANCE_LOW");

    assertThat(look("999.99")).isEmpty();
    assertThat(look("900.00")).isEmpty();
    assertThat(look("1000.00")).isEmpty();
    assertThat(look("900.00")).containsExactly("BALANCE_LOW");
  }

  @Test
  void thresholdsThatAreCrossedAtOnceAreOneNoticeAndOneAfterTheOtherAreTwo() {
    set(false, "500.00", "1000.00", "100.00");

    assertThat(look("400.00")).containsExactly("BALANCE_LOW");
    assertThat(look("99.00")).containsExactly("BALANCE_LOW");
    assertThat(look("600.00")).isEmpty();
    assertThat(look("499.00")).containsExactly("BALANCE_LOW");
  }

  @Test
  void lessThanOneDayOfUsualSpendIsARuleOfItsOwn() {
    set(true, "1000.00");

    assertThat(look("1500.00", Optional.of("1500.00"))).isEmpty();
    assertThat(look("1499.99", Optional.of("1500.00"))).containsExactly("BALANCE_BELOW_DAY");
    assertThat(look("900.00", Optional.of("1500.00"))).containsExactly("BALANCE_LOW");
    assertThat(look("2000.00", Optional.of("1500.00"))).isEmpty();
    assertThat(look("1.00", Optional.of("1500.00")))
        .containsExactly("BALANCE_LOW", "BALANCE_BELOW_DAY");
  }

  /// A day that gets dearer arms nothing and tells nothing twice.
  @Test
  void theUsualDayMayChange() {
    assertThat(look("1000.00", Optional.of("1200.00"))).containsExactly("BALANCE_BELOW_DAY");
    assertThat(look("1000.00", Optional.of("1500.00"))).isEmpty();
    assertThat(look("1000.00", Optional.of("800.00"))).isEmpty();
    assertThat(look("1000.00", Optional.of("1001.00"))).containsExactly("BALANCE_BELOW_DAY");
  }

  @Test
  void aDayOfWhichNothingIsKnownNeitherTellsNorArms() {
    assertThat(look("0.00")).isEmpty();
    assertThat(look("0.00", Optional.of("10.00"))).containsExactly("BALANCE_BELOW_DAY");
    assertThat(look("0.00")).isEmpty();
    assertThat(look("0.00", Optional.of("10.00"))).isEmpty();
  }

  @Test
  void aThresholdThatIsSetAboveTheBalanceTellsAtOnce() {
    set(false, "100.00");
    assertThat(look("500.00")).isEmpty();

    set(false, "100.00", "800.00");

    assertThat(look("500.00")).containsExactly("BALANCE_LOW");
    assertThat(look("500.00")).isEmpty();
  }

  @Test
  void whatStaysAsItWasDoesNotTellAgain() {
    set(true, "1000.00");
    assertThat(look("500.00", Optional.of("600.00")))
        .containsExactly("BALANCE_LOW", "BALANCE_BELOW_DAY");

    set(true, "1000.00", "300.00");

    assertThat(look("500.00", Optional.of("600.00"))).isEmpty();
    set(false, "300.00");
    assertThat(look("500.00", Optional.of("600.00"))).isEmpty();
    set(true, "1000.00");
    assertThat(look("500.00", Optional.of("600.00")))
        .containsExactly("BALANCE_LOW", "BALANCE_BELOW_DAY");
  }

  @Test
  void whoWantsNoWarningIsNotWarned() {
    set(false);

    assertThat(look("-100.00", Optional.of("600.00"))).isEmpty();
  }

  /// The model: of each threshold, whether the balance has been below it since it was last not.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void agreesWithSetsOfWhatWasTold(long seed) {
    Random random = new Random(seed);
    Set<Tenge> wanted = new HashSet<>();
    Set<Tenge> told = new HashSet<>();
    for (int step = 0; step < 2000; step++) {
      if (random.nextInt(20) == 0) {
        wanted.clear();
        for (int each = random.nextInt(Warnings.MOST + 1); each > 0; each--) {
          wanted.add(new Tenge(1 + random.nextInt(10)));
        }
        told.retainAll(wanted);
        rules = rules.with(new Warnings(List.copyOf(wanted), false));
      }
      Tenge balance = new Tenge(random.nextInt(14) - 2);
      List<Tenge> crossed = new ArrayList<>();
      for (Tenge threshold : wanted) {
        if (balance.compareTo(threshold) >= 0) {
          told.remove(threshold);
        } else if (told.add(threshold)) {
          crossed.add(threshold);
        }
      }

      Alertness.Outcome outcome = rules.look(new Funds(balance, Optional.empty()));

      rules = outcome.next();
      assertThat(outcome.codes())
          .as("step %s", step)
          .isEqualTo(crossed.isEmpty() ? List.of() : List.of("BALANCE_LOW"));
    }
  }

  @Test
  void thresholdsAreAboveZeroAndFewAndEachThereOnce() {
    assertThat(new Warnings(List.of(new Tenge(1), Warnings.LARGEST), true).thresholds())
        .containsExactly(Warnings.LARGEST, new Tenge(1));
    for (List<Tenge> wrong :
        List.of(
            List.of(Tenge.ZERO),
            List.of(new Tenge(-1)),
            List.of(Warnings.LARGEST.plus(new Tenge(1))),
            List.of(new Tenge(5), new Tenge(5)),
            Stream.iterate(1L, n -> n + 1).limit(Warnings.MOST + 1L).map(Tenge::new).toList())) {
      assertThatThrownBy(() -> new Warnings(wrong, true))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
