package kz.qonyrau.telephony.asterisk;

import java.util.Map;
import kz.qonyrau.telephony.DialOutcome;
import kz.qonyrau.telephony.HangupCause;

/// Says what a call that nobody answered came to, by the network's codes (AC-CAL-06).
///
/// The SIP status goes first where it says more than the Q.850 cause that Asterisk makes of it; a
/// cause that the network sent along, in a Reason header, has by then taken the place of
/// Asterisk's.
final class HangupCauses {

  private static final int NORMAL_CLEARING = 16;
  private static final int NO_USER_RESPONDING = 18;
  private static final int NO_ANSWER = 19;

  private enum Kind {
    BUSY,
    NO_ANSWER,
    REJECTED,
    UNREACHABLE,
    INVALID_NUMBER,
    OPERATOR_FAILURE
  }

  private static final Map<Integer, Kind> BY_SIP =
      Map.ofEntries(
          Map.entry(401, Kind.OPERATOR_FAILURE),
          Map.entry(402, Kind.OPERATOR_FAILURE),
          Map.entry(403, Kind.REJECTED),
          Map.entry(404, Kind.INVALID_NUMBER),
          Map.entry(407, Kind.OPERATOR_FAILURE),
          Map.entry(410, Kind.INVALID_NUMBER),
          Map.entry(416, Kind.INVALID_NUMBER),
          Map.entry(484, Kind.INVALID_NUMBER),
          Map.entry(486, Kind.BUSY),
          Map.entry(600, Kind.BUSY),
          Map.entry(603, Kind.REJECTED),
          Map.entry(604, Kind.INVALID_NUMBER),
          Map.entry(607, Kind.REJECTED),
          Map.entry(608, Kind.REJECTED));

  private static final Map<Integer, Kind> BY_Q850 =
      Map.ofEntries(
          Map.entry(1, Kind.INVALID_NUMBER),
          Map.entry(17, Kind.BUSY),
          Map.entry(NO_USER_RESPONDING, Kind.UNREACHABLE),
          Map.entry(NO_ANSWER, Kind.NO_ANSWER),
          Map.entry(20, Kind.UNREACHABLE),
          Map.entry(21, Kind.REJECTED),
          Map.entry(22, Kind.INVALID_NUMBER),
          Map.entry(27, Kind.UNREACHABLE),
          Map.entry(28, Kind.INVALID_NUMBER));

  private HangupCauses() {}

  /// @param cause what the network, or Asterisk on its behalf, said
  /// @param rang whether the callee's phone was heard ringing
  /// @param gaveUp whether it was we who stopped ringing, after the time that was asked for
  static DialOutcome classify(HangupCause cause, boolean rang, boolean gaveUp) {
    return switch (kind(cause, rang, gaveUp)) {
      case BUSY -> new DialOutcome.Busy(cause);
      case NO_ANSWER -> new DialOutcome.NoAnswer(cause);
      case REJECTED -> new DialOutcome.Rejected(cause);
      case UNREACHABLE -> new DialOutcome.Unreachable(cause);
      case INVALID_NUMBER -> new DialOutcome.InvalidNumber(cause);
      case OPERATOR_FAILURE -> new DialOutcome.OperatorFailure(cause);
    };
  }

  private static Kind kind(HangupCause cause, boolean rang, boolean gaveUp) {
    if (gaveUp) {
      // A trunk that stayed dumb all the time is the carrier's failure, not a subscriber's.
      return rang ? Kind.NO_ANSWER : Kind.OPERATOR_FAILURE;
    }
    int sip = cause.sip().orElse(0);
    Kind bySip = BY_SIP.get(sip);
    if (bySip != null) {
      return bySip;
    }
    return switch (sip) {
      // The network gave up ringing, or never got as far; a cause that it sent along says which.
      case 480 ->
          switch (cause.q850()) {
            case NO_ANSWER -> rang ? Kind.NO_ANSWER : Kind.UNREACHABLE;
            case 17 -> Kind.BUSY;
            case 21 -> Kind.REJECTED;
            default -> Kind.UNREACHABLE;
          };
      // Also what Asterisk notes when the trunk does not answer at all.
      case 408 -> rang ? Kind.NO_ANSWER : Kind.OPERATOR_FAILURE;
      case 487 -> rang ? Kind.NO_ANSWER : Kind.OPERATOR_FAILURE;
      default -> {
        if (sip >= 500 && sip <= 599) {
          yield Kind.OPERATOR_FAILURE;
        }
        if (cause.q850() == NORMAL_CLEARING) {
          yield rang ? Kind.NO_ANSWER : Kind.OPERATOR_FAILURE;
        }
        yield BY_Q850.getOrDefault(cause.q850(), Kind.OPERATOR_FAILURE);
      }
    };
  }
}
