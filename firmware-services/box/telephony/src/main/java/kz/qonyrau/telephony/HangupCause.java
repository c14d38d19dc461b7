package kz.qonyrau.telephony;

import java.util.OptionalInt;

/// Why a call ended, in the network's own words.
///
/// @param q850 the cause of ITU-T Q.850, 1 to 127; 0 where the network gave none
/// @param sip the final SIP status that came with it, 300 to 699, if the trunk sent one
public record HangupCause(int q850, OptionalInt sip) {

  /// The call ended as calls should: someone hung up.
  public static final HangupCause NORMAL_CLEARING = new HangupCause(16, OptionalInt.empty());

  /// Nobody said why.
  public static final HangupCause UNKNOWN = new HangupCause(0, OptionalInt.empty());

  /// @throws IllegalArgumentException if a code is out of range
  public HangupCause {
    if (q850 < 0 || q850 > 127) {
      throw new IllegalArgumentException("not a Q.850 cause: " + q850 + ", expected 0 to 127");
    }
    if (sip.isPresent() && (sip.getAsInt() < 300 || sip.getAsInt() > 699)) {
      throw new IllegalArgumentException(
          "not a final SIP status of a failed call: " + sip.getAsInt() + ", expected 300 to 699");
    }
  }

  /// The cause as it is stored and shown, for example `Q.850 17, SIP 486`.
  public String code() {
    return "Q.850 " + q850 + (sip.isPresent() ? ", SIP " + sip.getAsInt() : "");
  }
}
