package kz.qonyrau.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("SH-ACC-01")
class OrganisationKeyTest {

  @Test
  @Tag("EX-ACC-1")
  void theLastDigitChecksTheOthers() {
    assertThat(new OrganisationKey("990140000007").value()).isEqualTo("990140000007");
    assertThat(OrganisationKey.fault("990140000008"))
        .contains(OrganisationKey.Fault.INVALID_CONTROL_DIGIT);
    assertThatThrownBy(() -> new OrganisationKey("990140000008"))
        .hasMessageContaining("INVALID_CONTROL_DIGIT");
  }

  /// Where the first weights give 10, the second ones may come to the same digit: the state's rule
  /// lets some mistakes through.
  @Test
  void mostMistypedDigitsAreFound() {
    String right = "990140000007";
    int missed = 0;
    for (int place = 0; place < right.length(); place++) {
      for (char digit = '0'; digit <= '9'; digit++) {
        String typed = right.substring(0, place) + digit + right.substring(place + 1);
        if (OrganisationKey.fault(typed).isEmpty() && !typed.equals(right)) {
          missed++;
          assertThat(place).as("the control digit itself").isLessThan(11);
        }
      }
    }
    assertThat(missed).isLessThanOrEqualTo(12);
  }

  @Test
  void knowsTheSecondWeights() {
    assertThat(OrganisationKey.fault("377835337400")).isEmpty();
    assertThat(OrganisationKey.fault("625851781286")).isEmpty();
  }

  /// Where both rows of weights give 10, the state gives the number to nobody.
  @Test
  void refusesANumberThatNoControlDigitFits() {
    for (int digit = 0; digit <= 9; digit++) {
      assertThat(OrganisationKey.fault("35126360567" + digit))
          .contains(OrganisationKey.Fault.INVALID_CONTROL_DIGIT);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "99014000000",
        "9901400000071",
        "99014000000a",
        "٩٩٠١٤٠٠٠٠٠٠٧",
        " 90140000007"
      })
  void refusesWhatIsNotTwelveDigits(String number) {
    assertThat(OrganisationKey.fault(number)).contains(OrganisationKey.Fault.NOT_TWELVE_DIGITS);
  }
}
