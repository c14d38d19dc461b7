package kz.qonyrau.telephony.trunks;

import kz.qonyrau.telephony.DialOutcome;
import kz.qonyrau.telephony.HangupCause;
import kz.qonyrau.telephony.trunks.Diagnosis.Kind;
import kz.qonyrau.telephony.trunks.Diagnosis.Step;
import kz.qonyrau.telephony.trunks.TrunkTerms.Media;
import kz.qonyrau.telephony.trunks.TrunkTerms.Transport;

/// What a test call says of a trunk. Pure.
final class CallFinding {

  private CallFinding() {}

  /// Says it in the words of the pages.
  ///
  /// @param terms of the trunk by which it went
  static Step of(DialOutcome outcome, TrunkTerms terms) {
    return switch (outcome) {
      case DialOutcome.Answered _ -> new Step(Kind.CALL, true, "ANSWERED", "");
      case DialOutcome.NoAnswer(HangupCause cause) -> found(true, "RANG", cause);
      case DialOutcome.Busy(HangupCause cause) -> found(true, "BUSY", cause);
      case DialOutcome.Unreachable(HangupCause cause) -> found(true, "PHONE_OFF", cause);
      case DialOutcome.InvalidNumber(HangupCause cause) -> found(false, "NUMBER_UNKNOWN", cause);
      case DialOutcome.Rejected(HangupCause cause) ->
          cause.sip().orElse(0) == 403
              ? found(false, "FORBIDDEN", cause)
              : found(true, "DECLINED", cause);
      case DialOutcome.OperatorFailure(HangupCause cause) ->
          found(false, code(cause, terms), cause);
      case DialOutcome.PlatformFault(String why) -> new Step(Kind.CALL, false, "BOX_FAULT", why);
    };
  }

  private static Step found(boolean passed, String code, HangupCause cause) {
    return new Step(Kind.CALL, passed, code, cause.code());
  }

  private static String code(HangupCause cause, TrunkTerms terms) {
    int sip = cause.sip().orElse(0);
    return switch (sip) {
      case 401, 407 -> "LOGIN_REFUSED";
      case 402 -> "NOT_PAID";
      case 408 -> "SAYS_NOTHING";
      case 415, 488, 606 -> refusedMedia(terms);
      default -> {
        if (sip >= 300 && sip < 400) {
          yield "REDIRECTED";
        }
        if (sip >= 500 && sip < 600) {
          yield "CARRIER_FAULT";
        }
        yield switch (cause.q850()) {
          case 34, 38, 41, 42, 44, 47 -> "CARRIER_FAULT";
          default -> "UNCLEAR";
        };
      }
    };
  }

  // SIP has one word for speech that is not encrypted as it should be and for codecs that are not
  // known. Nearly every carrier knows one of ours, so where encryption is possible it is looked at
  // first.
  private static String refusedMedia(TrunkTerms terms) {
    if (terms.transport() != Transport.TLS) {
      return "NO_COMMON_CODEC";
    }
    return terms.media() == Media.SRTP ? "SRTP_REFUSED" : "PLAIN_REFUSED";
  }
}
