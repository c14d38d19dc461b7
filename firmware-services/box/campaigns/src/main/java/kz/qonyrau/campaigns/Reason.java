package kz.qonyrau.campaigns;

/// Why a contact on the lists of a campaign is not being called right now, or that he is. Each
/// contact has exactly one at any moment. The names are stable; pages translate them.
public enum Reason {
  /// Has his final result.
  CALLED,
  IN_CALL,
  /// Was called, and is called again when his pause is over.
  WAITING_TO_RETRY,
  /// Has been called as often as the rules for all campaigns allow.
  CAP_REACHED,
  /// Another campaign calls the number, or did so a short while ago.
  NUMBER_RESTING,
  /// Nothing is in the way: his turn comes.
  IN_TURN,
  /// Outside the schedule's windows.
  NO_WINDOW,
  /// The channels of the campaign or of the box are in use.
  CHANNELS_BUSY,
  /// The calls of this minute are used up.
  RATE,
  /// Too many calls fail, so there are fewer of them a minute.
  SLOWED,
  NO_FUNDS,
  /// There is no room for recordings.
  STORAGE_FULL,
  /// The voice does not speak.
  NO_VOICE,
  PAUSED,
  SUSPENDED,
  LICENSE,
  LEASE_EXPIRED,
  RETIRING,
  TELEPHONY_DOWN,
  CLOCK_UNTRUSTED,
  STORE_FAILED,
  /// Is being written down, or his message is being spoken.
  PREPARING,
  /// The campaign is not started.
  NOT_STARTED,
  /// The subscriber withdrew his consent.
  WITHDRAWN,
  BLOCKED,
  /// The campaign advertises and the subscriber never agreed to that.
  NO_CONSENT,
  /// The number stands in another list of the campaign, too, and is called from there.
  DUPLICATE,
  /// The campaign was over before his first call.
  NOT_CALLED;

  /// Why someone waits whose campaign stands so.
  static Reason of(IdleReason idle) {
    return switch (idle) {
      // What these say is said of the contacts that it concerns; others wait for their turn.
      case DIALING, NUMBERS_RESTING, WAITING_TO_RETRY, CAPS_REACHED, FINISHING -> IN_TURN;
      case NOT_STARTED -> NOT_STARTED;
      case PREPARING -> PREPARING;
      case NO_WINDOW -> NO_WINDOW;
      case CHANNELS_BUSY -> CHANNELS_BUSY;
      case RATE -> RATE;
      case SLOWED -> SLOWED;
      case NO_FUNDS -> NO_FUNDS;
      case STORAGE_FULL -> STORAGE_FULL;
      case NO_VOICE -> NO_VOICE;
      case PAUSED -> PAUSED;
      case SUSPENDED -> SUSPENDED;
      case LICENSE -> LICENSE;
      case LEASE_EXPIRED -> LEASE_EXPIRED;
      case RETIRING -> RETIRING;
      case TELEPHONY_DOWN -> TELEPHONY_DOWN;
      case CLOCK_UNTRUSTED -> CLOCK_UNTRUSTED;
      case STORE_FAILED -> STORE_FAILED;
      case ALL_DONE, CANCELLED, EXPIRED_SCHEDULE -> NOT_CALLED;
    };
  }

  static Reason of(Exclusion exclusion) {
    return switch (exclusion) {
      case WITHDRAWN -> WITHDRAWN;
      case BLOCKED -> BLOCKED;
      case NO_CONSENT -> NO_CONSENT;
    };
  }

  /// Why a recipient is not being called.
  ///
  /// @param idle why his campaign dials nothing
  public static Reason of(Recipient recipient, IdleReason idle) {
    return switch (recipient.state()) {
      case DONE -> CALLED;
      case ACTIVE -> IN_CALL;
      case WAITING -> WAITING_TO_RETRY;
      case CAPPED -> CAP_REACHED;
      case NOT_CALLED -> NOT_CALLED;
      case EXCLUDED -> recipient.exclusion().map(Reason::of).orElse(BLOCKED);
      case PENDING -> {
        Reason campaign = of(idle);
        yield campaign == IN_TURN && recipient.rests().isPresent() ? NUMBER_RESTING : campaign;
      }
    };
  }
}
