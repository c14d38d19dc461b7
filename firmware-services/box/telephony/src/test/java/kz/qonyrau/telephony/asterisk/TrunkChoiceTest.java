package kz.qonyrau.telephony.asterisk;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import kz.qonyrau.telephony.TrunkId;
import kz.qonyrau.telephony.asterisk.TrunkChoice.Candidate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrunkChoiceTest {

  private static TrunkId id(int number) {
    return new TrunkId("t%08x".formatted(number));
  }

  private static Candidate candidate(int number, String price, int place, int calls) {
    return new Candidate(id(number), true, calls, 10, new BigDecimal(price), place);
  }

  private static Optional<TrunkId> choice(Candidate... candidates) {
    return TrunkChoice.of(List.of(candidates), Set.of());
  }

  @Test
  void theCheapestComesFirstThenPeoplesOrderThenTheIdlest() {
    assertThat(choice(candidate(1, "2", 1, 0), candidate(2, "1.5", 9, 9))).contains(id(2));
    assertThat(choice(candidate(1, "1.50", 2, 0), candidate(2, "1.5", 1, 9))).contains(id(2));
    assertThat(choice(candidate(1, "1", 1, 5), candidate(2, "1.0", 1, 4))).contains(id(2));
  }

  @Test
  void aFullOneIsPassedOver() {
    assertThat(choice(candidate(1, "1", 1, 10), candidate(2, "2", 1, 9))).contains(id(2));
    assertThat(choice(candidate(1, "1", 1, 10))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void nobodyIsAskedTwiceAndNobodyWhoCannotAndNoneThatCanIsForgotten(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      List<Candidate> all = new ArrayList<>();
      for (int number = 0; number < random.nextInt(1, 8); number++) {
        all.add(
            new Candidate(
                id(number),
                random.nextInt(3) > 0,
                random.nextInt(4),
                random.nextInt(1, 4),
                BigDecimal.valueOf(random.nextInt(3)),
                random.nextInt(1, 3)));
      }
      List<TrunkId> asked = new ArrayList<>();
      for (Optional<TrunkId> next = TrunkChoice.of(all, Set.of());
          next.isPresent();
          next = TrunkChoice.of(all, Set.copyOf(asked))) {
        asked.add(next.get());
      }
      assertThat(asked)
          .doesNotHaveDuplicates()
          .containsExactlyInAnyOrderElementsOf(
              all.stream().filter(Candidate::hasRoom).map(Candidate::id).toList());
    }
  }
}
