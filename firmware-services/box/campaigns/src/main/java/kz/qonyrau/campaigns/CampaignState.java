package kz.qonyrau.campaigns;

/// Where a campaign stands (AC-CMP-04).
public enum CampaignState {
  DRAFT,
  CHECKING,
  HELD,
  REJECTED,
  READY,
  /// Started, before its first window.
  SCHEDULED,
  RUNNING,
  PAUSED,
  SUSPENDED_FUNDS,
  SUSPENDED_ADMIN,
  COMPLETED,
  CANCELLED,
  EXPIRED_SCHEDULE;

  /// Whether it is started and not over.
  public boolean isUnderWay() {
    return switch (this) {
      case SCHEDULED, RUNNING, PAUSED, SUSPENDED_FUNDS, SUSPENDED_ADMIN -> true;
      case DRAFT, CHECKING, HELD, REJECTED, READY, COMPLETED, CANCELLED, EXPIRED_SCHEDULE -> false;
    };
  }

  /// Whether it ended for good.
  public boolean isOver() {
    return switch (this) {
      case COMPLETED, CANCELLED, EXPIRED_SCHEDULE -> true;
      case DRAFT,
          CHECKING,
          HELD,
          REJECTED,
          READY,
          SCHEDULED,
          RUNNING,
          PAUSED,
          SUSPENDED_FUNDS,
          SUSPENDED_ADMIN ->
          false;
    };
  }
}
