package kz.qonyrau.telephony.asterisk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import kz.qonyrau.telephony.DialOutcome;
import kz.qonyrau.telephony.HangupCause;
import kz.qonyrau.telephony.asterisk.FailOver.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is the trunk's fault, and when another one may be asked.
class FailOverTest {

  private static Verdict verdict(int sip, int q850, boolean heard) {
    HangupCause cause = new HangupCause(q850, sip == 0 ? OptionalInt.empty() : OptionalInt.of(sip));
    return FailOver.of(HangupCauses.classify(cause, heard, false), heard, true);
  }

  @ParameterizedTest
  @CsvSource({
    "503, 34, REFUSED",
    "500, 38, REFUSED",
    "502, 38, REFUSED",
    "504, 38, REFUSED",
    "401, 21, REFUSED",
    "407, 21, REFUSED",
    "403, 21, REFUSED",
    "408, 18, REFUSED",
    "488, 88, REFUSED",
    "302, 0, REFUSED",
    "0, 34, REFUSED",
    "0, 42, REFUSED",
    "0, 16, FAILED",
    "486, 17, CARRIED",
    "603, 21, CARRIED",
    "404, 1, CARRIED",
    "480, 19, CARRIED",
    "484, 28, CARRIED",
    "487, 16, FAILED",
  })
  void beforeAnythingRang(int sip, int q850, Verdict expected) {
    assertThat(verdict(sip, q850, false)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"503, 34", "500, 38", "403, 21", "488, 88", "0, 34", "408, 18", "487, 16"})
  void neverAgainOnceAPhoneMayHaveRung(int sip, int q850) {
    assertThat(verdict(sip, q850, true)).isNotEqualTo(Verdict.REFUSED);
  }

  @Test
  void whatWeEndedOurselvesIsNotTriedAgain() {
    DialOutcome silence =
        HangupCauses.classify(new HangupCause(34, OptionalInt.of(503)), false, true);

    assertThat(FailOver.of(silence, false, false)).isEqualTo(Verdict.FAILED);
    assertThat(FailOver.of(new DialOutcome.PlatformFault("x"), false, true))
        .isEqualTo(Verdict.OURS);
  }
}
