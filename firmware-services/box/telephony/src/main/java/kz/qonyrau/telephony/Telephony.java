package kz.qonyrau.telephony;

import java.util.function.Consumer;

/// What operators and technicians want to know about the box's lines.
public interface Telephony {

  /// How things stand now. May be called from any thread.
  TelephonyState state();

  /// Calls the listener after each change of Asterisk's phase, of the trunk's reachability or of
  /// the number of active calls, on an event loop: it must never block.
  void onChange(Consumer<TelephonyState> listener);
}
