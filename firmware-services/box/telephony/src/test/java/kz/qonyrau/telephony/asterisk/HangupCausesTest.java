package kz.qonyrau.telephony.asterisk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import kz.qonyrau.telephony.DialOutcome;
import kz.qonyrau.telephony.HangupCause;
import kz.qonyrau.vocabulary.CallOutcome;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("AC-CAL-06")
class HangupCausesTest {

  @ParameterizedTest
  @CsvSource({
    // q850, sip (0 for none), rang, outcome
    "17, 486, true,  BUSY",
    "17, 486, false, BUSY",
    "17, 600, true,  BUSY",
    "17, 0,   true,  BUSY",
    "17, 480, true,  BUSY",
    "21, 603, true,  REJECTED",
    "21, 607, false, REJECTED",
    "21, 403, false, REJECTED",
    "21, 0,   true,  REJECTED",
    "21, 480, true,  REJECTED",
    "21, 401, false, OPERATOR_FAILURE",
    "21, 407, false, OPERATOR_FAILURE",
    "1,  404, false, INVALID_NUMBER",
    "1,  604, false, INVALID_NUMBER",
    "1,  0,   false, INVALID_NUMBER",
    "22, 410, false, INVALID_NUMBER",
    "28, 484, false, INVALID_NUMBER",
    "19, 480, false, UNREACHABLE",
    "20, 480, false, UNREACHABLE",
    "20, 480, true,  UNREACHABLE",
    "18, 480, true,  UNREACHABLE",
    "27, 0,   false, UNREACHABLE",
    "20, 0,   false, UNREACHABLE",
    "19, 480, true,  NO_ANSWER",
    "19, 0,   true,  NO_ANSWER",
    "18, 408, true,  NO_ANSWER",
    "127, 487, true, NO_ANSWER",
    "16, 0,   true,  NO_ANSWER",
    "18, 408, false, OPERATOR_FAILURE",
    "16, 0,   false, OPERATOR_FAILURE",
    "34, 503, false, OPERATOR_FAILURE",
    "34, 0,   false, OPERATOR_FAILURE",
    "38, 500, false, OPERATOR_FAILURE",
    "17, 503, true,  OPERATOR_FAILURE",
    "41, 0,   true,  OPERATOR_FAILURE",
    "0,  0,   false, OPERATOR_FAILURE",
    "127, 699, true, OPERATOR_FAILURE",
  })
  void saysWhatTheNetworkMeant(int q850, int sip, boolean rang, CallOutcome outcome) {
    HangupCause cause = cause(q850, sip);

    assertThat(HangupCauses.classify(cause, rang, false).outcome()).isEqualTo(outcome);
  }

  @ParameterizedTest
  @CsvSource({"19, 480", "16, 0", "0, 0", "127, 487"})
  void callsItNoAnswerWhenItWasWeWhoStoppedRinging(int q850, int sip) {
    HangupCause cause = cause(q850, sip);

    assertThat(HangupCauses.classify(cause, true, true)).isEqualTo(new DialOutcome.NoAnswer(cause));
  }

  @ParameterizedTest
  @CsvSource({"19, 480", "16, 0"})
  void blamesATrunkThatNeverEvenRang(int q850, int sip) {
    HangupCause cause = cause(q850, sip);

    assertThat(HangupCauses.classify(cause, false, true))
        .isEqualTo(new DialOutcome.OperatorFailure(cause));
  }

  private static HangupCause cause(int q850, int sip) {
    return new HangupCause(q850, sip == 0 ? OptionalInt.empty() : OptionalInt.of(sip));
  }
}
