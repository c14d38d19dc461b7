package kz.qonyrau.campaigns;

/// Why a campaign dials nothing right now. The names are stable; pages translate them.
public enum IdleReason {
  /// Nothing is in the way.
  DIALING,
  NOT_STARTED,
  /// Recipients are being written down.
  PREPARING,
  /// Outside the schedule's windows.
  NO_WINDOW,
  /// The channels of the campaign or of the box are in use.
  CHANNELS_BUSY,
  /// The calls of this minute are used up.
  RATE,
  /// Too many calls fail, so there are fewer of them a minute.
  SLOWED,
  /// Everyone left was called by another campaign a short while ago, or is in a call.
  NUMBERS_RESTING,
  /// Everyone left was called and waits to be called again.
  WAITING_TO_RETRY,
  /// Everyone left has been called as often as the rules for all campaigns allow.
  CAPS_REACHED,
  NO_FUNDS,
  /// There is no room for recordings, which the campaign makes (PLT-17).
  STORAGE_FULL,
  /// The voice does not speak; somebody has to look after it and resume the campaign.
  NO_VOICE,
  PAUSED,
  SUSPENDED,
  LICENSE,
  /// The lease has expired: what is left of it may not be spent (SH-BAL-15).
  LEASE_EXPIRED,
  /// Central ordered this box to end its work; nothing is dialled any more (PLT-22).
  RETIRING,
  TELEPHONY_DOWN,
  CLOCK_UNTRUSTED,
  STORE_FAILED,
  /// The last calls are under way.
  FINISHING,
  ALL_DONE,
  CANCELLED,
  EXPIRED_SCHEDULE
}
