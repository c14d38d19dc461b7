package kz.qonyrau.campaigns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import kz.qonyrau.vocabulary.ContactListId;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How many calls a minute a campaign may be ordered to make.
@Tag("AC-CAL-01")
@Tag("EX-AC-7")
class RateRangeTest {

  private static CampaignOrder calling(int perMinute) {
    return OrderDraft.to(ContactListId.random()).callsPerMinute(perMinute).order();
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 5000})
  void bothEndsOfTheRangeAreTaken(int perMinute) {
    assertThat(calling(perMinute).callsPerMinute()).isEqualTo(perMinute);
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 19, 5001, Integer.MAX_VALUE})
  void whatIsBeyondIsRefusedWithTheRange(int perMinute) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> calling(perMinute))
        .withMessageContaining("20 to 5000")
        .withMessageContaining(Integer.toString(perMinute));
  }
}
