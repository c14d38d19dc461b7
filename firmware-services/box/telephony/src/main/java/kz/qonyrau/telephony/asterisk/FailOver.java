package kz.qonyrau.telephony.asterisk;

import java.util.Set;
import kz.qonyrau.telephony.DialOutcome;
import kz.qonyrau.telephony.HangupCause;

/// What an attempt says of the trunk that was asked, and whether another may be asked. Pure.
///
/// Only where nothing was heard yet, and the trunk itself turned the call down for reasons of its
/// own, so that no subscriber's phone rings twice.
final class FailOver {

  /// What the trunk did.
  enum Verdict {
    /// It brought the call to the subscriber's network, whatever came of it there.
    CARRIED,
    /// It refused before anything rang; another may be asked.
    REFUSED,
    /// It failed, and the phone may have rung.
    FAILED,
    /// It was not the trunk's fault.
    OURS
  }

  // Without a SIP status: no circuit, network out of order, temporary failure, congestion, channel
  // not available, resource unavailable.
  private static final Set<Integer> BY_Q850 = Set.of(34, 38, 41, 42, 44, 47);

  // Not allowed, unauthorized, payment, proxy, no answer at all, media, and extensions that another
  // carrier may do without.
  private static final Set<Integer> BY_SIP =
      Set.of(401, 402, 403, 405, 407, 408, 415, 420, 421, 423, 488, 493, 606);

  private FailOver() {}

  /// @param heard whether anything was, a ring tone or whatever else came before the answer
  /// @param byNetwork whether it was the network that ended the dialling, and not we
  static Verdict of(DialOutcome outcome, boolean heard, boolean byNetwork) {
    return switch (outcome) {
      case DialOutcome.PlatformFault _ -> Verdict.OURS;
      case DialOutcome.Answered _,
          DialOutcome.Busy _,
          DialOutcome.NoAnswer _,
          DialOutcome.Unreachable _,
          DialOutcome.InvalidNumber _ ->
          Verdict.CARRIED;
      case DialOutcome.Rejected(HangupCause cause) ->
          // "Forbidden" is the carrier's word to us; the callee's own is another one.
          cause.sip().orElse(0) == 403 && !heard && byNetwork ? Verdict.REFUSED : Verdict.CARRIED;
      case DialOutcome.OperatorFailure(HangupCause cause) ->
          !heard && byNetwork && anotherMayDo(cause) ? Verdict.REFUSED : Verdict.FAILED;
    };
  }

  private static boolean anotherMayDo(HangupCause cause) {
    if (cause.sip().isEmpty()) {
      return BY_Q850.contains(cause.q850());
    }
    int sip = cause.sip().getAsInt();
    return sip < 400 || (sip >= 500 && sip <= 599) || BY_SIP.contains(sip);
  }
}
