package kz.qonyrau.campaigns;

/// The states of a recipient's row. What people are shown depends on the campaign's end, too.
enum StoredState {
  PENDING,
  ACTIVE,
  WAITING,
  DONE,
  EXCLUDED;

  /// What people are shown for it.
  ///
  /// @param over whether the campaign is
  Recipient.State shown(boolean over) {
    return switch (this) {
      case PENDING -> over ? Recipient.State.NOT_CALLED : Recipient.State.PENDING;
      case ACTIVE -> Recipient.State.ACTIVE;
      // The last result of who waited for another call when the campaign ended is final.
      case WAITING -> over ? Recipient.State.DONE : Recipient.State.WAITING;
      case DONE -> Recipient.State.DONE;
      case EXCLUDED -> Recipient.State.EXCLUDED;
    };
  }
}
