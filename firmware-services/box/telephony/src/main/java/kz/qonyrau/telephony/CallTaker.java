package kz.qonyrau.telephony;

/// Takes the calls that come in.
@FunctionalInterface
public interface CallTaker {

  /// Takes a call that rings now, on an event loop: it must return at once, and pick up or refuse
  /// when it has made up its mind.
  void take(IncomingCall call);
}
