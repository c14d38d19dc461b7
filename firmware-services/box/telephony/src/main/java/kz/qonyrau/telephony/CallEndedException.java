package kz.qonyrau.telephony;

import kz.qonyrau.vocabulary.CallId;

/// The call was over before the audio had been played. Playing it again makes no sense.
public final class CallEndedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CallEndedException(CallId call) {
    super("call " + call + " has ended");
  }
}
