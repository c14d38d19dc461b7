package kz.qonyrau.telephony.trunks;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

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
    /// Whether its port takes connections; only where SIP goes over TCP or TLS.
    CONNECT,
    /// Whether whoever answers there shows that he is the carrier; only where SIP goes over TLS.
    TLS,
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
  /// @param certificate the one that is spoken of, if one is
  public record Step(
      Kind kind, boolean passed, String code, String detail, Optional<Certificate> certificate) {

    public Step(Kind kind, boolean passed, String code, String detail) {
      this(kind, passed, code, detail, Optional.empty());
    }
  }

  /// Whom a certificate names, who vouches for that, and from when until when.
  public record Certificate(String subject, String issuer, Instant from, Instant until) {}
}
