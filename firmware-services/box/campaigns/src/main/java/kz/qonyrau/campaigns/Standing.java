package kz.qonyrau.campaigns;

import java.util.Optional;

/// How a campaign stands with the dialer, beyond its state.
///
/// @param voiced how far its messages are spoken; empty if everybody hears the same, or it is over
/// @param callsPerMinute how many of its calls can be begun in a minute, by [Capacity]; empty while
///   it does not dial
public record Standing(Idle idle, Optional<Voiced> voiced, Optional<Integer> callsPerMinute) {

  /// How far messages are spoken that hold each recipient's own values.
  ///
  /// @param ready recipients whose messages are, called or not
  /// @param recipients all of them
  public record Voiced(int ready, int recipients) {}
}
