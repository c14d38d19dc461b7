package kz.qonyrau.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import kz.qonyrau.vocabulary.Tenge;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("SH-BAL-18")
class UsualDayTest {

  private static Optional<Tenge> of(long... tiyn) {
    return UsualDay.of(Arrays.stream(tiyn).mapToObj(Tenge::new).toList());
  }

  @Test
  void isTheMeanOfTheDaysOnWhichAnythingWasSpent() {
    assertThat(of(0, 300, 0, 0, 100)).contains(new Tenge(200));
  }

  @Test
  void takesTheNewestSeven() {
    assertThat(of(0, 10, 10, 10, 10, 10, 10, 10, 99_999)).contains(new Tenge(10));
  }

  @Test
  void isRoundedHalfUp() {
    assertThat(of(1, 2)).contains(new Tenge(2));
    assertThat(of(1, 1, 2)).contains(new Tenge(1));
    assertThat(of(1, 2, 2)).contains(new Tenge(2));
  }

  @Test
  void isUnknownWhileNothingWasSpent() {
    assertThat(UsualDay.of(List.of())).isEmpty();
    assertThat(of(0, 0, 0)).isEmpty();
  }
}
