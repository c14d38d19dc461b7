package kz.qonyrau.campaigns;

/// The states of a recipient's row. What people are shown depends on the campaign's end, too.
enum StoredState {
  PENDING,
  /// His pause is over: waits for another call.
  DUE,
  ACTIVE,
  WAITING,
  /// Was not called by this campaign yet, and often enough by others.
  CAPPED,
  /// Was called by this campaign, and often enough.
  CAPPED_AGAIN,
  DONE,
  EXCLUDED;

  /// What people are shown for it.
  ///
  /// @param over whether the campaign is
  Recipient.State shown(boolean over) {
    return switch (this) {
      case PENDING -> over ? Recipient.State.NOT_CALLED : Recipient.State.PENDING;
      case CAPPED -> over ? Recipient.State.NOT_CALLED : Recipient.State.CAPPED;
      case ACTIVE -> Recipient.State.ACTIVE;
      // The last result of who waited for another call when the campaign ended is final.
      case DUE -> over ? Recipient.State.DONE : Recipient.State.PENDING;
      case WAITING -> over ? Recipient.State.DONE : Recipient.State.WAITING;
      case CAPPED_AGAIN -> over ? Recipient.State.DONE : Recipient.State.CAPPED;
      case DONE -> Recipient.State.DONE;
      case EXCLUDED -> Recipient.State.EXCLUDED;
    };
  }
}
