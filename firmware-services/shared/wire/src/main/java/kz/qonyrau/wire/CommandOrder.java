package kz.qonyrau.wire;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/// What central can order a box to do (PLT-13).
public enum CommandOrder {
  /// Pauses every running campaign; calls under way go on to their end.
  PAUSE_CAMPAIGNS,
  /// Resumes the campaigns that the last PAUSE_CAMPAIGNS paused, where they are still paused.
  RESUME_CAMPAIGNS,
  /// Reports how the book stands ([BookStatement]).
  SEND_STATEMENT,
  /// Gives back what is left of the lease and reports how the book stands.
  RETURN_LEASE,
  /// Answers with facts about the program and the machine, without any customer's data.
  COLLECT_DIAGNOSTICS,
  /// Ends calls in good order and starts the box's program again.
  RESTART,
  /// Dials no more and gives back the lease; when the owner has taken his data away, sends what
  /// waits, is refused for good, erases keys and data, and starts as from the factory (PLT-22).
  DECOMMISSION;

  static final Pattern NAME = Pattern.compile("[A-Z][A-Z_]{1,39}");

  /// The order of that name, if this version knows it.
  public static Optional<CommandOrder> named(String name) {
    return Arrays.stream(values()).filter(order -> order.name().equals(name)).findFirst();
  }
}
