package kz.qonyrau.telephony.trunks;

import java.time.Instant;
import java.util.List;

/// What a look at one trunk has found so far.
///
/// @param running whether there is more to come
public record Diagnosis(Instant begunAt, boolean running, List<Step> steps) {

  public Diagnosis {
    steps = List.copyOf(steps);
  }

  /// What is looked at, in this order.
  public enum Kind {
    /// Whether calls may go there at all.
    OPEN,
    /// Whether the carrier's name leads to an address.
    RESOLVE,
    /// Whether its port takes connections; only where SIP goes over TCP.
    CONNECT,
    /// Whether the carrier answers SIP's OPTIONS.
    OPTIONS,
    REGISTRATION,
    /// A call to a number that the technician gave.
    CALL
  }

  /// What was found. Pages put words to the code.
  ///
  /// @param code what was found, in capitals
  /// @param detail addresses, times, or the network's own codes; names no subscriber
  public record Step(Kind kind, boolean passed, String code, String detail) {}
}
