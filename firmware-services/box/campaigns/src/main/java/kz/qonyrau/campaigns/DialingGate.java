package kz.qonyrau.campaigns;

/// Says before each attempt whether the box may dial: license, telephony, clock.
public interface DialingGate {

  /// The state now. Called often from the dialer's thread, so it never blocks.
  GateState state();
}
