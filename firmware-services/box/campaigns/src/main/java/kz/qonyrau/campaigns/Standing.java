package kz.qonyrau.campaigns;

import java.util.Optional;

/// How a campaign stands with the dialer, beyond its state.
///
/// @param voiced how far its messages are spoken; empty if everybody hears the same, or it is over
/// @param callsPerMinute how many of its calls can be begun in a minute, by [Capacity]; empty while
///   it does not dial
/// @param slowedTo how many calls a minute it may begin because too many fail; empty if it may
///   begin as many as ordered
/// @param resting how many who wait for a call are left alone for a while, because another campaign
///   calls them or did so a short while ago
public record Standing(
    Idle idle,
    Optional<Voiced> voiced,
    Optional<Integer> callsPerMinute,
    Optional<Integer> slowedTo,
    int resting) {

  /// How far messages are spoken that hold each recipient's own values.
  ///
  /// @param ready recipients whose messages are, called or not
  /// @param recipients all of them
  public record Voiced(int ready, int recipients) {}
}
